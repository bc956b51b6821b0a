//! Components: Tera files whose header says which attributes a directive may have.

use std::collections::BTreeMap;
use std::rc::Rc;

use tera::{ComponentArgType, Context, Value};

use super::scan::Definition;
use super::settings::Settings;
use super::{Html, Template, Theme, Voice, faults, functions};
use crate::diagnostic::{Checked, Diagnostic, Place, code, nearest};
use crate::document::Attribute;
use crate::text::Span;

/// The components that rendering itself draws, whatever `components:` lists.
pub(super) const FURNITURE: [&str; 2] = ["callout", "screenshot"];

/// Where a component may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComponentKind {
    /// Between blocks: `:::name`.
    Block,
    /// In a line: `:name[…]`.
    Inline,
}

/// A component as its header declares it.
#[derive(Debug, Clone)]
pub(super) struct Component {
    pub(super) kind: Option<ComponentKind>,
    arguments: Vec<Declared>,
    takes_any: bool,
}

#[derive(Debug, Clone)]
struct Declared {
    name: String,
    value_type: Option<ComponentArgType>,
    required: bool,
}

/// A value that we pass to a component ourselves.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// Text, to be escaped.
    Text(String),
    /// Safe HTML.
    Html(Html),
    /// A whole number.
    Number(i64),
    /// A truth value.
    Flag(bool),
}

/// A use of a component by a directive.
#[derive(Debug, Clone)]
pub(crate) struct Call<'a> {
    pub(crate) name: &'a str,
    pub(crate) name_span: Span,
    pub(crate) kind: ComponentKind,
    /// The text in brackets as HTML: the argument `label`.
    pub(crate) label: Option<Html>,
    /// The same as plain text: the argument `text`.
    pub(crate) text: Option<String>,
    pub(crate) attributes: &'a [Attribute],
    pub(crate) body: Option<Html>,
}

pub(super) fn table(engine: &tera::Tera, settings: &Settings) -> BTreeMap<String, Component> {
    let names = engine.get_component_names();
    names
        .filter_map(|name| {
            let info = engine.get_component_definition(name)?;
            let kind = settings.components.get(name).map(|listed| listed.kind);
            let arguments = info.args().iter().filter(|argument| !argument.is_implicit());
            let component = Component {
                kind,
                takes_any: info.rest_param().is_some(),
                arguments: arguments
                    .map(|argument| Declared {
                        name: argument.name().to_owned(),
                        value_type: argument.arg_type(),
                        required: argument.is_required(),
                    })
                    .collect(),
            };
            Some((name.to_owned(), component))
        })
        .collect()
}

/// Required arguments of `templates`' components for guides that no directive can give.
pub(super) fn ungivable(templates: &[Template<'_>], settings: &Settings) -> Vec<Diagnostic> {
    let of = |template: &Template<'_>| {
        let listed = template.scan.definitions.iter();
        let listed = listed.filter(|found| settings.components.contains_key(found.name.name));
        let fault = |found: &Definition<'_>| {
            let wanted = found.parameters.iter().find(|parameter| parameter.is_ungivable())?;
            let message =
                "guides cannot give `{attribute}` of `{name}`, a value of the type {type}";
            Some(
                Diagnostic::new(code::INVALID_THEME, template.span(found.name), message)
                    .with("attribute", wanted.name)
                    .with("name", found.name.name)
                    .with("type", wanted.value_type.unwrap_or_default())
                    .help(
                        "take texts, numbers, lists or truth values, or give it a value of its own",
                    ),
            )
        };
        listed.filter_map(fault).collect::<Vec<_>>()
    };
    templates.iter().flat_map(of).collect()
}

/// Components that `theme.yaml` names and no file defines.
pub(super) fn missing(
    components: &BTreeMap<String, Component>,
    settings: &Settings,
) -> Vec<Diagnostic> {
    let unknown = settings.components.iter().filter(|(name, _)| !components.contains_key(*name));
    unknown
        .map(|(name, listed)| {
            let message = "no file defines the component `{name}`";
            Diagnostic::new(code::INVALID_THEME, listed.span, message)
                .with("name", name)
                .nearest(nearest(name, components.keys().map(String::as_str)))
                .help("write `components/{name}.html`, or take it out of `components:`")
        })
        .collect()
}

