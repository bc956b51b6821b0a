use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::document::LocaleId;
use crate::localize::tests::{guide, options};
use crate::localize::{Catalogue, Matching, Reading, State, texts};
use crate::messages;

fn texts_of(source: &str) -> Vec<Text> {
    let options = options();
    texts(&guide(source), Reading { options: &options, breaks: false })
}

/// The files after an extraction, which a second one leaves as they are.
fn extracted(source: &str, files: &Files) -> Files {
    let texts = texts_of(source);
    let (done, _) = extract(&texts, files, &Ids::default());
    for text in [&done.catalogue, &done.obsolete] {
        let read = messages::catalogue(FileId(0), text);
        assert_eq!(read.diagnostics, [], "{text}");
    }
    let (again, _) = extract(&texts, &done, &Ids::default());
    assert_eq!(again, done, "a second time");
    done
}

fn held(catalogue: &str) -> Files {
    Files { catalogue: catalogue.to_owned(), obsolete: String::new() }
}

fn check(source: &str, before: &str, after: &str, obsolete: &str) {
    let done = extracted(source, &held(before));
    assert_eq!(done.catalogue, after);
    assert_eq!(done.obsolete, obsolete);
}

#[test]
fn a_new_catalogue_has_a_place_for_each_text() {
    let id = |kind, text| id(kind, text, 0);
    let (title, first) =
        (id(Kind::Title, "題"), id(Kind::Paragraph, "設定を { $code-1 } で開く。"));
    let second = id(Kind::Paragraph, "Open it.");
    check(
        "# 題\n\n設定を `a b` で開く。\n\nOpen it.\n\nOpen it.\n",
        "",
        &format!(
            "### 題\n\n# source: 題\n# {title} =\n\n# source: 設定を {{ $code-1 }} で開く。\n\
             # $code-1: a b\n# {first} =\n\n# source: Open it.\n# {second} =\n\n\
             # source: Open it.\n# {second}-2 =\n"
        ),
        "",
    );
}

#[test]
fn a_changed_text_keeps_its_id_and_is_stale_until_it_is_translated_anew() {
    let before = "# source: 設定を開きます。\np-1 = Open the settings.\n";
    let stale = "# source: 設定画面を開きます。\n# was: 設定を開きます。\n# stale: PRINT\np-1 = Open the settings.\n";
    let print = crate::messages::digits("Open the settings.");
    let stale = stale.replace("PRINT", &print);
    check("設定画面を開きます。\n", before, &stale, "");
    // Once more, and it is the first one that it was made from.
    let more = stale.replace("source: 設定画面を", "source: 設定の画面を");
    check("設定の画面を開きます。\n", &stale, &more, "");
    // The text is what it was.
    check("設定を開きます。\n", &stale, before, "");
    // The translator has been there.
    let done = stale.replace("= Open the settings.", "= Open the settings page.");
    let wanted = "# source: 設定画面を開きます。\np-1 = Open the settings page.\n";
    check("設定画面を開きます。\n", &done, wanted, "");
    let accepted = stale.lines().filter(|line| !line.starts_with("# was")).collect::<Vec<_>>();
    let wanted = "# source: 設定画面を開きます。\np-1 = Open the settings.\n";
    check("設定画面を開きます。\n", &(accepted.join("\n") + "\n"), wanted, "");
    // There is nothing to be stale.
    let place = "# source: Open the settings.\n# p-1 =\n";
    check("Open the settings app.\n", place, "# source: Open the settings app.\n# p-1 =\n", "");
}

#[test]
fn what_is_gone_is_put_aside_and_comes_back() {
    let catalogue = "# source: 一つ目です。\np-1 = The first.\n\n# Mind the tone.\n# source: 別の文。\np-2 =\n    Another\n    one.\n\n# source: 三。\n# p-3 =\n";
    let done = extracted("一つ目です。\n", &held(catalogue));
    assert_eq!(done.catalogue, "# source: 一つ目です。\np-1 = The first.\n");
    let aside = "# Mind the tone.\n# source: 別の文。\np-2 =\n    Another\n    one.\n";
    assert_eq!(done.obsolete, aside);
    let back = extracted("別の文。\n\n一つ目です。\n", &done);
    let wanted = format!("{aside}\n# source: 一つ目です。\np-1 = The first.\n");
    assert_eq!((back.catalogue.as_str(), back.obsolete.as_str()), (wanted.as_str(), ""));
}

