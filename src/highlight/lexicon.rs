//! Languages without a grammar, told by tables: comments, strings, numbers, words.

use super::Tokens;

/// How a language looks.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// What begins a comment to the end of its line.
    line_comment: &'static str,
    /// What begins and ends a longer comment.
    block_comment: Option<(&'static str, &'static str)>,
    /// How strings begin and end; the longest beginnings first.
    strings: &'static [Quotes],
    /// Words of the language, in lower case.
    keywords: &'static [&'static str],
    /// Words that name values, in lower case.
    constants: &'static [&'static str],
    /// Words that name types, in lower case.
    types: &'static [&'static str],
    /// What begins a declaration or annotation, beside letters: `@` in Bicep.
    sigil: Option<char>,
}

#[derive(Debug)]
struct Quotes {
    open: &'static str,
    close: &'static str,
    /// Whether a backslash takes the next character along.
    escapes: bool,
    /// Whether it may go on in the next line.
    lines: bool,
}

pub(super) static KUSTO: Lexicon = Lexicon {
    line_comment: "//",
    block_comment: None,
    strings: &[
        Quotes { open: "```", close: "```", escapes: false, lines: true },
        Quotes { open: "@\"", close: "\"", escapes: false, lines: false },
        Quotes { open: "@'", close: "'", escapes: false, lines: false },
        Quotes { open: "h\"", close: "\"", escapes: true, lines: false },
        Quotes { open: "h'", close: "'", escapes: true, lines: false },
        Quotes { open: "\"", close: "\"", escapes: true, lines: false },
        Quotes { open: "'", close: "'", escapes: true, lines: false },
    ],
    keywords: &[
        "and",
        "as",
        "asc",
        "between",
        "by",
        "consume",
        "contains",
        "contains_cs",
        "count",
        "datatable",
        "declare",
        "desc",
        "distinct",
        "endswith",
        "endswith_cs",
        "evaluate",
        "extend",
        "externaldata",
        "facet",
        "find",
        "first",
        "fork",
        "from",
        "getschema",
        "has",
        "has_all",
        "has_any",
        "has_cs",
        "hasprefix",
        "hassuffix",
        "in",
        "invoke",
        "join",
        "kind",
        "last",
        "let",
        "limit",
        "lookup",
        "make-graph",
        "make-series",
        "materialize",
        "matches",
        "mv-apply",
        "mv-expand",
        "not",
        "nulls",
        "of",
        "on",
        "or",
        "order",
        "parse",
        "parse-kv",
        "parse-where",
        "partition",
        "pattern",
        "print",
        "project",
        "project-away",
        "project-keep",
        "project-rename",
        "project-reorder",
        "range",
        "reduce",
        "regex",
        "render",
        "restrict",
        "sample",
        "sample-distinct",
        "scan",
        "search",
        "serialize",
        "set",
        "sort",
        "startofday",
        "startswith",
        "startswith_cs",
        "step",
        "summarize",
        "take",
        "to",
        "top",
        "top-hitters",
        "top-nested",
        "union",
        "view",
        "where",
        "with",
        "withsource",
    ],
    constants: &["true", "false", "null", "dynamic"],
    types: &[
        "bool", "boolean", "datetime", "decimal", "double", "guid", "int", "long", "real",
        "string", "timespan",
    ],
    sigil: None,
};

pub(super) static BICEP: Lexicon = Lexicon {
    line_comment: "//",
    block_comment: Some(("/*", "*/")),
    strings: &[
        Quotes { open: "'''", close: "'''", escapes: false, lines: true },
        Quotes { open: "'", close: "'", escapes: true, lines: false },
    ],
    keywords: &[
        "as",
        "assert",
        "existing",
        "extends",
        "extension",
        "for",
        "func",
        "if",
        "import",
        "in",
        "metadata",
        "module",
        "none",
        "output",
        "param",
        "provider",
        "resource",
        "targetscope",
        "test",
        "type",
        "using",
        "var",
        "with",
    ],
    constants: &["true", "false", "null"],
    types: &["any", "array", "bool", "int", "object", "string"],
    sigil: Some('@'),
};

impl Lexicon {
    /// `code` as HTML.
    pub(super) fn html(&self, code: &str) -> String {
        let mut tokens = Tokens::new(code.len() * 3);
        let mut rest = code;
        while !rest.is_empty() {
            let (class, length) = self.token(rest);
            self.push(&mut tokens, class, &rest[..length]);
            rest = &rest[length..];
        }
        tokens.close();
        tokens.html
    }

    fn push(&self, tokens: &mut Tokens, class: Option<char>, text: &str) {
        let mut lines = text.split('\n');
        tokens.push(class, lines.next().unwrap_or_default());
        for line in lines {
            tokens.line_end();
            tokens.push(class, line);
        }
    }

    /// The class and the length in bytes of what `rest` begins with.
    fn token(&self, rest: &str) -> (Option<char>, usize) {
        if rest.starts_with(self.line_comment) {
            return (Some('c'), rest.find('\n').unwrap_or(rest.len()));
        }
        if let Some((open, close)) = self.block_comment
            && let Some(inner) = rest.strip_prefix(open)
        {
            let end = inner.find(close).map_or(rest.len(), |at| open.len() + at + close.len());
            return (Some('c'), end);
        }
        if let Some(quotes) = self.strings.iter().find(|quotes| rest.starts_with(quotes.open)) {
            return (Some('s'), quotes.length(rest));
        }
        let first = rest.chars().next().expect("the rest is not empty");
        if first.is_ascii_digit() {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.'));
            return (Some('n'), end.unwrap_or(rest.len()));
        }
        if first.is_alphabetic() || first == '_' || Some(first) == self.sigil {
            return self.word(rest);
        }
        (None, first.len_utf8())
    }

    fn word(&self, rest: &str) -> (Option<char>, usize) {
        let start = rest.chars().next().map_or(0, char::len_utf8);
        let letters = |c: char| !(c.is_alphanumeric() || c == '_');
        let mut end = rest[start..].find(letters).map_or(rest.len(), |at| start + at);
        // Some words have a hyphen: `mv-expand`. It is a minus where they would not be one.
        if let Some(tail) = rest[end..].strip_prefix('-') {
            let longer = end + 1 + tail.find(letters).unwrap_or(tail.len());
            if self.keywords.contains(&rest[..longer].to_ascii_lowercase().as_str()) {
                end = longer;
            }
        }
        let word = rest[..end].to_ascii_lowercase();
        let class = if self.keywords.contains(&word.as_str()) {
            Some('w')
        } else if self.constants.contains(&word.as_str()) {
            Some('k')
        } else if self.types.contains(&word.as_str()) {
            Some('t')
        } else if rest[end..].trim_start_matches(' ').starts_with('(') {
            Some('f')
        } else {
            None
        };
        (class, end)
    }
}

impl Quotes {
    fn length(&self, rest: &str) -> usize {
        let mut at = self.open.len();
        while let Some(next) = rest[at..].chars().next() {
            if rest[at..].starts_with(self.close) {
                return at + self.close.len();
            }
            if next == '\n' && !self.lines {
                return at;
            }
            at += next.len_utf8();
            if self.escapes && next == '\\' {
                at += rest[at..].chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
            }
        }
        at
    }
}
