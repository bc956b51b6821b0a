//! What templates may use: plain structs, documented field by field. Nothing else is shown
//! to a theme, so everything else stays free to change.
//!
//! Every page's template sees
//!
//! - `root`: the way from the page to the published root, `../../`; before every `path`.
//!   (On `404.html`, which answers at any address, it is the absolute path of the site.)
//! - `site`: [`SiteContext`], the same on every page of a locale;
//! - `page`: [`PageContext`];
//! - `navigation`: [`NavigationContext`] of the page's own section;
//! - and by `page.kind` one of `guide` ([`GuideContext`]), `section` ([`SectionContext`]),
//!   `front` ([`FrontContext`]), `glossary` ([`GlossaryContext`]), `tags` ([`TagsContext`]), `tag` ([`TagContext`]),
//!   `all` ([`ListContext`]), `archive` ([`ListContext`]), `search` ([`SearchPageContext`]);
//!   `not_found` has none of its own.
//!
//! Three conventions hold everywhere:
//!
//! - a `path` counts from the published root, is percent-encoded, and ends in `/` or
//!   `index.html` as the site's `links` setting wants; write `{{ root }}{{ item.path }}`.
//!   An `href` is complete and is written as it is;
//! - a date is text, `2022-03-24` or `2022-03-24T12:00:00+09:00`; show it with
//!   `{{ date(value=guide.updated, style="long") }}`;
//! - a `…_html` is safe HTML of one line without links, with `<wbr>` where a Japanese line
//!   may well break; its plain twin is for attributes.

use crate::theme::{Html, Value, shown};

