//! The preview's server: what a [`Show`] has, on the loopback address, for its own name only.
//!
//! Every file comes from one call of [`Show`], which may draw it just then. Browsers listen
//! at [`events::ADDRESS`] and put the changed parts in place when there is news. Must not
//! know how a site is made.

mod answer;
mod events;
mod files;
mod guard;
mod ranges;
mod types;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use axum::routing::get;

use super::Error;
use crate::emit::Output;
use crate::paths::OutputPath;

pub use events::{Follow, News};

/// What the preview itself shows lies below this; no site has anything there.
const OWN: &str = "/_shirube/";

/// The port that is tried first.
pub const FIRST: u16 = 4321;

/// How many answers are made at a time; more wait.
const AT_ONCE: usize = 16;

/// What is shown. Every call answers from one state of the site.
pub trait Show: Send + Sync + 'static {
    /// The file at a path of the published site; `None` when there is none. May take
    /// milliseconds, and is called from several threads at once.
    fn file(&self, path: &OutputPath) -> Option<Output>;

    /// What the program itself shows below `/_shirube/`: its type and its bytes. `path` is
    /// what follows, as in the address; `query` is what stands behind the question mark.
    fn own(&self, path: &str, query: &str) -> Option<(&'static str, Vec<u8>)>;
}

/// A server that runs: whom it tells of changes, and what they look at.
pub struct Stage {
    site: PathBuf,
    show: Arc<dyn Show>,
    port: u16,
    desk: events::Desk,
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Stage at {}", self.port)
    }
}

impl Stage {
    /// The port that is served.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Tells all browsers, and those that come later.
    pub fn tell(&self, news: News) {
        self.desk.tell(news);
    }

    /// The pages that browsers look at just now, as decoded paths (`/en/account/x/`), those
    /// that were turned to last in front.
    pub fn watched(&self) -> Vec<String> {
        self.desk.watched()
    }
}

/// Starts serving on 127.0.0.1 in a thread of its own: at `port`, or, when none is
/// named, at the first free one from 4321 on. `site` is where copied files lie.
///
/// # Errors
/// When no port can be taken.
pub fn start(site: PathBuf, port: Option<u16>, show: Arc<dyn Show>) -> Result<Arc<Stage>, Error> {
    let listener = listen(port)?;
    let address = listener.local_addr().map_err(Error::on("listen at", &site))?;
    let desk = events::Desk::default();
    let stage = Arc::new(Stage { site, show, port: address.port(), desk });
    let shared = Arc::clone(&stage);
    std::thread::spawn(move || run(listener, shared));
    Ok(stage)
}

fn listen(port: Option<u16>) -> Result<std::net::TcpListener, Error> {
    let ports = port.map_or(FIRST..=4400, |port| port..=port);
    let mut refused = None;
    for port in ports {
        match std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))) {
            Ok(listener) => return Ok(listener),
            Err(error) => {
                let address = PathBuf::from(format!("127.0.0.1:{port}"));
                refused = Some(Error::new("listen at", &address, error));
            }
        }
    }
    Err(refused.expect("at least one port was tried"))
}

fn run(listener: std::net::TcpListener, stage: Arc<Stage>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(AT_ONCE)
        .build();
    runtime.expect("a runtime of one thread needs nothing special").block_on(async {
        listener.set_nonblocking(true).expect("a fresh listener can be told not to block");
        let listener =
            tokio::net::TcpListener::from_std(listener).expect("the runtime takes the listener");
        let app = Router::new()
            .route(events::ADDRESS, get(events::listen))
            .route(events::NEWS, get(events::newest))
            .fallback(any)
            .layer(axum::middleware::from_fn_with_state(Arc::clone(&stage), own_name_only))
            .with_state(stage);
        // Ends only with the process.
        let _ = axum::serve(listener, app).await;
    });
}

async fn own_name_only(
    State(stage): State<Arc<Stage>>,
    request: Request,
    next: axum::middleware::Next,
) -> Response {
    match guard::refused(request.method(), request.uri().path(), request.headers(), stage.port) {
        Some(refusal) => refusal,
        None => next.run(request).await,
    }
}

/// Everything but the events.
async fn any(State(stage): State<Arc<Stage>>, uri: Uri, headers: HeaderMap) -> Response {
    let is_early = stage.desk.is_silent();
    let response = made(&stage, &uri, &headers).await;
    // Who comes before the first state of the site is answered when it is there.
    if is_early && response.status() == StatusCode::NOT_FOUND {
        stage.desk.spoken().await;
        return made(&stage, &uri, &headers).await;
    }
    response
}

/// A state that cannot be shown is an answer, not an end.
async fn made(stage: &Arc<Stage>, uri: &Uri, headers: &HeaderMap) -> Response {
    let (stage, uri, headers) = (Arc::clone(stage), uri.clone(), headers.clone());
    let work = move || match uri.path().strip_prefix(OWN) {
        Some(path) => files::own(&*stage.show, path, uri.query().unwrap_or(""), &headers),
        None => files::of_site(&stage, &uri, &headers),
    };
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| answer::fault())
}

#[cfg(test)]
mod tests;