#[test]
fn whatever_else_is_in_the_file_stays() {
    let before = "\u{feff}### Head\r\n\r\n## Group\r\n\r\n# note\r\n\r\n# source: 一。\r\n# of mine\r\np-1 = One\r\nwhat is this\r\n";
    let source = "一。\n\n二。\n";
    let new = id(Kind::Paragraph, "二。", 0);
    let (done, _) = extract(&texts_of(source), &held(before), &Ids::default());
    let wanted = before
        .replace("p-1 = One\r\n", &format!("p-1 = One\r\n\r\n# source: 二。\r\n# {new} =\r\n\r\n"));
    assert_eq!(done.catalogue, wanted);
    let (again, _) = extract(&texts_of(source), &done, &Ids::default());
    assert_eq!(again, done);
}

#[test]
fn places_that_somebody_has_joined_are_parted() {
    let before = "# source: 一。\n# p-1 =\n# source: 二。\np-2 = Two\n";
    check("一。\n\n二。\n", before, before, "");
    let after = "# source: 一つ。\n# p-1 =\n\n# source: 二。\np-2 = Two\n";
    check("一つ。\n\n二。\n", before, after, "");
    // The place was left standing above its own message.
    let before = "# source: 一。\n# p-1 =\np-1 = One\n\n# source: 一。\n# p-1 =\n";
    check("一。\n", before, "# source: 一。\np-1 = One\n", "");
}

#[test]
fn messages_without_a_comment_are_known_by_their_id() {
    let own = id(Kind::Paragraph, "設定を開く。", 0);
    let bare = format!("{own} = Open\n");
    check("設定を開く。\n", &bare, &format!("# source: 設定を開く。\n{bare}"), "");
    let mut ids = Ids::default();
    ids.refer("p-0000aa = 設定を開く。\n");
    let (done, _) = extract(&texts_of("設定をすぐ開く。\n"), &held("p-0000aa = Open\n"), &ids);
    assert!(
        done.catalogue.starts_with("# source: 設定をすぐ開く。\n# was: 設定を開く。\n# stale: ")
    );
}

#[test]
fn a_paragraph_that_became_an_item_brings_its_translation() {
    let before = "# source: 設定を開く。\n# was: 設定。\n# stale: 123456\np-1 = Open\n";
    let new = id(Kind::Item, "設定を開く。", 0);
    check("- 設定を開く。\n", before, &format!("# source: 設定を開く。\n{new} = Open\n"), "");
}

#[test]
fn an_id_is_the_same_in_all_catalogues() {
    let mut ids = Ids::default();
    ids.learn("# source: 新しい文。\np-0000aa = Neu\n");
    let (done, _) = extract(&texts_of("新しい文。\n"), &Files::default(), &ids);
    assert_eq!(done.catalogue, "# source: 新しい文。\n# p-0000aa =\n");
    assert_eq!(reference(&texts_of("新しい文。\n"), &ids), "p-0000aa = 新しい文。\n");
}

#[test]
fn stale_ones_are_accepted_by_name_or_all() {
    let text = "# mine\n# source: b\n# was: a\n# stale: 000000\n# $code-1: x\np-1 = A\n\n# source: c\n# was: d\np-2 = C\n";
    let (done, count, unknown) = accept(text, &["p-1".to_owned(), "p-9".to_owned()]);
    let wanted = "# mine\n# source: b\n# $code-1: x\np-1 = A\n\n# source: c\n# was: d\np-2 = C\n";
    assert_eq!((done.as_str(), count, unknown), (wanted, 1, vec!["p-9".to_owned()]));
    assert_eq!(accept(text, &[]).1, 2);
}

/// A text of a guide that is edited at random.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    sign: &'static str,
    words: Vec<String>,
    japanese: bool,
    token: usize,
}

impl Line {
    fn new(token: usize, shape: usize) -> Self {
        let japanese = shape.is_multiple_of(2);
        let word = |at: usize| {
            let digits = crate::messages::digits(&format!("{token} {at}"));
            let value = u32::from_str_radix(&digits, 16).expect("it is of digits");
            if !japanese {
                return format!("w{digits}");
            }
            let character = |part: u32| {
                char::from_u32(0x4e00 + (value >> part) % 0x4000).expect("it is a character")
            };
            [character(0), character(9)].iter().collect()
        };
        let words = (0..4 + shape % 5).map(word).collect();
        let sign = ["", "", "- ", "## ", "> "][shape / 2 % 5];
        Self { sign, words, japanese, token }
    }

