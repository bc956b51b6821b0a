//! What the dashboard's page of translations shows, from what the session knows.

use crate::cli::dashboard::overview::{Changed, Tongue, Translated, Translations};
use crate::localize::{Behind, Lack, Progress, Severity, Side, changes};
use crate::pipeline::{GuideStanding, Session};
use crate::text::{FileId, Span};

use super::overview::{Editor, Spots};

/// How far the site is translated. Reads all guides.
pub(super) fn translations(session: &Session, editor: Editor<'_>) -> Translations {
    let survey = session.survey();
    let standings = session.standings();
    session.inputs(|inputs| {
        let spots = Spots { inputs, pages: &survey.pages, editor };
        let tongue = |(at, tag): (usize, &String)| {
            let own: Vec<&GuideStanding> =
                standings.iter().filter(|own| usize::from(own.locale.0) == at).collect();
            let behind = own.iter().filter(|own| is_behind(own));
            (!own.is_empty()).then(|| Tongue {
                tag: tag.clone(),
                texts: own.iter().map(|own| own.standing.texts).sum(),
                translated: own.iter().map(|own| own.standing.translated).sum(),
                all: own.len(),
                guides: behind.map(|own| guide(own, &spots)).collect(),
            })
        };
        let tongues = survey.locales.iter().enumerate().skip(1).filter_map(tongue);
        Translations { title: survey.title.clone(), tongues: tongues.collect() }
    })
}

fn is_behind(guide: &GuideStanding) -> bool {
    let standing = &guide.standing;
    let pictures = !guide.pictures.older.is_empty();
    standing.progress() != Progress::Complete || standing.unextracted || pictures
}

fn guide(guide: &GuideStanding, spots: &Spots<'_>) -> Translated {
    let standing = &guide.standing;
    let changed = standing.behind.iter().filter(|own| own.lack != Lack::Missing);
    let mut at = spots.of_file(guide.place.unwrap_or(guide.file));
    at.page = at.page.or_else(|| spots.page(guide.file));
    Translated {
        at,
        title: guide.title.clone(),
        percent: standing.percent(),
        behind: [Lack::Stale, Lack::Missing, Lack::Gone].map(|lack| standing.count(lack)),
        unextracted: standing.unextracted,
        pictures: [guide.pictures.missing.len(), guide.pictures.older.len()],
        changed: changed.map(|own| text(own, guide.place, spots)).collect(),
    }
}

fn text(own: &Behind, place: Option<FileId>, spots: &Spots<'_>) -> Changed {
    let message = place.zip(own.place.clone()).map(|(file, bytes)| Span::new(file, bytes));
    let (old, new) = (own.old.as_deref(), own.new.as_deref());
    let piece = |(side, text)| match side {
        Side::Same => (None, text),
        Side::Old => (Some(false), text),
        Side::New => (Some(true), text),
    };
    let pieces = changes(old.unwrap_or_default(), new.unwrap_or_default());
    Changed {
        at: message.or(own.span).map(|place| spots.of(place)),
        grave: own.severity == Severity::Grave,
        pieces: pieces.into_iter().map(piece).collect(),
    }
}