shown! {
    /// What every page of one locale shows: `site`. Made once a locale.
    pub struct SiteContext {
        /// The site's name: 「IT ヘルプデスク」.
        pub title: String,
        /// One line about the site.
        pub description: String,
        /// The locale's tag: `ja`.
        pub locale: String,
        /// `ltr` or `rtl`.
        pub dir: String,
        /// The front page of this locale: empty for the source locale, `en/`.
        pub home_path: String,
        /// The page of all guides by date.
        pub all_path: Option<String>,
        /// The page of all tags.
        pub tags_path: Option<String>,
        /// The glossary, where terms have definitions.
        pub glossary_path: Option<String>,
        /// The newest archive page, where the site has archives.
        pub archives_path: Option<String>,
        /// The locale's Atom feed.
        pub feed_path: Option<String>,
        /// The absolute address of the published root, ending in `/`.
        pub base_url: Option<String>,
        /// Whom to ask, in the page's language.
        pub contact: Option<String>,
        /// How search is loaded; `None` where the theme brings none.
        pub search: Option<SearchContext>,
        /// The links of `footer.links`.
        pub footer_links: Vec<HrefContext>,
        /// The top sections, in order.
        pub sections: Vec<LinkContext>,
        /// The version of Shirube.
        pub version: String,
    }

    /// How search is loaded: `site.search`. There exactly when the theme has
    /// `assets/search-engine.js`.
    pub struct SearchContext {
        /// The page of search in this locale.
        pub path: String,
        /// The script that searches, as a path.
        pub engine: String,
        /// The folder of this locale's index, as a path that ends in `/`.
        pub index: String,
    }

    /// What every page has of its own: `page`.
    pub struct PageContext {
        /// `front`, `section`, `guide`, `glossary`, `tags`, `tag`, `all`, `archive`,
        /// `search` or `not_found`.
        pub kind: String,
        /// The name that the guide's `template` gives, `faq`; `None` where it has none.
        /// Filled in while rendering.
        pub layout: Option<String>,
        /// The title as plain text: for `<title>`.
        pub title: String,
        /// The title as HTML of one line: for the heading.
        pub title_html: Html,
        /// Ids of the title, where it stood in the text as a heading: links may lead to it.
        pub title_ids: Vec<String>,
        /// One line about the page, plain; empty when there is none.
        pub description: String,
        /// The same as HTML, for the head of the page; empty where it was taken from the
        /// text below.
        pub description_html: Html,
        /// The language of the text where it stands in for a missing translation.
        pub lang: Option<String>,
        /// The language of the title, where it is not the page's.
        pub title_lang: Option<String>,
        /// The absolute address of the page, where the site has a `base_url`.
        pub canonical: Option<String>,
        /// The same page in every locale that truly has it, itself among them; empty
        /// without `base_url` or where only one locale has it.
        pub alternates: Vec<AlternateContext>,
        /// Whether search engines are asked to leave it out.
        pub noindex: bool,
        /// The way from the front page: sections, without the page itself.
        pub breadcrumb: Vec<LinkContext>,
        /// The page in every locale of the site; empty when there is one locale.
        pub languages: Vec<LanguageContext>,
        /// The page's own path.
        pub path: String,
        /// Style sheets of this page alone, as paths. Filled in while rendering.
        pub styles: Vec<String>,
    }

    /// A page of the site: in breadcrumbs, navigation, neighbours, tags.
    pub struct LinkContext {
        /// Its title, plain.
        pub title: String,
        /// Its title as HTML of one line.
        pub title_html: Html,
        /// Where it is.
        pub path: String,
        /// The language of its title, where it is not the page's.
        pub lang: Option<String>,
    }

    /// A link that may lead out of the site.
    pub struct HrefContext {
        /// What it says.
        pub title: String,
        /// A path of the site, to be written after `root`; `None` when `href` is set.
        pub path: Option<String>,
        /// A complete address elsewhere.
        pub href: Option<String>,
    }

    /// The page in one language, for `hreflang`.
    pub struct AlternateContext {
        /// The language's tag, or `x-default`.
        pub tag: String,
        /// The absolute address.
        pub href: String,
    }

    /// The page in one language, for the language switch.
    pub struct LanguageContext {
        /// The tag: `en`.
        pub tag: String,
        /// The language's name in itself: `English`.
        pub name: String,
        /// The page there.
        pub path: String,
        /// Whether it is the language of this page.
        pub current: bool,
        /// Whether the guide is written in it (else another language stands in).
        pub translated: bool,
    }

    /// The guides beside a guide: `navigation`. Made once a section and locale.
    pub struct NavigationContext {
        /// The section itself.
        pub section: Option<LinkContext>,
        /// Its guides, in order; the current one is where `item.path == page.path`.
        pub guides: Vec<LinkContext>,
        /// Its subsections, in order.
        pub sections: Vec<LinkContext>,
    }

    /// A guide in a list.
    pub struct EntryContext {
        /// Its title, plain.
        pub title: String,
        /// Its title as HTML of one line.
        pub title_html: Html,
        /// One line about it, plain; empty when there is none.
        pub description: String,
        /// The same as HTML.
        pub description_html: Html,
        /// Where it is.
        pub path: String,
        /// The language of its words, where it is not the page's.
        pub lang: Option<String>,
        /// When it was changed, else written.
        pub date: Option<String>,
        /// The section it is in.
        pub section: Option<LinkContext>,
    }

    /// A section as a card.
    pub struct SectionCardContext {
        /// Its title, plain.
        pub title: String,
        /// Its title as HTML of one line.
        pub title_html: Html,
        /// One line about it, plain.
        pub description: String,
        /// The same as HTML.
        pub description_html: Html,
        /// Where it is.
        pub path: String,
        /// The language of its words, where it is not the page's.
        pub lang: Option<String>,
        /// Its first guides, at most three.
        pub guides: Vec<EntryContext>,
        /// How many guides are in it and below it.
        pub count: u32,
    }

    /// What is said of a guide around its text: a part of `guide`. The text itself
    /// (`body`, `contents`, `reading_minutes`) is added while rendering.
    pub struct GuideFacts {
        /// When it was written.
        pub date: Option<String>,
        /// When it was changed.
        pub updated: Option<String>,
        /// The day by which it should be read again.
        pub review_by: Option<String>,
        /// Whether that day has passed.
        pub review_overdue: bool,
        /// Who answers for it.
        pub owner: Option<String>,
        /// Who may read it; empty means everyone.
        pub audience: Vec<String>,
        /// Its tags, with their pages.
        pub tags: Vec<LinkContext>,
        /// What the reader should know first.
        pub notices: Vec<NoticeContext>,
        /// The guide before it in its section.
        pub previous: Option<LinkContext>,
        /// The guide after it in its section.
        pub next: Option<LinkContext>,
        /// Guides about the same things.
        pub related: Vec<LinkContext>,
        /// Where its source is edited.
        pub edit_href: Option<String>,
        /// Where "was this helpful" is answered.
        pub feedback: Option<FeedbackContext>,
        /// Whether contents are shown (`toc`).
        pub toc: bool,
        /// `extra`, and the site's own front matter keys.
        pub extra: serde_json::Map<String, serde_json::Value>,
    }

    /// Something the reader should know before the text.
    pub struct NoticeContext {
        /// `untranslated` (another language stands in), `partly` (some texts of it do),
        /// `stale` (the source has changed since), `review_overdue`, `draft`.
        pub kind: String,
        /// `info` or `warn`.
        pub tone: String,
        /// The language that stands in or is newer, by its name: `日本語`.
        pub language: Option<String>,
        /// The page in that language.
        pub path: Option<String>,
        /// The day it speaks of.
        pub date: Option<String>,
        /// Of `partly`, how much is translated, in whole percent.
        pub percent: Option<u32>,
    }

    /// The answers to "was this helpful".
    pub struct FeedbackContext {
        /// Yes.
        pub yes_href: Option<String>,
        /// No.
        pub no_href: Option<String>,
        /// A letter to the help desk, `mailto:…`.
        pub mail_href: Option<String>,
    }

    /// An entry of a page's contents.
    pub struct ContentsContext {
        /// 2 to 6.
        pub level: u32,
        /// The heading, HTML of one line.
        pub text_html: Html,
        /// `#…`, encoded.
        pub href: String,
        /// The headings under it.
        pub children: Vec<ContentsContext>,
    }

    /// A section's page: `section`. `body` and `contents` are added while rendering.
    pub struct SectionContext {
        /// Its guides, in order.
        pub guides: Vec<EntryContext>,
        /// Its subsections, in order.
        pub sections: Vec<SectionCardContext>,
    }

    /// The front page: `front`. `body` and `contents` are added while rendering.
    pub struct FrontContext {
        /// The first 60 sections, in order.
        pub sections: Vec<SectionCardContext>,
        /// Guides of the root, in no section.
        pub guides: Vec<EntryContext>,
        /// What changed lately, newest first.
        pub latest: Vec<EntryContext>,
        /// Example queries, from `front.searches`, each leading to its answer; none
        /// where the site has no search.
        pub searches: Vec<HrefContext>,
        /// The important guides, from `front.guides`.
        pub important: Vec<EntryContext>,
        /// What everybody should know today, from `front.notices`.
        pub notices: Vec<AnnouncementContext>,
    }

    /// Something that everybody should know, for some days.
    pub struct AnnouncementContext {
        /// `info`, `tip`, `warn`, `danger` or `success`.
        pub tone: String,
        /// What it says, HTML of one line.
        pub text_html: Html,
        /// The language of its words, where it is not the page's.
        pub lang: Option<String>,
        /// Where more is said.
        pub link: Option<HrefContext>,
    }

    /// The page of search: `search`. What its filters can be set to.
    pub struct SearchPageContext {
        /// The first 100 top sections, in order.
        pub sections: Vec<LinkContext>,
        /// The 100 tags with the most guides, by name.
        pub tags: Vec<TagCountContext>,
    }

    /// The glossary: `glossary`.
    pub struct GlossaryContext {
        /// Its groups, in the order of the language.
        pub groups: Vec<GlossaryGroupContext>,
    }

    /// Terms whose readings begin alike.
    pub struct GlossaryGroupContext {
        /// The letter, or the first kana of the row; `None` for what begins with neither.
        pub title: Option<String>,
        /// An id that no term has.
        pub id: String,
        /// Its terms, in order.
        pub terms: Vec<GlossaryTermContext>,
    }

    /// A term of the glossary.
    pub struct GlossaryTermContext {
        /// Its name, which is also the id that links lead to: `authenticator`.
        pub id: String,
        /// What it says.
        pub title: String,
        /// How it is read.
        pub reading: Option<String>,
        /// What it means.
        pub definition: String,
        /// Other words for it.
        pub synonyms: Vec<String>,
        /// Where more is said.
        pub link: Option<HrefContext>,
        /// The language of its words, where it is not the page's.
        pub lang: Option<String>,
    }

    /// The page of all tags: `tags`.
    pub struct TagsContext {
        /// Every tag.
        pub tags: Vec<TagCountContext>,
    }

    /// A tag with its number of guides.
    pub struct TagCountContext {
        /// The tag.
        pub title: String,
        /// Its page.
        pub path: String,
        /// The language of its name, where it is not the page's.
        pub lang: Option<String>,
        /// How many guides carry it.
        pub count: u32,
    }

    /// The page of one tag: `tag`.
    pub struct TagContext {
        /// The tag.
        pub title: String,
        /// The language of its name, where it is not the page's.
        pub lang: Option<String>,
        /// Its guides.
        pub guides: Vec<EntryContext>,
    }

    /// Guides by time: `all` and `archive`.
    pub struct ListContext {
        /// The time a page of archives is about: `2022-03` or `2022`; `None` for all guides.
        pub period: Option<String>,
        /// Groups, newest first.
        pub groups: Vec<GroupContext>,
        /// The other pages of archives, newest first.
        pub periods: Vec<PeriodContext>,
    }

    /// Guides of one year or month.
    pub struct GroupContext {
        /// `2022` or `2022-03`; `None` for guides without a date.
        pub period: Option<String>,
        /// Its guides, newest first.
        pub guides: Vec<EntryContext>,
    }

    /// A page of archives.
    pub struct PeriodContext {
        /// `2022` or `2022-03`.
        pub period: String,
        /// Where it is.
        pub path: String,
        /// How many guides it lists.
        pub count: u32,
    }
}

