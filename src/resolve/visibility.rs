//! Which guides a build may show: drafts, days, audiences.
//!
//! Decided from front matter alone, before anything else of a guide is read. What is
//! hidden here must leave no trace in the site.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::dates::Day;
use crate::diagnostic::{Checked, Diagnostic, code};
use crate::discover::{GuideId, GuideSource};
use crate::parse::FrontMatter;
use crate::text::{FileId, Spanned};

/// What a build shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Show {
    /// Whether drafts are shown.
    pub drafts: bool,
    /// The audiences it is for; guides without one are always shown.
    pub audiences: Vec<String>,
    /// The day that decides `publish` and `expires`.
    pub today: Day,
}

/// What is hidden.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visibility {
    /// Guides that are hidden, in every locale.
    pub guides: BTreeSet<GuideId>,
    /// Translations that are hidden although their guide is shown.
    pub translations: BTreeSet<FileId>,
}

/// Front matter of every text, by file.
pub type Fronts = BTreeMap<FileId, Arc<FrontMatter>>;

/// Decides what is hidden.
pub fn visibility(
    guides: &BTreeMap<GuideId, GuideSource>,
    fronts: &Fronts,
    show: &Show,
) -> Checked<Visibility> {
    let mut decided = Checked::<Visibility>::default();
    // A folder is spoken for by its own text, or by the guide of its name.
    let mut sections: BTreeMap<&str, &FrontMatter> =
        guides.values().map(|guide| (guide.id.as_str(), &*fronts[&guide.source])).collect();
    for guide in guides.values().filter(|guide| guide.id.is_section()) {
        sections.insert(guide.id.section(), &fronts[&guide.source]);
    }
    for guide in guides.values() {
        let chain = chain(guide, &sections, &fronts[&guide.source]);
        // A front page that is not finished hides itself and not the whole site.
        let has_front = sections.contains_key("") && guide.id.as_str() != "index";
        let of_the_front_page = usize::from(has_front);
        if chain.iter().skip(of_the_front_page).any(|front| is_hidden_by_state(front, show)) {
            decided.value.guides.insert(guide.id.clone());
        }
        let audience = narrowed(&chain, &mut decided.diagnostics);
        if !is_for(audience, show) {
            decided.value.guides.insert(guide.id.clone());
        }
        for file in guide.translations.values() {
            let front = &fronts[file];
            let own = front.audience.as_deref();
            check_narrower(own, audience, &mut decided.diagnostics);
            if is_hidden_by_state(front, show) || !is_for(own.or(audience), show) {
                decided.value.translations.insert(*file);
            }
        }
    }
    decided
}

/// The front matters that hold for a guide, the outermost section's first.
fn chain<'a>(
    guide: &GuideSource,
    sections: &BTreeMap<&str, &'a FrontMatter>,
    own: &'a FrontMatter,
) -> Vec<&'a FrontMatter> {
    let mut chain = Vec::new();
    let folder = guide.id.section();
    let mut ends: Vec<usize> = folder.match_indices('/').map(|(at, _)| at).collect();
    ends.push(folder.len());
    ends.insert(0, 0);
    ends.dedup();
    for end in ends {
        chain.extend(sections.get(&folder[..end]).copied());
    }
    if !guide.id.is_section() {
        chain.push(own);
    }
    chain
}

fn is_hidden_by_state(front: &FrontMatter, show: &Show) -> bool {
    let draft = front.draft == Some(true) && !show.drafts;
    let early = front.publish.as_ref().is_some_and(|day| day.value.day > show.today);
    let late = front.expires.as_ref().is_some_and(|day| day.value.day <= show.today);
    draft || early || late
}

type Audience<'a> = Option<&'a [Spanned<String>]>;

/// The innermost audience of a chain; one that is wider than an outer one is reported.
fn narrowed<'a>(chain: &[&'a FrontMatter], faults: &mut Vec<Diagnostic>) -> Audience<'a> {
    let mut outer = None;
    for front in chain {
        let own = front.audience.as_deref().filter(|names| !names.is_empty());
        check_narrower(own, outer, faults);
        outer = own.or(outer);
    }
    outer
}

