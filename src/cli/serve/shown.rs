//! What browsers get: the session's pages, and the problems beside them.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::cli::build::file_of;
use crate::cli::dashboard::overview::{Overview, Translations};
use crate::cli::panel::{self, Problem};
use crate::cli::words::Words;
use crate::cli::{dashboard, editor};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::emit::Output;
use crate::host::server;
use crate::paths::{OutputPath, decoded};
use crate::pipeline::Session;
use crate::text::Position;

use super::overview::overview;
use super::translations::translations;

/// What is shown.
pub(super) struct Shown {
    root: PathBuf,
    words: Words,
    /// What the command line wants; it goes before the settings.
    wanted_editor: Option<String>,
    editor: RwLock<String>,
    session: OnceLock<RwLock<Arc<Session>>>,
    known: RwLock<Known>,
}

#[derive(Default, Clone)]
struct Known {
    diagnostics: Arc<Vec<Diagnostic>>,
    broken: bool,
}

impl Shown {
    /// Nothing yet: who asks waits for a session.
    pub(super) fn new(root: PathBuf, wanted_editor: Option<String>, words: Words) -> Self {
        let editor = wanted_editor.clone().unwrap_or_else(|| editor::DEFAULT.to_owned());
        let (session, known) = (OnceLock::new(), RwLock::default());
        Self { root, words, wanted_editor, editor: RwLock::new(editor), session, known }
    }

    /// Shows another session from now on.
    pub(super) fn show(&self, session: Session) {
        let session = Arc::new(session);
        let slot = self.session.get_or_init(|| RwLock::new(Arc::clone(&session)));
        *slot.write().unwrap_or_else(PoisonError::into_inner) = session;
    }

    /// The session that is shown, as soon as there is one.
    pub(super) fn session(&self) -> Arc<Session> {
        Arc::clone(&self.session.wait().read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Links open the editor that the settings name.
    pub(super) fn editor_of(&self, config: &Config) {
        let wanted = self.wanted_editor.clone().or_else(|| config.preview.editor.clone());
        let wanted = wanted.unwrap_or_else(|| editor::DEFAULT.to_owned());
        *self.editor.write().unwrap_or_else(PoisonError::into_inner) = wanted;
    }

    /// Shows these problems, sorted, from now on.
    pub(super) fn problems(&self, diagnostics: Vec<Diagnostic>, broken: bool) {
        let known = Known { diagnostics: Arc::new(diagnostics), broken };
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
    }

    /// Whether the pages are those of a former state.
    pub(super) fn is_broken(&self) -> bool {
        self.known().broken
    }

    fn known(&self) -> Known {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The address that opens a place in the writer's editor.
    fn opened(&self, path: &str, at: Position) -> String {
        let pattern = self.editor.read().unwrap_or_else(PoisonError::into_inner);
        editor::href(&pattern, &self.root.join(path), at.line, at.column)
    }

    /// All problems as they are shown.
    fn problems_of(&self, diagnostics: &[Diagnostic], session: &Session) -> Vec<Problem> {
        let open = |path: &str, at: Position| self.opened(path, at);
        session.inputs(|inputs| {
            panel::problems(diagnostics, &|id| file_of(inputs, id), self.words.lang(), &open)
        })
    }

    /// The whole site at a glance.
    fn overview(&self) -> Overview {
        let Known { diagnostics, broken } = self.known();
        let session = self.session();
        let problems = self.problems_of(&diagnostics, &session);
        let open = |path: &str, at: Position| self.opened(path, at);
        overview(&session, (&diagnostics, problems), broken, &open)
    }

    /// How far the site is translated.
    fn translations(&self) -> Translations {
        let session = self.session();
        translations(&session, &|path, at| self.opened(path, at))
    }

    /// The panel of problems beside a page.
    fn panel(&self, page: &str) -> String {
        let Known { diagnostics, broken } = self.known();
        let session = self.session();
        let here = session.sources_of(page.trim_start_matches('/'));
        let mut problems = self.problems_of(&diagnostics, &session);
        for problem in &mut problems {
            problem.here = problem.file.as_ref().is_some_and(|file| here.contains(file));
        }
        panel::html(&self.words, &problems, (broken, session.has_pages()))
    }
}

impl server::Show for Shown {
    fn file(&self, path: &OutputPath) -> Option<Output> {
        self.session().file(path)
    }

    fn own(&self, path: &str, query: &str) -> Option<(&'static str, Vec<u8>)> {
        const HTML: &str = "text/html; charset=utf-8";
        let page = || decoded(query.strip_prefix("page=").unwrap_or_default());
        match path {
            "problems" => Some((HTML, self.panel(&page()).into_bytes())),
            "translations" => {
                let page = dashboard::translations(&self.translations(), &self.words);
                Some((HTML, page.into_bytes()))
            }
            _ => dashboard::answer(path, query, &self.words, &|| self.overview()),
        }
    }
}
