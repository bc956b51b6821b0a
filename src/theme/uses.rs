//! Which words a theme asks for, and where.

use super::Template;
use super::scan::{Call, Named, Written};
use crate::text::Span;

/// A place that asks for a message by a written name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageUse {
    /// The message.
    pub id: String,
    /// The bytes of the name.
    pub span: Span,
    /// The arguments that are given.
    pub arguments: Vec<String>,
}

/// The words that templates ask for.
#[derive(Debug)]
pub(super) struct Words {
    /// Calls `msg(id="…", …)`.
    pub(super) messages: Vec<MessageUse>,
    /// What computed ids begin with; empty where nothing is known of one.
    pub(super) computed: Vec<String>,
}

impl Words {
    /// What `templates` ask for, besides the messages that rows of settings name.
    pub(super) fn of(templates: &[Template<'_>], messages: Vec<MessageUse>) -> Self {
        let mut words = Self { messages, computed: Vec::new() };
        templates.iter().for_each(|template| words.add(template));
        words
    }

    /// Adds what one template asks for.
    fn add(&mut self, template: &Template<'_>) {
        for call in template.scan.calls_of("msg") {
            match call.argument("id") {
                Some(Written::Literal(id)) => self.messages.push(asked(template, call, *id)),
                Some(Written::Computed(head)) => {
                    self.computed.push(head.unwrap_or_default().to_owned());
                }
                Some(Written::List(_)) | None => {}
            }
        }
    }
}

fn asked(template: &Template<'_>, call: &Call<'_>, id: Named<'_>) -> MessageUse {
    let others = call.arguments.iter().filter(|given| given.name != "id");
    MessageUse {
        id: id.name.to_owned(),
        span: template.span(id),
        arguments: others.map(|given| given.name.to_owned()).collect(),
    }
}