fn check_narrower(own: Audience<'_>, outer: Audience<'_>, faults: &mut Vec<Diagnostic>) {
    let (Some(own), Some(outer)) = (own, outer) else { return };
    let wider = own.iter().filter(|name| !outer.iter().any(|known| known.value == name.value));
    for name in wider {
        let fault = Diagnostic::new(
            code::WIDER_AUDIENCE,
            name.span,
            "`{audience}` may not read what this belongs to",
        );
        let fault = fault
            .with("audience", &name.value)
            .related(outer[0].span, "its audience is given here")
            .help("name only audiences that the section, or the guide translated here, names");
        faults.push(fault);
    }
}

fn is_for(audience: Audience<'_>, show: &Show) -> bool {
    audience.is_none_or(|names| {
        names.is_empty() || names.iter().any(|name| show.audiences.contains(&name.value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Zone;
    use crate::dates::Moment;
    use crate::discover;
    use crate::input::{Contents, InputFile, Inputs, Layer};
    use crate::paths::SitePath;
    use crate::text::Span;

    fn front(file: FileId, written: &str) -> FrontMatter {
        let span = Span::new(file, 0..1);
        let mut front = FrontMatter::default();
        for word in written.split_whitespace() {
            let (key, value) = word.split_once('=').unwrap_or((word, ""));
            let moment = || Moment::read(value, &Zone::utc()).map(|m| Spanned::new(m, span));
            match key {
                "draft" => front.draft = Some(true),
                "publish" => front.publish = moment(),
                "expires" => front.expires = moment(),
                _ => {
                    let names = value.split(',').map(|n| Spanned::new(n.to_owned(), span));
                    front.audience = Some(names.collect());
                }
            }
        }
        front
    }

    fn check(texts: &[(&str, &str)], audiences: &[&str]) -> (Vec<String>, usize, usize) {
        let mut config = crate::config::Config::default();
        config.locales =
            ["ja", "en"].iter().filter_map(|tag| crate::config::Locale::new(tag)).collect();
        let file = |(at, (name, _)): (usize, &(&str, &str))| InputFile {
            id: FileId(u32::try_from(at).expect("few files")),
            path: SitePath::new(&format!("content/{name}")).expect("a good path"),
            layer: Layer::Site,
            contents: Contents::Text("".into()),
        };
        let files: Vec<InputFile> = texts.iter().enumerate().map(file).collect();
        let fronts = files
            .iter()
            .zip(texts)
            .map(|(file, (_, written))| (file.id, Arc::new(front(file.id, written))))
            .collect();
        let sources = discover::sources(&Inputs::new(files), &config).value.guides;
        let show = Show {
            drafts: false,
            audiences: audiences.iter().map(|name| (*name).to_owned()).collect(),
            today: Day { year: 2026, month: 4, day: 1 },
        };
        let decided = visibility(&sources, &fronts, &show);
        let hidden = decided.value.guides.iter().map(|id| id.as_str().to_owned()).collect();
        (hidden, decided.value.translations.len(), decided.diagnostics.len())
    }

    #[test]
    fn drafts_and_days_hide() {
        let (hidden, ..) = check(
            &[
                ("a.md", "draft"),
                ("b.md", "publish=2026-04-01"),
                ("c.md", "publish=2026-04-02"),
                ("d.md", "expires=2026-04-01"),
                ("e.md", ""),
            ],
            &[],
        );
        assert_eq!(hidden, ["a", "c", "d"]);
    }

    #[test]
    fn audience_of_a_section_holds_below() {
        let texts = [
            ("s/index.md", "audience=staff,admins"),
            ("s/a.md", ""),
            ("s/t/b.md", "audience=admins"),
            ("c.md", ""),
        ];
        assert_eq!(check(&texts, &[]).0, ["s/a", "s/index", "s/t/b"]);
        assert_eq!(check(&texts, &["staff"]).0, ["s/t/b"]);
        assert!(check(&texts, &["admins"]).0.is_empty());
    }

    #[test]
    fn an_unfinished_front_page_hides_nothing_else() {
        let texts = [("index.md", "draft"), ("a.md", ""), ("b.md", "draft"), ("b/c.md", "")];
        assert_eq!(check(&texts, &[]).0, ["b", "b/c", "index"]);
    }

    #[test]
    fn audience_can_only_be_narrowed() {
        let texts = [
            ("s/index.md", "audience=staff"),
            ("s/a.md", "audience=admins"),
            ("s/a.en.md", "audience=staff"),
        ];
        assert_eq!(check(&texts, &[]).2, 2);
        let hidden = check(&[("a.md", ""), ("a.en.md", "audience=staff")], &[]);
        assert_eq!(hidden, (vec![], 1, 0));
    }
}
