//! What a template's text names: other templates, blocks, components, functions' arguments.
//!
//! The engine keeps none of this after compiling, and says what is wrong only when a page
//! comes by the place. Names put together while drawing cannot be seen here.

/// A name with the byte at which it stands in the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named<'a> {
    pub(super) name: &'a str,
    pub(super) at: usize,
}

/// `msg(id="…", n=1)`.
#[derive(Debug)]
pub(super) struct Call<'a> {
    pub(super) function: &'a str,
    pub(super) arguments: Vec<Given<'a>>,
}

/// An argument of a call.
#[derive(Debug)]
pub(super) struct Given<'a> {
    pub(super) name: &'a str,
    pub(super) value: Written<'a>,
}

/// What is written for an argument.
#[derive(Debug)]
pub(super) enum Written<'a> {
    /// A text.
    Literal(Named<'a>),
    /// A list with the texts in it.
    List(Vec<Named<'a>>),
    /// Anything else; a text that it begins with, as in `"notice-" ~ kind`.
    Computed(Option<&'a str>),
}

/// `{% component kbd(text: string) %}`.
#[derive(Debug)]
pub(super) struct Definition<'a> {
    pub(super) name: Named<'a>,
    pub(super) parameters: Vec<Parameter<'a>>,
    pub(super) takes_any: bool,
}

/// A parameter of a component that a caller passes.
#[derive(Debug)]
pub(super) struct Parameter<'a> {
    pub(super) name: &'a str,
    pub(super) value_type: Option<&'a str>,
    pub(super) required: bool,
}

impl Parameter<'_> {
    /// Whether a directive's attributes cannot write what it must be given.
    pub(super) fn is_ungivable(&self) -> bool {
        self.required && matches!(self.value_type, Some("map" | "bytes"))
    }
}

/// What a template names.
#[derive(Debug, Default)]
pub(super) struct Scan<'a> {
    /// The template that it extends.
    pub(super) extends: Option<Named<'a>>,
    /// The templates that it includes.
    pub(super) includes: Vec<Named<'a>>,
    pub(super) blocks: Vec<Named<'a>>,
    /// The components that it calls.
    pub(super) components: Vec<&'a str>,
    pub(super) definitions: Vec<Definition<'a>>,
    pub(super) calls: Vec<Call<'a>>,
    /// Whether it names the field `body`, a page's text.
    pub(super) names_body: bool,
}

impl<'a> Scan<'a> {
    /// The templates that it extends and includes.
    pub(super) fn templates(&self) -> impl Iterator<Item = Named<'a>> {
        self.extends.iter().chain(&self.includes).copied()
    }

    /// The calls of one function.
    pub(super) fn calls_of(&self, function: &str) -> impl Iterator<Item = &Call<'a>> {
        self.calls.iter().filter(move |call| call.function == function)
    }
}

impl<'a> Call<'a> {
    /// What is written for an argument.
    pub(super) fn argument(&self, name: &str) -> Option<&Written<'a>> {
        self.arguments.iter().find(|given| given.name == name).map(|given| &given.value)
    }
}

/// Reads a template, as far as names go.
pub(super) fn scan(text: &str) -> Scan<'_> {
    let mut scan = Scan::default();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        at = open + 1;
        let close = match text.as_bytes().get(at) {
            Some(b'#') => {
                at = text[at..].find("#}").map_or(text.len(), |end| at + end + 2);
                continue;
            }
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => continue,
        };
        let start = at + 1;
        let end = end_of(text, start, close);
        let inner = &text[start..end];
        at = end;
        if word(inner.trim_start_matches('-').trim_start()) == "raw" {
            at = text[at..].find("endraw").map_or(text.len(), |end| at + end);
            continue;
        }
        if close == "%}" {
            scan.tag(text, start, inner);
        }
        scan.expressions(text, start, inner);
        scan.names_body |=
            [".body", "[\"body\"]", "['body']"].iter().any(|body| inner.contains(body));
    }
    scan
}

/// Where the tag that begins at `start` ends, texts and braces in it passed over.
fn end_of(text: &str, start: usize, close: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (start, 0usize);
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'' | b'`') => at = after_text(bytes, at, quote),
            _ if depth == 0 && bytes[at..].starts_with(close.as_bytes()) => return at,
            b'{' => (depth, at) = (depth + 1, at + 1),
            b'}' => (depth, at) = (depth.saturating_sub(1), at + 1),
            _ => at += 1,
        }
    }
    text.len()
}