    fn text(&self) -> String {
        let between = if self.japanese { "" } else { " " };
        format!("t{}x {}", self.token, self.words.join(between))
    }

    fn kind(&self) -> Kind {
        match self.sign {
            "- " => Kind::Item,
            "## " => Kind::Heading,
            _ => Kind::Paragraph,
        }
    }
}

/// What is random in one step.
type Step = (u8, u16, u16);

#[derive(Default)]
struct World {
    lines: Vec<Line>,
    files: Files,
    tokens: usize,
    marks: usize,
    /// The translations that must be somewhere, and the source text that each is of.
    made: BTreeMap<String, String>,
}

impl World {
    fn source(&self) -> String {
        let mut out = String::new();
        for line in &self.lines {
            // A comment keeps lists and quotes apart.
            out.push_str(&format!("{}{}\n\n<!-- -->\n\n", line.sign, line.text()));
        }
        out
    }

    fn step(&mut self, (what, a, b): Step) {
        let (a, b) = (usize::from(a), usize::from(b));
        let at = |count: usize| a.checked_rem(count);
        match what % 14 {
            0..=2 => {
                let new = Line::new(self.tokens, b);
                self.tokens += 1;
                self.lines.insert(a % (self.lines.len() + 1), new);
            }
            3 => {
                at(self.lines.len()).map(|at| self.lines.remove(at));
            }
            4 | 5 => {
                if let Some(at) = at(self.lines.len()) {
                    let line = self.lines.remove(at);
                    self.lines.insert(b % (self.lines.len() + 1), line);
                }
            }
            6 => {
                if let Some(at) = at(self.lines.len()) {
                    let twin = self.lines[at].clone();
                    self.lines.insert(b % (self.lines.len() + 1), twin);
                }
            }
            7 | 8 => self.edit(at(self.lines.len()), b),
            9..=11 => self.translate(a, b),
            12 => self.comment(a),
            _ => self.reorder(a, b),
        }
    }

    fn edit(&mut self, at: Option<usize>, b: usize) {
        let Some(line) = at.map(|at| &mut self.lines[at]) else { return };
        let word = b % line.words.len();
        if b.is_multiple_of(3) {
            line.words
                .insert(word, if line.japanese { "増".to_owned() } else { "more".to_owned() });
        } else if line.words.len() > 3 {
            line.words[word] = if line.japanese { "変".to_owned() } else { "else".to_owned() };
        }
    }

    fn blocks(&self) -> Vec<Block> {
        messages::catalogue(FileId(0), &self.files.catalogue).value
    }

    /// Writes a translation, for the first time or anew.
    fn translate(&mut self, a: usize, b: usize) {
        let blocks = self.blocks();
        let entries: Vec<&Entry> = blocks.iter().filter_map(entry).collect();
        let Some(entry) = a.checked_rem(entries.len()).map(|at| entries[at]) else { return };
        let text = &self.files.catalogue;
        if let Some(mark) = entry.translation.as_ref().map(|_| mark(&text[entry.bytes.clone()])) {
            self.made.remove(&mark);
        }
        let mark = format!("m{}m", self.marks);
        self.marks += 1;
        let source = entry.source().expect("it was extracted").to_owned();
        let token = source.split(' ').next().expect("it has a token").to_owned();
        let value = match b % 3 {
            0 => format!("{token} {mark} words"),
            1 => format!("{token} {mark} 訳文 {{\"{{\"}}"),
            _ => format!("\n    {token}\n    {mark}\n    words"),
        };
        let line = text[..entry.id_bytes.start].rfind('\n').map_or(0, |end| end + 1);
        let new = format!("{}{} = {value}{}", &text[..line], entry.id, &text[entry.bytes.end..]);
        self.files.catalogue = new;
        self.made.insert(mark, source);
    }

    fn comment(&mut self, a: usize) {
        let blocks = self.blocks();
        let entries: Vec<&Entry> = blocks.iter().filter_map(entry).collect();
        let Some(entry) = a.checked_rem(entries.len()).map(|at| entries[at]) else { return };
        let own = if a.is_multiple_of(2) { "# a note\n" } else { "## group\n\n" };
        self.files.catalogue.insert_str(entry.bytes.start, own);
    }

