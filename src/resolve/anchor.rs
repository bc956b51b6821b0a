//! Anchors of headings: how they are made, and which other spellings lead to them.
//!
//! The id of a heading is its text by the Git hosts' rule (lower case, punctuation
//! dropped, spaces to hyphens, Japanese kept), made unique on its page. Links written by
//! Hexo's rule, or with small differences, find their heading too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use super::HeadingAnchors;
use crate::config::ExtraAnchors;
use crate::diagnostic::nearest;
use crate::text::Spanned;

/// What one heading brings to the table of anchors.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HeadingText {
    /// Its text without markup, terms and variables filled in.
    pub text: String,
    /// `{#id}`.
    pub id: Option<String>,
}

/// The anchors of one page, and how to find them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Anchors {
    /// One a heading, in order; the first is the title's where `titled`.
    pub headings: Vec<HeadingAnchors>,
    /// Whether the title stood in the text as a heading, and can be linked to as one.
    pub titled: bool,
    /// Every id on the page, by itself.
    ids: BTreeSet<String>,
    /// The headings' texts: other spellings are worked out when a link asks for one, for
    /// most pages are never asked.
    texts: Vec<String>,
    spelled: OnceLock<Spellings>,
}

/// Other spellings of a page's anchors, each with the heading that it means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Spellings {
    exact: BTreeMap<String, usize>,
    folded: BTreeMap<String, usize>,
}

/// The id of a text by the Git hosts' rule.
///
/// ```
/// use shirube::resolve::host_slug;
/// assert_eq!(host_slug("1-1. Purge API とは？"), "1-1-purge-api-とは");
/// assert_eq!(host_slug("<SERVER> を開く"), "server-を開く");
/// ```
pub fn host_slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            ' ' | '\t' => slug.push('-'),
            // What most headings are made of, without a look into Unicode's tables.
            '-' | '_' | '0'..='9' | 'a'..='z' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿' => {
                slug.push(c);
            }
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            _ if c.is_ascii() => {}
            _ => slug.extend(c.to_lowercase().filter(|c| c.is_alphanumeric() || is_mark(*c))),
        }
    }
    slug
}

/// Combining marks stay with their letters.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The id that Hexo gives a text: runs of spaces and ASCII punctuation become one hyphen,
/// letter case and other punctuation stay.
///
/// ```
/// use shirube::resolve::hexo_slug;
/// assert_eq!(hexo_slug("Q. 手順を教えてください。"), "Q-手順を教えてください。");
/// assert_eq!(hexo_slug("Azure Monitor Agent - Linux"), "Azure-Monitor-Agent-Linux");
/// ```
pub fn hexo_slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars().filter(|c| !c.is_control()) {
        if c.is_whitespace() || c.is_ascii_punctuation() {
            if !slug.ends_with('-') {
                slug.push('-');
            }
        } else {
            slug.push(without_accent(c));
        }
    }
    slug.trim_matches('-').to_owned()
}

/// Latin letters lose their accents: é is e.
fn without_accent(c: char) -> char {
    std::iter::once(c).nfd().next().filter(char::is_ascii_alphabetic).unwrap_or(c)
}