impl Theme {
    /// Draws the component that a directive names, or reports why not. `None`: the text of
    /// the directive is to be shown without it.
    pub(crate) fn directive(
        &self,
        call: &Call<'_>,
        voice: &Rc<dyn Voice>,
    ) -> Checked<Option<Html>> {
        if self.broken {
            return Checked::clean(None);
        }
        let component = self.components.get(call.name).filter(|found| found.kind.is_some());
        let Some(component) = component else {
            if !self.is_whole() {
                return Checked::clean(None);
            }
            let names = self.components.iter().filter(|(_, found)| found.kind == Some(call.kind));
            let near = nearest(call.name, names.map(|(name, _)| name.as_str()));
            let fault = Diagnostic::new(
                code::UNKNOWN_DIRECTIVE,
                call.name_span,
                "there is no component `{name}`",
            )
            .with("name", call.name)
            .nearest(near);
            return Checked { value: None, diagnostics: vec![fault] };
        };
        if component.kind != Some(call.kind) {
            return Checked { value: None, diagnostics: vec![misplaced(call)] };
        }
        let mut diagnostics = Vec::new();
        let Some(context) = component.context(call, &mut diagnostics) else {
            return Checked { value: None, diagnostics };
        };
        let body = call.body.as_ref().map(|body| body.0.as_str());
        let drawn = self.component(call.name, &context, body, voice);
        let html = drawn.map_err(|fault| fault.related(call.name_span, "used here"));
        let value = html.map_err(|fault| diagnostics.push(fault)).ok().map(Html);
        Checked { value, diagnostics }
    }

    /// Draws one of the theme's own components, such as `screenshot`; arguments that it does
    /// not declare are left out.
    pub(crate) fn furniture(
        &self,
        name: &str,
        arguments: Vec<(&'static str, Argument)>,
        body: Option<&str>,
        voice: &Rc<dyn Voice>,
    ) -> Checked<Html> {
        if self.broken {
            return Checked::clean(Html::default());
        }
        let declared = self.components.get(name);
        let mut context = Context::new();
        for (name, value) in arguments {
            let wanted = declared.is_none_or(|component| component.wants(name));
            if wanted {
                context.insert_value(name, value.engine());
            }
        }
        match self.component(name, &context, body, voice) {
            Ok(html) => Checked::clean(Html(html)),
            Err(fault) => Checked { value: Html::default(), diagnostics: vec![fault] },
        }
    }

    fn component(
        &self,
        name: &str,
        context: &Context,
        body: Option<&str>,
        voice: &Rc<dyn Voice>,
    ) -> Result<String, Diagnostic> {
        let mut implicit = Context::new();
        implicit.insert_value("root", Value::normal_string(voice.root()));
        implicit.insert_value("locale", Value::normal_string(voice.locale()));
        implicit.insert_value("serial", Value::from(u64::from(voice.serial())));
        let mut html = functions::speaking(voice, || {
            self.engine.render_component_with_implicits(name, context, &implicit, body, true)
        })
        .map_err(|error| {
            let fault = faults::rendering(&error, &self.sources, name);
            // What was passed wrong belongs to the head of the component.
            match (fault.place, self.definitions.get(name)) {
                (Place::Site, Some(head)) => Diagnostic { place: Place::At(*head), ..fault },
                _ => fault,
            }
        })?;
        html.truncate(html.trim_end().len());
        Ok(html)
    }
}

impl Component {
    fn wants(&self, name: &str) -> bool {
        self.takes_any || self.arguments.iter().any(|declared| declared.name == name)
    }

