//! What browsers are told, and what they say that they look at (server-sent events).

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use axum::extract::State;
use axum::http::{Uri, header};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use serde::Serialize;
use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use super::Stage;
use crate::paths::decoded;

/// Where browsers listen: `?page=/account/x/` says at what they look.
pub(super) const ADDRESS: &str = "/_shirube/events";

/// Where browsers ask that cannot listen: they have only so many connections.
pub(super) const NEWS: &str = "/_shirube/news";

/// How soon a browser asks again when the preview was gone.
const RETRY: Duration = Duration::from_millis(500);

/// How long somebody waits for the first news.
const PATIENCE: Duration = Duration::from_secs(30);

/// What has changed.
#[derive(Serialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Counts up with every state of the site.
    pub version: u64,
    /// Errors of the whole site.
    pub errors: usize,
    /// Warnings of the whole site.
    pub warnings: usize,
    /// Notes of the whole site.
    pub notes: usize,
    /// The files as they are cannot be shown: the pages are the last good ones.
    pub broken: bool,
    /// Only the problems changed; the pages are the same.
    pub quiet: bool,
    /// What the writer has just edited.
    pub follow: Option<Follow>,
}

/// A place that browsers are led to.
#[derive(Serialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Follow {
    /// The page: `/account/x/`.
    pub page: String,
    /// The nearest anchor before the place.
    pub anchor: Option<String>,
    /// The letters of the line that changed, without markup.
    pub text: String,
}

/// What browsers get: the newest news, and what older news said that still holds. Who was
/// away while there were several gets them as one.
#[derive(Serialize, Clone, Debug, Default)]
struct Told {
    /// Another one after the preview was started again, where versions begin anew.
    run: String,
    /// The last version with other pages.
    pages: u64,
    /// The version that led somewhere last.
    led: u64,
    #[serde(flatten)]
    news: News,
}

impl Told {
    fn take(&mut self, mut news: News) {
        if !news.quiet {
            self.pages = news.version;
        }
        match news.follow {
            Some(_) => self.led = news.version,
            None => news.follow = self.news.follow.take(),
        }
        self.news = news;
    }
}

/// Who listens, and what is said.
#[derive(Debug)]
pub(super) struct Desk {
    told: watch::Sender<Told>,
    viewers: Arc<Mutex<Viewers>>,
}

impl Default for Desk {
    fn default() -> Self {
        let began = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        // A clock before 1970 only makes two runs look like one.
        let run = began.unwrap_or_default().as_millis().to_string();
        let (told, _) = watch::channel(Told { run, ..Told::default() });
        Self { told, viewers: Arc::default() }
    }
}

impl Desk {
    pub(super) fn tell(&self, news: News) {
        self.told.send_modify(|told| told.take(news));
    }

    pub(super) fn watched(&self) -> Vec<String> {
        let viewers = self.viewers.lock().expect("nothing panics while it holds the lock");
        let mut pages: Vec<String> = Vec::new();
        for page in viewers.pages.values().rev() {
            if !pages.contains(page) {
                pages.push(page.clone());
            }
        }
        pages
    }

    /// Whether there have been no news yet.
    pub(super) fn is_silent(&self) -> bool {
        self.told.borrow().news.version == 0
    }

    /// Waits for the first news, within reason.
    pub(super) async fn spoken(&self) {
        let mut told = self.told.subscribe();
        let first = told.wait_for(|told| told.news.version > 0);
        // Without any, what there is must do.
        let _ = tokio::time::timeout(PATIENCE, first).await;
    }

    /// What tells the pages shown now from later ones: `run-version`.
    pub(super) fn mark(&self) -> String {
        let told = self.told.borrow();
        format!("{}-{}", told.run, told.pages)
    }
}

#[derive(Debug, Default)]
struct Viewers {
    next: u64,
    pages: BTreeMap<u64, String>,
}

/// A browser that listens; it is forgotten when its connection ends.
struct Viewer {
    number: u64,
    viewers: Arc<Mutex<Viewers>>,
}

impl Viewer {
    fn new(viewers: &Arc<Mutex<Viewers>>, page: Option<String>) -> Self {
        let mut known = viewers.lock().expect("nothing panics while it holds the lock");
        let number = known.next;
        known.next += 1;
        if let Some(page) = page {
            known.pages.insert(number, page);
        }
        drop(known);
        Self { number, viewers: Arc::clone(viewers) }
    }
}

impl Drop for Viewer {
    fn drop(&mut self) {
        let mut known = self.viewers.lock().expect("nothing panics while it holds the lock");
        known.pages.remove(&self.number);
    }
}

pub(super) async fn listen(
    State(stage): State<Arc<Stage>>,
    uri: Uri,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let page = uri.query().and_then(page_of);
    let viewer = Viewer::new(&stage.desk.viewers, page);
    let told = WatchStream::new(stage.desk.told.subscribe());
    let events = told.map(move |told| {
        // The viewer lives as long as the stream that it is caught in.
        let _ = &viewer;
        let data = serde_json::to_string(&told).expect("numbers and texts are JSON");
        Ok(Event::default().retry(RETRY).data(data))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// What is told just now.
pub(super) async fn newest(State(stage): State<Arc<Stage>>) -> impl IntoResponse {
    let data = serde_json::to_string(&*stage.desk.told.borrow());
    let kind = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (kind, data.expect("numbers and texts are JSON"))
}

fn page_of(query: &str) -> Option<String> {
    query.split('&').find_map(|part| part.strip_prefix("page=")).map(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_that_were_missed_are_told_with_the_next() {
        let mut told = Told::default();
        let follow = Follow { page: "/a/".into(), ..Follow::default() };
        told.take(News { version: 4, follow: Some(follow.clone()), ..News::default() });
        told.take(News { version: 5, errors: 1, quiet: true, ..News::default() });
        assert_eq!((told.pages, told.led, told.news.version), (4, 4, 5));
        assert_eq!(told.news.follow, Some(follow));
        told.take(News { version: 6, ..News::default() });
        assert_eq!((told.pages, told.led), (6, 4));
    }

    #[test]
    fn pages_are_watched_while_somebody_listens_the_latest_first() {
        let desk = Desk::default();
        let page = |query: &str| Viewer::new(&desk.viewers, page_of(query));
        let first = page("page=/en/%E6%89%8B%E9%A0%86/");
        let _second = page("x=1&page=/a/");
        let third = page("page=/en/%E6%89%8B%E9%A0%86/");
        let _silent = page("");
        assert_eq!(desk.watched(), ["/en/手順/", "/a/"]);
        drop(third);
        assert_eq!(desk.watched(), ["/a/", "/en/手順/"]);
        drop(first);
        assert_eq!(desk.watched(), ["/a/"]);
    }
}
