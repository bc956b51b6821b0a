//! The files of gettext, read and written: PO.
//!
//! In: the text of a file, or its items. Out: the other. Written here because the crates for
//! it lose what a round trip must keep: comments of translators, the former source of a stale
//! item, obsolete items. Must not know what the items are.

/// An item of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// `# `: the translators' comments.
    pub comments: Vec<String>,
    /// `#. `: what the program tells translators.
    pub told: Vec<String>,
    /// `#: `: where it comes from.
    pub place: Option<String>,
    /// `#, fuzzy`: whether the translation is of another text.
    pub fuzzy: bool,
    /// `#| msgid`: that text.
    pub previous: Option<String>,
    /// `msgctxt`: its name.
    pub context: String,
    /// `msgid`: the source text.
    pub source: String,
    /// `msgstr`: the translation.
    pub text: String,
    /// `#~`: whether the source does not have it any more.
    pub obsolete: bool,
}

/// A file that cannot be read: the line, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault(pub usize);

/// Items as a file; the first one without name and source is its header.
pub fn write(items: &[Item]) -> String {
    items.iter().map(item).collect::<Vec<_>>().join("\n")
}

fn item(item: &Item) -> String {
    let mut out = String::new();
    let mut lines = |sign: &str, all: &[String]| {
        for line in all.iter().flat_map(|text| text.split('\n')) {
            out.push_str(format!("{sign} {line}").trim_end());
            out.push('\n');
        }
    };
    lines("#", &item.comments);
    lines("#.", &item.told);
    lines("#:", item.place.as_slice());
    if item.fuzzy {
        lines("#,", &["fuzzy".to_owned()]);
    }
    let gone = if item.obsolete { "#~ " } else { "" };
    let before = if item.obsolete { "#~| " } else { "#| " };
    if let Some(previous) = &item.previous {
        field(&mut out, before, "msgid", previous);
    }
    if !item.context.is_empty() {
        field(&mut out, gone, "msgctxt", &item.context);
    }
    field(&mut out, gone, "msgid", &item.source);
    field(&mut out, gone, "msgstr", &item.text);
    out
}

fn field(out: &mut String, before: &str, name: &str, text: &str) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    match lines[..] {
        [] | [_] => out.extend([before, name, " \"", &escaped(text), "\"\n"]),
        _ => {
            out.extend([before, name, " \"\"\n"]);
            for line in lines {
                out.extend([before, "\"", &escaped(line), "\"\n"]);
            }
        }
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out
}

fn unescaped(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => return None,
            '\\' => out.push(match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'a' => '\u{7}',
                'b' => '\u{8}',
                'f' => '\u{c}',
                'v' => '\u{b}',
                other => other,
            }),
            c => out.push(c),
        }
    }
    Some(out)
}

/// Which text of an item goes on in the next line.
#[derive(Clone, Copy)]
enum Part {
    None,
    Previous,
    Context,
    Source,
    Text,
    /// One that is of no use here, as the context that an item had.
    Other,
}

/// Reads a file.
///
/// # Errors
///
/// The first line that is none of such a file.
pub fn read(text: &str) -> Result<Vec<Item>, Fault> {
    let mut reader = Reader { items: Vec::new(), item: Item::default(), part: Part::None };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (at, line) in text.split('\n').enumerate() {
        reader.line(line.trim()).ok_or(Fault(at + 1))?;
    }
    reader.end();
    Ok(reader.items)
}

struct Reader {
    items: Vec<Item>,
    item: Item,
    part: Part,
}

impl Reader {
    fn end(&mut self) {
        let item = std::mem::take(&mut self.item);
        if matches!(self.part, Part::Text) {
            self.items.push(item);
        }
        self.part = Part::None;
    }

    fn line(&mut self, line: &str) -> Option<()> {
        if line.is_empty() {
            if matches!(self.part, Part::Text) {
                self.end();
            }
            return Some(());
        }
        if let Some(rest) = line.strip_prefix("#~") {
            return match rest.strip_prefix('|') {
                Some(rest) => self.previous(rest.trim_start()),
                None => {
                    self.text(rest.trim_start())?;
                    self.item.obsolete = true;
                    Some(())
                }
            };
        }
        if let Some(rest) = line.strip_prefix("#|") {
            return self.previous(rest.trim_start());
        }
        let Some(rest) = line.strip_prefix('#') else { return self.text(line) };
        if matches!(self.part, Part::Text) {
            self.end();
        }
        let of = |rest: &str| rest.strip_prefix(' ').unwrap_or(rest).to_owned();
        match rest.chars().next() {
            Some('.') => self.item.told.push(of(&rest[1..])),
            Some(':') => self.item.place = Some(of(&rest[1..])),
            Some(',') => self.item.fuzzy |= rest[1..].split(',').any(|flag| flag.trim() == "fuzzy"),
            _ => self.item.comments.push(of(rest)),
        }
        Some(())
    }