    /// The checked values of a directive; `None` when a required one is missing.
    fn context(&self, call: &Call<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Context> {
        let mut context = Context::new();
        for attribute in call.attributes {
            match self.value(attribute, call) {
                Ok(value) => context.insert_value(attribute.name.clone(), value),
                Err(fault) => diagnostics.push(fault),
            }
        }
        let given = [
            ("label", call.label.as_ref().map(|label| Value::safe_string(&label.0))),
            ("text", call.text.as_deref().map(Value::normal_string)),
        ];
        for (name, value) in given {
            if let Some(value) = value.filter(|_| self.wants(name)) {
                context.insert_value(name, value);
            }
        }
        if call.label.is_some() && !self.wants("label") && !self.wants("text") {
            diagnostics.push(unwanted_label(call));
        }
        let missing = self.arguments.iter().filter(|declared| {
            declared.required && declared.name != "body" && !context.contains_key(&declared.name)
        });
        let missing: Vec<&Declared> = missing.collect();
        // What is given and does not fit was told.
        let given = |name: &str| call.attributes.iter().any(|attribute| attribute.name == name);
        let absent = missing.iter().filter(|declared| !given(&declared.name));
        diagnostics.extend(absent.map(|declared| missing_argument(call, &declared.name)));
        missing.is_empty().then_some(context)
    }

    fn value(&self, attribute: &Attribute, call: &Call<'_>) -> Result<Value, Diagnostic> {
        let declared = self.arguments.iter().find(|declared| declared.name == attribute.name);
        let declared = match declared {
            Some(declared) if !is_given(&declared.name) => declared,
            _ if self.takes_any => return Ok(Value::normal_string(&attribute.value)),
            _ => return Err(self.unknown(attribute, call)),
        };
        let text = attribute.value.trim();
        let value = match declared.value_type {
            None | Some(ComponentArgType::String) => Some(Value::normal_string(&attribute.value)),
            Some(ComponentArgType::Bool) => text.parse::<bool>().ok().map(Value::from),
            Some(ComponentArgType::Integer) => text.parse::<i64>().ok().map(Value::from),
            Some(ComponentArgType::Float | ComponentArgType::Number) => {
                let whole = text.parse::<i64>().ok().map(Value::from);
                let finite = || text.parse::<f64>().ok().filter(|number| number.is_finite());
                whole.or_else(|| finite().map(Value::from))
            }
            Some(ComponentArgType::Array) => {
                let items = text.split(',').map(|item| Value::normal_string(item.trim()));
                Some(Value::from(items.collect::<Vec<_>>()))
            }
            // Maps and bytes cannot be written in an attribute.
            Some(_) => None,
        };
        value.ok_or_else(|| {
            let wanted = declared.value_type.map_or("string", |kind| kind.as_str());
            let fault = Diagnostic::new(
                code::INVALID_ATTRIBUTE,
                attribute.span,
                "`{attribute}` of `{name}` cannot be `{value}`",
            )
            .with("attribute", &attribute.name)
            .with("name", call.name)
            .with("value", &attribute.value)
            .with("wanted", wanted);
            match declared.value_type {
                Some(ComponentArgType::Bool) => fault.help("write `true` or `false`"),
                _ => fault.help("it takes a value of the type {wanted}"),
            }
        })
    }

    fn unknown(&self, attribute: &Attribute, call: &Call<'_>) -> Diagnostic {
        let names = self.arguments.iter().map(|declared| declared.name.as_str());
        let names: Vec<&str> = names.filter(|name| !is_given(name)).collect();
        let fault = Diagnostic::new(
            code::INVALID_ATTRIBUTE,
            attribute.span,
            "`{name}` has no attribute `{attribute}`",
        )
        .with("name", call.name)
        .with("attribute", &attribute.name);
        match nearest(&attribute.name, names.iter().copied()) {
            Some(near) => fault.nearest(Some(near)),
            None if names.is_empty() => fault.help("it takes none"),
            None => fault.with("known", names.join("`, `")).help("it takes `{known}`"),
        }
    }
}

impl Argument {
    fn engine(&self) -> Value {
        match self {
            Argument::Text(text) => Value::normal_string(text),
            Argument::Html(html) => Value::safe_string(&html.0),
            Argument::Number(number) => Value::from(*number),
            Argument::Flag(flag) => Value::from(*flag),
        }
    }
}

/// Whether an argument comes from the directive itself and not from its attributes.
fn is_given(name: &str) -> bool {
    matches!(name, "label" | "text" | "body")
}

fn misplaced(call: &Call<'_>) -> Diagnostic {
    let fault = Diagnostic::new(
        code::UNKNOWN_DIRECTIVE,
        call.name_span,
        "the component `{name}` cannot stand here",
    )
    .with("name", call.name);
    match call.kind {
        ComponentKind::Block => fault.help("it stands inside a line: `:{name}[…]`"),
        ComponentKind::Inline => fault.help("it stands in lines of its own: `:::{name}` … `:::`"),
    }
}

fn unwanted_label(call: &Call<'_>) -> Diagnostic {
    Diagnostic::new(code::INVALID_ATTRIBUTE, call.name_span, "`{name}` takes no text in brackets")
        .with("name", call.name)
}

fn missing_argument(call: &Call<'_>, argument: &str) -> Diagnostic {
    let fault =
        Diagnostic::new(code::INVALID_ATTRIBUTE, call.name_span, "`{name}` wants `{attribute}`")
            .with("name", call.name)
            .with("attribute", argument);
    if is_given(argument) {
        fault.help("write its text in brackets after the name: `{name}[…]`")
    } else {
        fault.help("write it in braces: `{attribute}=\"…\"`")
    }
}
