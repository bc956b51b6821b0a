//! Trees as compact text: `(p "text" (strong "確認"))`.

use crate::document::{
    Block, BlockKind, Fold, HtmlAttribute, HtmlValue, Image, Inline, InlineKind, Reference,
    ReferenceId,
};

type References<'r> = &'r [Reference];

/// One line a block of the outermost level.
pub(super) fn blocks(blocks: &[Block], references: References<'_>) -> String {
    let shown: Vec<_> = blocks.iter().map(|b| block(b, references)).collect();
    shown.join("\n")
}

fn body(list: &[Block], references: References<'_>) -> String {
    list.iter().map(|b| format!(" {}", block(b, references))).collect()
}

/// Inlines with blanks between them.
pub(super) fn inlines(list: &[Inline], references: References<'_>) -> String {
    list.iter().map(|i| format!(" {}", inline(i, references))).collect()
}

fn block(block: &Block, refs: References<'_>) -> String {
    match &block.kind {
        BlockKind::Paragraph(text) => format!("(p{})", inlines(text, refs)),
        BlockKind::Plain(text) => format!("(plain{})", inlines(text, refs)),
        BlockKind::Heading(heading) => {
            let id = heading.id.as_ref().map(|id| format!("#{id}")).unwrap_or_default();
            format!("(h{}{id}{})", heading.level, inlines(&heading.text, refs))
        }
        BlockKind::List(list) => {
            let name = list.start.map_or("ul".to_owned(), |start| format!("ol {start}"));
            let loose = if list.tight { "" } else { " loose" };
            let items: String =
                list.items.iter().map(|item| format!(" (li{})", body(&item.body, refs))).collect();
            format!("({name}{loose}{items})")
        }
        BlockKind::Definitions(list) => {
            let shown = list.iter().map(|definition| {
                let details = definition
                    .details
                    .iter()
                    .map(|details| format!(" (dd{})", body(details, refs)));
                format!(" (dt{}){}", inlines(&definition.term, refs), details.collect::<String>())
            });
            format!("(dl{})", shown.collect::<String>())
        }
        BlockKind::Quote(list) => format!("(quote{})", body(list, refs)),
        BlockKind::Callout(callout) => {
            let fold = match callout.fold {
                Fold::None => "",
                Fold::Open => "+",
                Fold::Closed => "-",
            };
            let title =
                callout.title.as_ref().map(|title| format!(" (title{})", inlines(title, refs)));
            format!(
                "(callout {}{fold}{}{})",
                callout.kind,
                title.unwrap_or_default(),
                body(&callout.body, refs)
            )
        }
        BlockKind::Directive(directive) => {
            let label =
                directive.label.as_ref().map(|label| format!(" (label{})", inlines(label, refs)));
            let attributes: String =
                directive.attributes.iter().map(|a| format!(" {}={}", a.name, a.value)).collect();
            format!(
                ":({}{attributes}{}{})",
                directive.name,
                label.unwrap_or_default(),
                body(&directive.body, refs)
            )
        }
        BlockKind::Code(code) => {
            let mut shown = String::from("(code");
            if let Some(language) = &code.language {
                shown += &format!(" {}", language.value);
            }
            if let Some(title) = &code.title {
                shown += &format!(" title={title:?}");
            }
            for (name, lines) in
                [("mark", &code.marked), ("ins", &code.added), ("del", &code.removed)]
            {
                if !lines.is_empty() {
                    shown += &format!(" {name}={lines:?}");
                }
            }
            if let Some(first) = code.first_number {
                shown += &format!(" from={first}");
            }
            format!("{shown} {:?})", code.text)
        }
        BlockKind::Table(table) => {
            let row = |cells: &Vec<Vec<Inline>>| {
                cells.iter().map(|cell| format!(" (c{})", inlines(cell, refs))).collect::<String>()
            };
            let rows: String =
                table.rows.iter().map(|cells| format!(" (r{})", row(cells))).collect();
            format!("(table (head{}){rows})", row(&table.head))
        }
        BlockKind::Screenshot(picture) => format!("(screenshot{})", image(picture, refs)),
        BlockKind::Rule => "(hr)".to_owned(),
        BlockKind::Element(element) => {
            format!(
                "<{}{}{}>",
                element.tag,
                attributes(&element.attributes, refs),
                body(&element.children, refs)
            )
        }
        BlockKind::Footnote { label, body: list } => {
            format!("(footnote {label}{})", body(list, refs))
        }
        BlockKind::More => "(more)".to_owned(),
        BlockKind::Math(text) => format!("(math {text:?})"),
    }
}

fn target(id: ReferenceId, refs: References<'_>) -> &str {
    &refs[id.0 as usize].written
}

fn image(image: &Image, refs: References<'_>) -> String {
    let mut shown = format!(" {}{}", target(image.source, refs), inlines(&image.alt, refs));
    if let Some(title) = &image.title {
        shown += &format!(" (title{})", inlines(title, refs));
    }
    if image.size != (None, None) {
        let side = |side: &Option<String>| side.clone().unwrap_or_default();
        shown += &format!(" {}x{}", side(&image.size.0), side(&image.size.1));
    }
    if let Some(link) = image.link {
        shown += &format!(" ->{}", target(link, refs));
    }
    shown
}

fn attributes(list: &[HtmlAttribute], refs: References<'_>) -> String {
    list.iter()
        .map(|attribute| match &attribute.value {
            HtmlValue::Text(text) => format!(" {}={text:?}", attribute.name),
            HtmlValue::Reference(id) => format!(" {}->{}", attribute.name, target(*id, refs)),
            HtmlValue::Style(style) => format!(" {{{style}}}"),
        })
        .collect()
}

fn inline(inline: &Inline, refs: References<'_>) -> String {
    match &inline.kind {
        InlineKind::Text(text) => format!("{text:?}"),
        InlineKind::Code(text) => format!("`{text}`"),
        InlineKind::Emphasis(list) => format!("(em{})", inlines(list, refs)),
        InlineKind::Strong(list) => format!("(strong{})", inlines(list, refs)),
        InlineKind::Strikethrough(list) => format!("(del{})", inlines(list, refs)),
        InlineKind::Link(link) => {
            let title =
                link.title.as_ref().map(|title| format!(" title={title:?}")).unwrap_or_default();
            let bare = if link.bare { "bare " } else { "" };
            format!("({bare}a {}{title}{})", target(link.target, refs), inlines(&link.text, refs))
        }
        InlineKind::Image(picture) => format!("(img{})", image(picture, refs)),
        InlineKind::SoftBreak => "/".to_owned(),
        InlineKind::HardBreak => "//".to_owned(),
        InlineKind::Term { name, arguments, .. } => {
            let list: String =
                arguments.iter().map(|(key, value)| format!(" {key}={value}")).collect();
            format!("{{-{name}{list}}}")
        }
        InlineKind::Variable { name, .. } => format!("{{${name}}}"),
        InlineKind::Component(component) => {
            let label = component.label.as_deref().unwrap_or_default();
            let list: String =
                component.attributes.iter().map(|a| format!(" {}={}", a.name, a.value)).collect();
            format!(":({}{list}{})", component.name, inlines(label, refs))
        }
        InlineKind::FootnoteReference(label) => format!("(^{label})"),
        InlineKind::Task { done } => format!("[{}]", if *done { "x" } else { " " }),
        InlineKind::Element(element) => {
            format!(
                "<{}{}{}>",
                element.tag,
                attributes(&element.attributes, refs),
                inlines(&element.children, refs)
            )
        }
        InlineKind::Math(text) => format!("(math {text:?})"),
    }
}