/// The id that Hexo gives a heading: its Markdown renderer first sets quotation marks and
/// dashes as print does, then escapes HTML's special characters, and both stay in the id.
///
/// ```
/// use shirube::resolve::hexo_heading_slug;
/// assert_eq!(hexo_heading_slug("[監視] > [アラート]"), "監視-gt-アラート");
/// assert_eq!(hexo_heading_slug("2. \"期間\" と \"間隔\""), "2-“期間”-と-“間隔”");
/// ```
pub fn hexo_heading_slug(text: &str) -> String {
    let escaped = typeset(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    hexo_slug(&escaped)
}

/// Quotation marks, dashes and ellipses as `smartypants` of Hexo's renderer sets them.
fn typeset(text: &str) -> String {
    let text = text.replace("---", "—").replace("--", "–").replace("...", "…");
    let mut set = String::with_capacity(text.len());
    for c in text.chars() {
        let before = set.chars().next_back();
        let opens = before.is_none_or(|b| b.is_whitespace() || "-—/([{“‘\"".contains(b));
        set.push(match (c, opens) {
            ('\'', true) => '‘',
            ('\'', false) => '’',
            ('"', true) => '“',
            ('"', false) => '”',
            _ => c,
        });
    }
    set
}

/// The anchors of a page with these headings and these ids of raw HTML.
pub fn anchors(
    headings: &[HeadingText],
    html_ids: &[Spanned<String>],
    extra: ExtraAnchors,
) -> Anchors {
    let mut made =
        Anchors { ids: html_ids.iter().map(|id| id.value.clone()).collect(), ..Anchors::default() };
    // Ids that writers gave come before those that are made; the first of two keeps its.
    let given: Vec<Option<String>> = headings
        .iter()
        .map(|heading| heading.id.clone().filter(|id| made.ids.insert(id.clone())))
        .collect();
    let mut next = BTreeMap::new();
    for (heading, given) in headings.iter().zip(given) {
        let id = given.unwrap_or_else(|| made.fresh(&heading.text, &mut next));
        made.ids.insert(id.clone());
        made.headings.push(HeadingAnchors { id, extra: Vec::new() });
    }
    made.texts = headings.iter().map(|heading| heading.text.clone()).collect();
    if extra == ExtraAnchors::Hexo {
        made.add_hexo_ids(headings);
    }
    made
}

impl Anchors {
    /// The ids of the title, where it stood in the text as a heading.
    pub fn title(&self) -> Option<&HeadingAnchors> {
        self.headings.first().filter(|_| self.titled)
    }

    /// The ids of the headings below the title.
    pub fn below_title(&self) -> &[HeadingAnchors] {
        &self.headings[usize::from(self.titled)..]
    }

    /// Whether the page has that very id.
    pub fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// The id that `fragment` (decoded) means: itself, or by another spelling.
    pub fn find(&self, fragment: &str) -> Option<&str> {
        if let Some(id) = self.ids.get(fragment) {
            return Some(id);
        }
        let spelled = self.spelled.get_or_init(|| self.spellings());
        let folded = || spelled.folded.get(&folded(fragment));
        let index = spelled.exact.get(fragment).or_else(folded)?;
        Some(&self.headings[*index].id)
    }

    /// The id nearest to a fragment that means none.
    pub fn nearest(&self, fragment: &str) -> Option<&str> {
        nearest(fragment, self.ids.iter().map(String::as_str))
    }

    /// Adds ids that lead to heading `index` besides its own: a translation's old ones.
    pub fn alias(&mut self, index: usize, id: String) {
        if !self.ids.contains(&id) && !id.is_empty() {
            self.ids.insert(id.clone());
            self.headings[index].extra.push(id);
        }
    }

    /// A free id for a heading of that text: `-1`, `-2` … behind the taken ones. `next`
    /// remembers where to count on.
    fn fresh(&self, text: &str, next: &mut BTreeMap<String, u32>) -> String {
        let slug = host_slug(text);
        let slug = if slug.is_empty() { "section".to_owned() } else { slug };
        if !self.ids.contains(&slug) {
            return slug;
        }
        let number = next.entry(slug.clone()).or_insert(0);
        loop {
            *number += 1;
            let id = format!("{slug}-{number}");
            if !self.ids.contains(&id) {
                return id;
            }
        }
    }

    /// The spellings of every heading by both rules; the first heading of two keeps one.
    fn spellings(&self) -> Spellings {
        let mut spelled = Spellings::default();
        let (mut hexo, mut plain, mut host) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (index, text) in self.texts.iter().enumerate() {
            let each = [
                numbered(hexo_heading_slug(text), &mut hexo),
                numbered(hexo_slug(text), &mut plain),
                numbered(host_slug(text), &mut host),
                text.trim().to_owned(),
            ];
            for spelling in each {
                let short = folded(&spelling);
                if !short.is_empty() {
                    spelled.folded.entry(short).or_insert(index);
                }
                spelled.exact.entry(spelling).or_insert(index);
            }
        }
        spelled
    }

    fn add_hexo_ids(&mut self, headings: &[HeadingText]) {
        let mut seen = BTreeMap::new();
        for (index, heading) in headings.iter().enumerate() {
            let id = numbered(hexo_heading_slug(&heading.text), &mut seen);
            self.alias(index, id);
        }
    }
}

/// The slug with the number that its rule gives a second and third one: `-1`, `-2`.
fn numbered(slug: String, seen: &mut BTreeMap<String, u32>) -> String {
    let count = seen.entry(slug.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { slug } else { format!("{slug}-{}", *count - 1) }
}

/// What is left of an anchor when everything that the rules treat differently is gone:
/// letter case, width, hyphens, spaces and punctuation.
fn folded(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric() || is_mark(*c))
        .collect()
}

/// For each heading of a translation the heading of the source that it stands for, by the
/// longest common sequence of levels; `None` where it has no counterpart.
pub(super) fn aligned(source: &[u8], translation: &[u8]) -> Vec<Option<usize>> {
    let (rows, columns) = (source.len(), translation.len());
    let mut best = vec![vec![0u32; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            best[row][column] = if source[row] == translation[column] {
                best[row + 1][column + 1] + 1
            } else {
                best[row + 1][column].max(best[row][column + 1])
            };
        }
    }
    let mut pairs = vec![None; columns];
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        if source[row] == translation[column] {
            pairs[column] = Some(row);
            row += 1;
            column += 1;
        } else if best[row + 1][column] >= best[row][column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(texts: &[&str], extra: ExtraAnchors) -> Anchors {
        let headings: Vec<HeadingText> =
            texts.iter().map(|text| HeadingText { text: (*text).to_owned(), id: None }).collect();
        anchors(&headings, &[], extra)
    }

    #[test]
    fn ids_are_unique_and_readable() {
        let made = page(&["確認方法", "確認方法", "What's new?", "……"], ExtraAnchors::None);
        let ids: Vec<&str> = made.headings.iter().map(|h| h.id.as_str()).collect();
        assert_eq!(ids, ["確認方法", "確認方法-1", "whats-new", "section"]);
    }

    #[test]
    fn links_by_both_rules_find_their_heading() {
        let made = page(
            &["Q. 手順を教えてください。", "1-3-1. Azure portal から確認する", "確認", "確認"],
            ExtraAnchors::None,
        );
        let find = |fragment| made.find(fragment);
        assert_eq!(find("Q-手順を教えてください。"), Some("q-手順を教えてください"));
        assert_eq!(
            find("1-3-1-Azure-portal-から確認する"),
            Some("1-3-1-azure-portal-から確認する")
        );
        assert_eq!(
            find("1-3-1-azure-portal-から確認する"),
            Some("1-3-1-azure-portal-から確認する")
        );
        assert_eq!(find("確認-1"), Some("確認-1"));
        assert_eq!(find("ない"), None);
    }

    #[test]
    fn hexo_ids_are_extra_where_they_differ() {
        let made = page(&["Azure の設定", "設定"], ExtraAnchors::Hexo);
        assert_eq!(made.headings[0].extra, ["Azure-の設定"]);
        assert!(made.headings[1].extra.is_empty());
    }

    #[test]
    fn an_id_given_twice_stays_with_the_first() {
        let heading = |text: &str| HeadingText { text: text.to_owned(), id: Some("a".to_owned()) };
        let made = anchors(&[heading("一"), heading("二")], &[], ExtraAnchors::None);
        let ids: Vec<&str> = made.headings.iter().map(|h| h.id.as_str()).collect();
        assert_eq!(ids, ["a", "二"]);
    }

    #[test]
    fn headings_align_by_level() {
        assert_eq!(aligned(&[2, 3, 3, 2], &[2, 3, 2]), [Some(0), Some(1), Some(3)]);
        assert_eq!(aligned(&[2, 2], &[2, 4, 2]), [Some(0), None, Some(1)]);
    }
}