    /// Moves an entry to the end, or deletes it.
    fn reorder(&mut self, a: usize, b: usize) {
        let blocks = self.blocks();
        let entries: Vec<&Entry> = blocks.iter().filter_map(entry).collect();
        let Some(entry) = a.checked_rem(entries.len()).map(|at| entries[at]) else { return };
        let text = self.files.catalogue[entry.bytes.clone()].to_owned();
        self.files.catalogue.replace_range(entry.bytes.clone(), "");
        if b.is_multiple_of(4) {
            if entry.translation.is_some() {
                self.made.remove(&mark(&text));
            }
        } else {
            self.files.catalogue.push_str(&format!("\n{text}\n"));
        }
    }

    /// The translation that each text has, with how far it goes: by kind and text.
    fn shown(&self) -> BTreeMap<(Kind, String), Vec<(State, String)>> {
        let blocks = self.blocks();
        let text = &self.files.catalogue;
        let own = Catalogue { file: FileId(0), lang: LocaleId(1), text, blocks: &blocks };
        let mut matching = Matching::new(&own);
        let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for line in &self.lines {
            let entry = matching.next(line.kind(), &line.text());
            let state = matching.state(entry);
            let mark = match state {
                State::Missing => String::new(),
                _ => mark(&text[entry.expect("it is there").bytes.clone()]),
            };
            if state != State::Missing {
                let written = &text[entry.expect("it is there").bytes.clone()];
                let value = written.split_once('=').expect("it has a value").1;
                let token = value.split_whitespace().next().expect("it has a token");
                assert_eq!(token, format!("t{}x", line.token), "a wrong one: {written}");
            }
            if state == State::Current {
                assert_eq!(self.made.get(&mark), Some(&line.text()), "made from another text");
            }
            let own: &mut Vec<_> = all.entry((line.kind(), line.text())).or_default();
            own.push((state, mark));
        }
        all.values_mut().for_each(|own| own.sort());
        all
    }

    /// Everything that is promised, after an extraction.
    fn check(&mut self, before: &BTreeMap<(Kind, String), Vec<(State, String)>>) {
        self.files = extracted(&self.source(), &self.files);
        let all = format!("{}\n{}", self.files.catalogue, self.files.obsolete);
        let found: Vec<String> = marks(&all);
        let once: BTreeSet<&String> = found.iter().collect();
        assert_eq!(once.len(), found.len(), "one is there twice: {all}");
        let wanted: BTreeSet<&String> = self.made.keys().collect();
        assert_eq!(once, wanted, "{all}");
        let after = self.shown();
        for (line, own) in before {
            let Some(now) = after.get(line).filter(|now| now.len() == own.len()) else { continue };
            assert_eq!(now, own, "{line:?} has not changed\n{all}");
        }
    }
}

fn mark(text: &str) -> String {
    marks(text).pop().expect("it is one of ours")
}

/// The marks of translations in a text.
fn marks(text: &str) -> Vec<String> {
    let is_mark = |word: &&str| {
        let inner = word.strip_prefix('m').and_then(|word| word.strip_suffix('m'));
        inner.is_some_and(|inner| !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_digit()))
    };
    text.split_whitespace().filter(is_mark).map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_edit_loses_a_translation_or_lends_it_to_another_text(
        steps in proptest::collection::vec(any::<Step>(), 1..40),
    ) {
        let mut world = World::default();
        world.check(&BTreeMap::new());
        for step in steps {
            // What is done to the source leaves what was said of the other texts.
            let before = if step.0 % 14 < 9 { world.shown() } else { BTreeMap::new() };
            world.step(step);
            world.check(&before);
        }
    }
}

#[test]
fn what_was_said_of_an_untranslated_text_comes_back_with_it() {
    let before = "# Ask Kim.\n# source: 一つ目。\n# p-1 =\n\n# source: 二つ目。\np-2 = Second.\n";
    let gone = extracted("二つ目。\n", &held(before));
    assert_eq!(gone.catalogue, "# source: 二つ目。\np-2 = Second.\n");
    assert_eq!(gone.obsolete, "# Ask Kim.\n# source: 一つ目。\n# p-1 =\n");
    let back = extracted("一つ目。\n\n二つ目。\n", &gone);
    assert_eq!((back.catalogue.as_str(), back.obsolete.as_str()), (before, ""));
    let other = extracted("一つ目です。\n\n二つ目。\n", &gone);
    assert_eq!(other.obsolete, gone.obsolete, "a text that is only like it is another one");
}