    fn previous(&mut self, line: &str) -> Option<()> {
        if matches!(self.part, Part::Text) {
            self.end();
        }
        if let Some(rest) = line.strip_prefix("msgid ") {
            self.part = Part::Previous;
            self.item.previous = Some(String::new());
            return self.more(rest);
        }
        if let Some((_, rest)) = line.split_once(' ').filter(|_| line.starts_with("msg")) {
            self.part = Part::Other;
            return self.more(rest);
        }
        self.more(line)
    }

    fn text(&mut self, line: &str) -> Option<()> {
        let fields = [
            ("msgctxt", Part::Context),
            ("msgid_plural", Part::Other),
            ("msgid", Part::Source),
            ("msgstr[0]", Part::Text),
            ("msgstr", Part::Text),
        ];
        for (name, part) in fields {
            let Some(rest) = line.strip_prefix(name).filter(|rest| rest.starts_with([' ', '"']))
            else {
                continue;
            };
            let begins = matches!(part, Part::Context | Part::Source);
            if begins && matches!(self.part, Part::Text) {
                self.end();
            }
            self.part = part;
            return self.more(rest.trim_start());
        }
        self.more(line)
    }

    /// A quoted text that belongs to the last field.
    fn more(&mut self, quoted: &str) -> Option<()> {
        let inner = quoted.trim().strip_prefix('"')?.strip_suffix('"')?;
        let text = unescaped(inner)?;
        match self.part {
            Part::None => return None,
            Part::Previous => self.item.previous.as_mut()?.push_str(&text),
            Part::Context => self.item.context.push_str(&text),
            Part::Source => self.item.source.push_str(&text),
            Part::Text => self.item.text.push_str(&text),
            Part::Other => {}
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_text() -> impl Strategy<Value = String> {
        let words = prop::sample::select(vec![
            "設定",
            "a",
            " ",
            "\"",
            "\\",
            "\n",
            "\t",
            "{ $code-1 }",
            "#~ ",
            "msgid \"x\"",
            "\u{3000}",
            "\\n",
        ]);
        prop::collection::vec(words, 0..6).prop_map(|all| all.concat())
    }

    fn any_line() -> impl Strategy<Value = String> {
        let words = prop::sample::select(vec!["注", "note", "#", ":", "fuzzy", "msgstr"]);
        prop::collection::vec(words, 1..4).prop_map(|all| all.join(" "))
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(
            items in prop::collection::vec(
                (any_text(), any_text(), prop::option::of(any_text()), any::<bool>(),
                 prop::collection::vec(any_line(), 0..3), prop::collection::vec(any_line(), 0..2)),
                0..6,
            )
        ) {
            type Parts = (String, String, Option<String>, bool, Vec<String>, Vec<String>);
            let make = |(at, (source, text, previous, obsolete, comments, told)): (usize, Parts)| Item {
                context: format!("p-{at}"),
                fuzzy: previous.is_some(),
                place: (!obsolete).then(|| "content/a.md".to_owned()),
                comments, told, previous, source, text, obsolete,
            };
            let items: Vec<Item> = items.into_iter().enumerate().map(make).collect();
            prop_assert_eq!(read(&write(&items)), Ok(items));
        }
    }

    #[test]
    fn files_of_other_programs_are_read() {
        let text = "\u{feff}msgid \"\"\r\nmsgstr \"\"\r\n\"Language: en\\n\"\r\n\r\n#, c-format, fuzzy\r\n\
            #| msgctxt \"old\"\r\n#| msgid \"\"\r\n#| \"古い\"\r\nmsgctxt \"p-1\"\r\nmsgid \"\"\r\n\"新\"\r\n\"しい\"\r\nmsgstr \"New\"\r\n";
        let items = read(text).expect("it can be read");
        assert_eq!(items[0].text, "Language: en\n");
        assert_eq!(
            (items[1].source.as_str(), items[1].previous.as_deref()),
            ("新しい", Some("古い"))
        );
        assert!(items[1].fuzzy);
        assert_eq!(read("msgid \"a\nmsgstr \"\"\n"), Err(Fault(1)));
        assert_eq!(read("<<<<<<< mine\n"), Err(Fault(1)));
    }
}