/// The byte after the text that begins with the quote at `at`.
fn after_text(bytes: &[u8], at: usize, quote: u8) -> usize {
    let mut at = at + 1;
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

impl<'a> Scan<'a> {
    /// The statement of `{% … %}`.
    fn tag(&mut self, text: &'a str, start: usize, inner: &'a str) {
        let body = inner.trim_start_matches('-').trim_start();
        let keyword = word(body);
        let rest = body[keyword.len()..].trim_start();
        let at = offset(text, rest);
        debug_assert!(at >= start, "a tag's words stand in it");
        match keyword {
            "extends" => self.extends = self.extends.or(texts_of(text, rest).first().copied()),
            "include" => self.includes.extend(texts_of(text, rest).first()),
            "block" => self.blocks.push(Named { name: word(rest), at }),
            "component" => self.definitions.extend(definition(text, rest)),
            _ => {}
        }
    }

    /// The calls and components in a tag.
    fn expressions(&mut self, text: &'a str, start: usize, inner: &'a str) {
        let bytes = inner.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                quote @ (b'"' | b'\'' | b'`') => at = after_text(bytes, at, quote),
                b'<' => {
                    let name = dotted(&inner[at + 1..]);
                    if !name.is_empty() {
                        self.components.push(name);
                    }
                    at += 1 + name.len();
                }
                byte if is_start(byte) => {
                    let name = word(&inner[at..]);
                    let after = at + name.len();
                    if bytes.get(after) == Some(&b'(') && !is_filter(&inner[..at]) {
                        let arguments = parts(&inner[after + 1..]);
                        let arguments = arguments.into_iter().filter_map(|part| given(text, part));
                        self.calls.push(Call { function: name, arguments: arguments.collect() });
                    }
                    at = after;
                }
                byte if byte.is_ascii_digit() => at += word_length(&inner[at..]).max(1),
                _ => at += 1,
            }
        }
        debug_assert!(start <= text.len(), "a tag is in its text");
    }
}

/// `name(a: string, b = 1, ...rest, @implicit)`.
fn definition<'a>(text: &str, rest: &'a str) -> Option<Definition<'a>> {
    let name = dotted(rest);
    let mut found = Definition {
        name: Named { name, at: offset(text, name) },
        parameters: Vec::new(),
        takes_any: false,
    };
    for part in parts(rest[name.len()..].trim_start().strip_prefix('(')?) {
        let part = part.trim();
        if part.starts_with("...") {
            found.takes_any = true;
            continue;
        }
        let (head, default) = part.split_once('=').map_or((part, None), |(h, d)| (h, Some(d)));
        let (name, value_type) = head.split_once(':').map_or((head, None), |(n, t)| (n, Some(t)));
        let name = name.trim();
        // What begins with `@` comes from around the call and is not passed.
        if !name.is_empty() && !name.starts_with('@') {
            let value_type = value_type.map(str::trim);
            found.parameters.push(Parameter { name, value_type, required: default.is_none() });
        }
    }
    Some(found)
}

/// The parts between commas up to the closing bracket of a call, of which `text` is what
/// follows the opening one.
fn parts(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let (mut found, mut depth, mut at, mut start) = (Vec::new(), 0usize, 0usize, 0usize);
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'' | b'`') => {
                at = after_text(bytes, at, quote);
                continue;
            }
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth > 0 => depth -= 1,
            b')' => {
                found.push(&text[start..at]);
                break;
            }
            b',' if depth == 0 => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn given<'a>(text: &str, part: &'a str) -> Option<Given<'a>> {
    let (name, value) = part.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let texts = texts_of(text, value);
    let first = texts.first();
    let written = match first {
        Some(only) if only.name.len() + 2 == value.len() => Written::Literal(*only),
        _ if is_list(value, &texts) => Written::List(texts),
        Some(head) if value.starts_with(['"', '\'', '`']) => Written::Computed(Some(head.name)),
        _ => Written::Computed(None),
    };
    Some(Given { name, value: written })
}

