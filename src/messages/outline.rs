//! What an `.ftl` file has: its messages and terms by name, with their attributes and the
//! variables that they ask for.
//!
//! In: the text of a file. Out: the outlines of what can be read of it, in the order written.
//! Must not know which file stands for which.

use std::collections::BTreeSet;

use fluent_syntax::ast;
use fluent_syntax::parser::parse;

use super::load;

/// A message or a term as other files of its kind can be held against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Its name; of a term, with the hyphen.
    pub id: String,
    /// The bytes of the name, without the hyphen.
    pub bytes: std::ops::Range<usize>,
    /// The names of its attributes.
    pub attributes: BTreeSet<String>,
    /// The variables that its value and its attributes ask for, without `$`.
    pub variables: BTreeSet<String>,
}

/// Outlines what can be read of a file.
///
/// ```
/// let read = shirube::messages::outline("-vpn = VPN { $n }\n    .yomi = ぶいぴーえぬ\n");
/// assert_eq!((read[0].id.as_str(), read[0].bytes.clone()), ("-vpn", 1..4));
/// assert!(read[0].attributes.contains("yomi") && read[0].variables.contains("n"));
/// ```
pub fn outline(text: &str) -> Vec<Outline> {
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    // What cannot be read is told when the words are loaded.
    let (Ok(resource) | Err((resource, _))) = parse(plain);
    let of = |entry: &ast::Entry<&str>| outlined(entry, text);
    resource.body.iter().filter_map(of).collect()
}

fn outlined(entry: &ast::Entry<&str>, text: &str) -> Option<Outline> {
    let (prefix, name, value, attributes) = match entry {
        ast::Entry::Message(own) => ("", own.id.name, own.value.as_ref(), &own.attributes),
        ast::Entry::Term(own) => ("-", own.id.name, Some(&own.value), &own.attributes),
        ast::Entry::Comment(_)
        | ast::Entry::GroupComment(_)
        | ast::Entry::ResourceComment(_)
        | ast::Entry::Junk { .. } => return None,
    };
    let start = name.as_ptr() as usize - text.as_ptr() as usize;
    let patterns = value.into_iter().chain(attributes.iter().map(|own| &own.value));
    Some(Outline {
        id: format!("{prefix}{name}"),
        bytes: start..start + name.len(),
        attributes: attributes.iter().map(|own| own.id.name.to_owned()).collect(),
        variables: patterns.flat_map(load::wants).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_attributes_and_variables_are_outlined() {
        let text = "\u{feff}# 注\nhello = { $count ->\n   *[other] { $name }さん\n  }\n    \
                    .title = { DATETIME($day) }\n## 群\n-term = 語\n    .url = /a/\n";
        let read = outline(text);
        let names = |all: &BTreeSet<String>| all.iter().cloned().collect::<Vec<_>>().join(" ");
        let said: Vec<String> = read
            .iter()
            .map(|own| {
                let (attributes, variables) = (names(&own.attributes), names(&own.variables));
                format!("{} {}: {attributes}: {variables}", own.id, &text[own.bytes.clone()])
            })
            .collect();
        assert_eq!(said, ["hello hello: title: count day name", "-term term: url: "]);
    }

    #[test]
    fn what_cannot_be_read_is_left_out_and_the_rest_lives() {
        let read = outline("= a\nb = B\n<<<<<<< ours\n-c = { $x }\n");
        let ids: Vec<&str> = read.iter().map(|own| own.id.as_str()).collect();
        assert!(ids.contains(&"b") && ids.contains(&"-c"), "{ids:?}");
    }
}
