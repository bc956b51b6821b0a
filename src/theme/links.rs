//! What goes wrong along the names by which templates extend and include each other: circles,
//! and includes so deep that the engine would run out of stack while it compiles them.

use std::collections::BTreeMap;

use super::Template;
use super::scan::Named;
use crate::diagnostic::{Diagnostic, code};

/// How deep templates may lie in each other; the engine goes into each by recursion.
const DEEPEST: usize = 64;

/// A name in one template that means another.
struct Link<'a> {
    from: usize,
    to: usize,
    named: Named<'a>,
}

/// The faults that the engine must not come by. One circle of a kind is enough: what lies
/// in it cannot be judged.
pub(super) fn faults(templates: &[Template<'_>]) -> Vec<Diagnostic> {
    let extends = links(templates, |template| template.scan.extends.as_slice());
    let includes = links(templates, |template| &template.scan.includes);
    let circles = [("extends", &extends), ("includes", &includes)];
    let told: Vec<Diagnostic> = circles
        .into_iter()
        .filter_map(|(verb, links)| Some(circle(verb, &round(links)?, templates)))
        .collect();
    if !told.is_empty() {
        return told;
    }
    let all: Vec<Link<'_>> = extends.into_iter().chain(includes).collect();
    deep(&all, templates).into_iter().collect()
}

/// The names that `named` finds in each template, where they mean one.
fn links<'a>(
    templates: &'a [Template<'a>],
    named: impl Fn(&'a Template<'a>) -> &'a [Named<'a>],
) -> Vec<Link<'a>> {
    let places: BTreeMap<&str, usize> =
        templates.iter().enumerate().map(|(at, template)| (template.name.as_str(), at)).collect();
    let of = |(from, template): (usize, &'a Template<'a>)| {
        let known =
            |name: &Named<'a>| Some(Link { from, to: *places.get(name.name)?, named: *name });
        named(template).iter().filter_map(known).collect::<Vec<_>>()
    };
    templates.iter().enumerate().flat_map(of).collect()
}

/// The links of one circle, if there is any.
fn round<'a, 'b>(links: &'b [Link<'a>]) -> Option<Vec<&'b Link<'a>>> {
    // What leads nowhere is in no circle; what leads only there neither.
    let mut left: Vec<&Link<'_>> = links.iter().collect();
    loop {
        let count = left.len();
        let starts: Vec<usize> = left.iter().map(|link| link.from).collect();
        left.retain(|link| starts.contains(&link.to));
        if left.len() == count {
            break;
        }
    }
    let mut walked = vec![*left.first()?];
    loop {
        let to = walked.last()?.to;
        if let Some(first) = walked.iter().position(|link| link.from == to) {
            return Some(walked.split_off(first));
        }
        walked.push(left.iter().find(|link| link.from == to)?);
    }
}

fn circle(verb: &str, links: &[&Link<'_>], templates: &[Template<'_>]) -> Diagnostic {
    let first = &templates[links[0].from];
    let names = links.iter().map(|link| templates[link.from].name.as_str());
    let chain: Vec<&str> = names.chain([first.name.as_str()]).collect();
    let message = "the template `{name}` {verb} itself";
    Diagnostic::new(code::TEMPLATE_ERROR, first.span(links[0].named), message)
        .with("name", &first.name)
        .with("verb", verb)
        .with("chain", chain.join(" → "))
        .help("the circle is {chain}")
}

/// The fault of the first template with more than [`DEEPEST`] others in each other below it.
fn deep(links: &[Link<'_>], templates: &[Template<'_>]) -> Option<Diagnostic> {
    let mut depths = vec![0; templates.len()];
    for depth in 1..=DEEPEST + 1 {
        let below = links.iter().filter(|link| depths[link.to] == depth - 1);
        let above: Vec<&Link<'_>> = below.collect();
        above.iter().for_each(|link| depths[link.from] = depth);
        if depth <= DEEPEST {
            continue;
        }
        let link = above.first()?;
        let template = &templates[link.from];
        let message = "from `{name}` on, templates lie more than {deepest} deep in each other";
        return Some(
            Diagnostic::new(code::TEMPLATE_ERROR, template.span(link.named), message)
                .with("name", &template.name)
                .with("deepest", DEEPEST)
                .help("put the text of some of them into those that include them"),
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::theme::tests::fixture::{lines, theme};

    #[test]
    fn circles_and_depths_are_told_at_the_name() {
        let files = [
            ("templates/a.html", "{# b.html #}{% include \"b.html\" %}"),
            ("templates/b.html", "{% include \"c.html\" %}"),
            ("templates/c.html", "{% include \"b.html\" %}"),
        ];
        assert_eq!(
            lines(&theme(&files).diagnostics, files[1].1),
            [
                "template-error ‹c.html› the template `b.html` includes itself [the circle is b.html → c.html → b.html]"
            ]
        );
    }

    #[test]
    fn includes_that_lie_too_deep_are_told_and_not_compiled() {
        let chain = |length: usize| {
            let text = |at: usize| match length - at {
                1 => String::new(),
                _ => format!("{{% include \"p{}.html\" %}}", at + 1),
            };
            let named = |at: usize| (format!("templates/p{at}.html"), text(at));
            let files: Vec<(String, String)> = (0..length).map(named).collect();
            let files: Vec<_> =
                files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let told = theme(&files).diagnostics;
            told.into_iter().filter(|fault| fault.code.name() == "template-error").count()
        };
        assert_eq!((chain(65), chain(66), chain(300)), (0, 1, 1));
    }
}