/// Whether `value` is a list of `texts` and of nothing else.
fn is_list(value: &str, texts: &[Named<'_>]) -> bool {
    let inner = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let rest = texts.iter().fold(inner.unwrap_or("?").to_owned(), |rest, text| {
        let quoted = ['"', '\'', '`'].map(|quote| format!("{quote}{}{quote}", text.name));
        quoted.iter().fold(rest, |rest, quoted| rest.replacen(quoted.as_str(), "", 1))
    });
    rest.chars().all(|c| c == ',' || c.is_whitespace())
}

/// The texts in quotes that stand in `part`, a part of `text`.
fn texts_of<'a>(text: &str, part: &'a str) -> Vec<Named<'a>> {
    let bytes = part.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        if !matches!(bytes[at], b'"' | b'\'' | b'`') {
            at += 1;
            continue;
        }
        let end = after_text(bytes, at, bytes[at]);
        let name = part.get(at + 1..end - 1).unwrap_or_default();
        found.push(Named { name, at: offset(text, part) + at + 1 });
        at = end;
    }
    found
}

/// Where `part`, a slice of `text`, begins in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// Whether a call after `before` is a filter's, a test's or a field's and no function's.
fn is_filter(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with(['|', '.'])
        || ["is", "not"].iter().any(|test| {
            before.strip_suffix(test).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
}

fn is_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

/// The word that `text` begins with.
fn word(text: &str) -> &str {
    &text[..word_length(text)]
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len())
}

/// The same with dots in it, if it begins as a name does.
fn dotted(text: &str) -> &str {
    if !text.bytes().next().is_some_and(is_start) {
        return "";
    }
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')));
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: &[Named<'_>], text: &str) -> Vec<String> {
        let own = |named: &Named<'_>| {
            assert_eq!(&text[named.at..named.at + named.name.len()], named.name);
            named.name.to_owned()
        };
        found.iter().map(own).collect()
    }

    #[test]
    fn tags_name_templates_blocks_and_components() {
        let text = "{# {% block no %} #}あ{%- extends \"base.html\" -%}{% block main %}\
                    {% include 'parts/a.html' %}{% endblock main %}{{ <ui.kbd text=\"x\"/> }}\
                    {% <box> %}…{% </box> %}{% raw %}{% block raw %}{% endraw %}{{ a < 3 }}";
        let scan = scan(text);
        let templates: Vec<_> = scan.templates().collect();
        assert_eq!(names(&templates, text), ["base.html", "parts/a.html"]);
        assert_eq!(names(&scan.blocks, text), ["main"]);
        assert_eq!(scan.components, ["ui.kbd", "box"]);
    }

    #[test]
    fn calls_are_told_from_filters_and_texts() {
        let text = "{{ icon(name=\"info\") }}{{ x | icon(name=\"no\") }}{{ \"icon(name='no')\" }}\
                    {% if msg(id='日' ~ f(a=1), n=[\"a\", 'b'], m=[\"a\" ~ \"b\"]) is starting_with(pat=\"c\") %}\
                    {{ {\"a\": {\"b\": date(value=x)}} }} icon(name=\"no\")";
        let scan = scan(text);
        let shown: Vec<String> = scan
            .calls
            .iter()
            .map(|call| {
                let arguments = call.arguments.iter().map(|given| match &given.value {
                    Written::Literal(named) => format!("{}={}", given.name, named.name),
                    Written::List(named) => {
                        format!("{}=[{}]", given.name, names(named, text).join(" "))
                    }
                    Written::Computed(head) => {
                        format!("{}?{}", given.name, head.unwrap_or_default())
                    }
                });
                format!("{}({})", call.function, arguments.collect::<Vec<_>>().join(" "))
            })
            .collect();
        assert_eq!(shown, ["icon(name=info)", "msg(id?日 n=[a b] m?)", "f(a?)", "date(value?)"]);
    }

    #[test]
    fn definitions_know_their_parameters() {
        let text =
            "{% component box(label: string, n: integer = f(1, 2), @root: string, ...rest) %}";
        let scan = scan(text);
        let box_of = &scan.definitions[0];
        assert_eq!(names(&[box_of.name], text), ["box"]);
        let parameters: Vec<_> =
            box_of.parameters.iter().map(|p| (p.name, p.value_type, p.required)).collect();
        assert_eq!(parameters, [("label", Some("string"), true), ("n", Some("integer"), false)]);
        assert!(box_of.takes_any);
    }

    #[test]
    fn what_is_not_closed_ends_with_the_text() {
        for text in ["{{ icon(name=\"", "{% block", "{#", "{% include \"あ", "{", "{{ '\\"] {
            scan(text);
        }
    }
}
