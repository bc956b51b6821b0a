//! What the dashboard shows, from what the session knows.

use std::collections::BTreeMap;

use crate::cli::dashboard::overview::{
    Build, Finding, Guide, Overview, Picture, Spot, Stage, State, WithoutAlt,
};
use crate::cli::panel::Problem;
use crate::dates::Day;
use crate::diagnostic::Diagnostic;
use crate::input::Inputs;
use crate::parse::FrontMatter;
use crate::pipeline::{Session, Survey, SurveyedGuide, SurveyedPicture};
use crate::text::{FileId, LineIndex, Position, Span};

/// Gives the address that opens a place of a file in the writer's editor.
pub(super) type Editor<'a> = &'a dyn Fn(&str, Position) -> String;

/// The site at a glance; `problems` are `diagnostics` as they are shown.
pub(super) fn overview(
    session: &Session,
    (diagnostics, problems): (&[Diagnostic], Vec<Problem>),
    broken: bool,
    editor: Editor<'_>,
) -> Overview {
    let survey = session.survey();
    // Before the session's files are held: it must not be asked again while they are, or an
    // edit that waits in between waits forever.
    let build = build(session);
    session.inputs(|inputs| {
        let spots = Spots { inputs, pages: &survey.pages, editor };
        Overview {
            title: survey.title.clone(),
            broken,
            today: survey.today,
            locales: survey.locales.clone(),
            problems: findings(diagnostics, problems, &spots),
            guides: survey.guides.iter().map(|own| guide(own, survey.today, &spots)).collect(),
            pictures: survey.pictures.iter().filter_map(|own| picture(own, &spots)).collect(),
            without_alt: without_alt(&survey, &spots),
            build,
        }
    })
}

/// Names places of files.
pub(super) struct Spots<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) pages: &'a BTreeMap<FileId, String>,
    pub(super) editor: Editor<'a>,
}

impl Spots<'_> {
    pub(super) fn page(&self, file: FileId) -> Option<String> {
        self.pages.get(&file).map(|url| format!("/{}", crate::paths::encoded(url)))
    }

    pub(super) fn of_file(&self, file: FileId) -> Spot {
        let path = self.inputs.file(file).map_or("", |file| file.path.as_str());
        let editor = Some((self.editor)(path, Position { line: 1, column: 1 }));
        Spot { path: path.to_owned(), line: 0, page: self.page(file), editor }
    }

    pub(super) fn of(&self, place: Span) -> Spot {
        let text = self.inputs.text(place.file).unwrap_or_default();
        let byte = text.floor_char_boundary((place.bytes.start as usize).min(text.len()));
        let at = LineIndex::new(text).position(text, byte);
        let spot = self.of_file(place.file);
        Spot { line: at.line, editor: Some((self.editor)(&spot.path, at)), ..spot }
    }
}

fn findings(diagnostics: &[Diagnostic], problems: Vec<Problem>, spots: &Spots<'_>) -> Vec<Finding> {
    let finding = |(diagnostic, problem): (&Diagnostic, Problem)| Finding {
        severity: problem.severity,
        code: diagnostic.code,
        message: problem.message,
        help: problem.help,
        file: problem.file,
        line: problem.line,
        column: problem.column,
        excerpt: problem.excerpt,
        marked: problem.marked,
        editor: problem.editor,
        page: diagnostic.place.file().and_then(|file| spots.page(file)),
    };
    diagnostics.iter().zip(problems).map(finding).collect()
}

fn guide(guide: &SurveyedGuide, today: Day, spots: &Spots<'_>) -> Guide {
    Guide {
        at: spots.of_file(guide.file),
        title: guide.title.clone(),
        state: state(&guide.front, today),
        written: guide.written.clone(),
        owner: guide.front.owner.clone(),
        review_by: guide.front.review_by.as_ref().map(|day| day.value.day),
    }
}

fn state(front: &FrontMatter, today: Day) -> State {
    let publish = front.publish.as_ref().map(|day| day.value.day).filter(|day| *day > today);
    let expires = front.expires.as_ref().map(|day| day.value.day).filter(|day| *day <= today);
    match (front.draft, expires, publish) {
        (Some(true), _, _) => State::Draft,
        (_, Some(day), _) => State::Expired(day),
        (_, _, Some(day)) => State::NotYet(day),
        _ => State::Published,
    }
}

fn picture(picture: &SurveyedPicture, spots: &Spots<'_>) -> Option<Picture> {
    Some(Picture {
        path: spots.inputs.file(picture.file)?.path.as_str().to_owned(),
        size: picture.size,
        bytes: picture.bytes,
        uses: picture.uses,
        first: picture.first.map(|place| spots.of(place)),
    })
}

fn without_alt(survey: &Survey, spots: &Spots<'_>) -> Vec<WithoutAlt> {
    let silent = survey.silent.iter();
    silent.map(|(place, name)| WithoutAlt { picture: name.clone(), at: spots.of(*place) }).collect()
}

fn build(session: &Session) -> Build {
    let (index_files, index_bytes) = session.index_size();
    let counts = session.counters().counts();
    let stages = counts.iter().map(|(name, count)| Stage {
        name: (*name).to_owned(),
        milliseconds: count.time.as_secs_f64() * 1e3,
        runs: count.runs,
        reuses: count.reuses,
    });
    let stages: Vec<Stage> = stages.collect();
    Build {
        pages: session.pages(),
        milliseconds: stages.iter().map(|stage| stage.milliseconds).sum(),
        stages,
        memory: crate::host::clock::memory(),
        index_files,
        index_bytes,
    }
}