/// The part of a page that its kind adds. Which template draws a kind is a row of the
/// theme's `pages:`.
#[expect(clippy::large_enum_variant, reason = "one lives while its page is drawn")]
#[derive(Debug, Clone, PartialEq, Hash)]
pub enum PageData {
    /// A guide.
    Guide(GuideFacts),
    /// A section.
    Section(SectionContext),
    /// The front page.
    Front(FrontContext),
    /// The glossary.
    Glossary(GlossaryContext),
    /// All tags.
    Tags(TagsContext),
    /// One tag.
    Tag(TagContext),
    /// All guides by date.
    All(ListContext),
    /// Guides of a year or month.
    Archive(ListContext),
    /// Search.
    Search(SearchPageContext),
    /// The page for addresses that do not exist.
    NotFound,
}

impl PageData {
    /// The name of the kind, which is also the variable that templates see.
    pub fn kind(&self) -> &'static str {
        match self {
            PageData::Guide(_) => "guide",
            PageData::Section(_) => "section",
            PageData::Front(_) => "front",
            PageData::Glossary(_) => "glossary",
            PageData::Tags(_) => "tags",
            PageData::Tag(_) => "tag",
            PageData::All(_) => "all",
            PageData::Archive(_) => "archive",
            PageData::Search(_) => "search",
            PageData::NotFound => "not_found",
        }
    }

    /// The value that templates see, with further fields.
    pub(super) fn value(&self, further: Vec<(&'static str, Value)>) -> Value {
        match self {
            PageData::Guide(data) => Value::with(data, further),
            PageData::Section(data) => Value::with(data, further),
            PageData::Front(data) => Value::with(data, further),
            PageData::Glossary(data) => Value::with(data, further),
            PageData::Tags(data) => Value::with(data, further),
            PageData::Tag(data) => Value::with(data, further),
            PageData::All(data) | PageData::Archive(data) => Value::with(data, further),
            PageData::Search(data) => Value::with(data, further),
            PageData::NotFound => Value::with(&(), further),
        }
    }
}
