//! Highlighting with Sublime grammars.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::{LONGEST_LINE, Tokens, push_escaped};

/// All grammars, unpacked at the first code that needs one (about 2 ms).
fn set() -> &'static SyntaxSet {
    static SET: OnceLock<SyntaxSet> = OnceLock::new();
    SET.get_or_init(two_face::syntax::extra_newlines)
}

fn syntax(token: &str) -> Option<&'static SyntaxReference> {
    set().find_syntax_by_token(token)
}

/// A name under which the set knows a grammar: its name or an extension, in lower case.
pub(super) fn token(name: &str) -> Option<&'static str> {
    let syntax = syntax(name)?;
    Some(syntax.file_extensions.first().map_or(syntax.name.as_str(), String::as_str))
}

/// The names of all grammars.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    set().syntaxes().iter().filter(|syntax| !syntax.hidden).flat_map(|syntax| {
        let extensions = syntax.file_extensions.iter().filter(|name| name.len() > 2);
        std::iter::once(syntax.name.as_str()).chain(extensions.map(String::as_str))
    })
}

/// `code` as HTML by the grammar that `token` names.
pub(super) fn html(token: &str, code: &str) -> String {
    let mut tokens = Tokens::new(code.len() * 4);
    let Some(syntax) = syntax(token) else {
        push_escaped(&mut tokens.html, code);
        return tokens.html;
    };
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    for line in LinesWithEndings::from(code) {
        let text = line.strip_suffix('\n').unwrap_or(line);
        // Grammars want the line end, or their state leaks into the next line.
        let operations =
            if line.len() > LONGEST_LINE { None } else { state.parse_line(line, set()).ok() };
        let mut at = 0;
        for (to, operation) in operations.into_iter().flatten() {
            let to = to.min(text.len());
            if to > at {
                tokens.push(class(&scopes), &text[at..to]);
                at = to;
            }
            // A stack that cannot be popped only loses colour.
            let _ = scopes.apply(&operation);
        }
        tokens.push(class(&scopes), &text[at..]);
        if text.len() < line.len() {
            tokens.line_end();
        }
    }
    tokens.close();
    tokens.html
}

thread_local! {
    /// Scopes are numbers; finding the text of one takes a lock on a table all threads share.
    static CLASSES: RefCell<HashMap<Scope, Kind>> = RefCell::default();
}

/// What a scope says about the text under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The scope below decides.
    Silent,
    /// No class, whatever is below.
    Bare,
    Class(char),
}

fn class(scopes: &ScopeStack) -> Option<char> {
    CLASSES.with_borrow_mut(|classes| {
        for scope in scopes.as_slice().iter().rev() {
            match *classes.entry(*scope).or_insert_with(|| kind(&scope.build_string())) {
                Kind::Silent => {}
                Kind::Bare => return None,
                Kind::Class(class) => return Some(class),
            }
        }
        None
    })
}

/// Scope prefixes, the first that fits decides.
const KINDS: &[(&str, Kind)] = &[
    ("comment", Kind::Class('c')),
    ("string.unquoted", Kind::Bare),
    ("string", Kind::Class('s')),
    ("constant.numeric", Kind::Class('n')),
    ("constant", Kind::Class('k')),
    ("keyword.operator.assignment", Kind::Silent),
    ("keyword.operator", Kind::Silent),
    ("keyword", Kind::Class('w')),
    ("storage.type", Kind::Class('t')),
    ("storage", Kind::Class('w')),
    ("entity.name.function", Kind::Class('f')),
    ("support.function", Kind::Class('f')),
    ("variable.function", Kind::Class('f')),
    ("entity.name.tag", Kind::Class('t')),
    ("entity.name.type", Kind::Class('t')),
    ("entity.name.class", Kind::Class('t')),
    ("support.type", Kind::Class('t')),
    ("support.class", Kind::Class('t')),
    ("variable.language", Kind::Class('w')),
    ("variable", Kind::Class('v')),
    ("markup.inserted", Kind::Class('i')),
    ("markup.deleted", Kind::Class('d')),
    ("markup.heading", Kind::Class('w')),
    ("entity", Kind::Class('e')),
    ("support", Kind::Class('e')),
    ("punctuation.section.interpolation", Kind::Bare),
    ("punctuation.section.embedded", Kind::Bare),
    ("meta.interpolation", Kind::Bare),
    ("meta.embedded", Kind::Bare),
    ("source", Kind::Bare),
];

fn kind(scope: &str) -> Kind {
    let found = KINDS.iter().find(|(prefix, _)| {
        scope.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    });
    found.map_or(Kind::Silent, |(_, kind)| *kind)
}
