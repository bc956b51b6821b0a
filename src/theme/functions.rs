//! The functions that templates call: `msg`, `date`, `asset`, `icon`, `sprite`.
//!
//! Functions of the engine see neither the page nor its language, and inside a component
//! not even the caller's variables. So the [`Voice`] of the page being drawn is kept for the
//! time of one call, on the thread that draws it, and given back whatever happens.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// A value that a template passes to a message.
#[derive(Debug, Clone, PartialEq)]
pub enum WordArgument {
    /// Text, not escaped.
    Text(String),
    /// A number.
    Number(f64),
}

/// What a page lends to its templates: its language and its place.
pub trait Voice {
    /// What the message `id` says in the page's language.
    fn message(&self, id: &str, arguments: &[(&str, WordArgument)]) -> Arc<str>;
    /// The date as the page's language writes it; an error says what is wrong.
    fn date(&self, date: &str, style: &str) -> Result<String, String>;
    /// The way from the page to the published root: `../../`.
    fn root(&self) -> &str;
    /// The page's locale: `ja`.
    fn locale(&self) -> &str;
    /// A number that no other component of the page has, for ids.
    fn serial(&self) -> u32;
    /// Notes that the page shows the icon `name`.
    fn note_icon(&self, name: &str);
    /// The icons noted so far, in order of their names; they are being drawn now, so whatever
    /// is noted later comes too late.
    fn drawn_icons(&self) -> Vec<String>;
}

thread_local! {
    static VOICE: RefCell<Option<Rc<dyn Voice>>> = const { RefCell::new(None) };
}

/// Gives the former voice back, also when drawing panics.
struct Former(Option<Rc<dyn Voice>>);

impl Drop for Former {
    fn drop(&mut self) {
        VOICE.with_borrow_mut(|voice| *voice = self.0.take());
    }
}

/// Runs `draw` with `voice` as the one that functions ask.
pub(super) fn speaking<T>(voice: &Rc<dyn Voice>, draw: impl FnOnce() -> T) -> T {
    let former = VOICE.with_borrow_mut(|current| current.replace(Rc::clone(voice)));
    let _former = Former(former);
    draw()
}

fn voice() -> TeraResult<Rc<dyn Voice>> {
    VOICE.with_borrow(Clone::clone).ok_or_else(|| Error::message("no page is being drawn"))
}

pub(super) fn register(
    engine: &mut Tera,
    assets: BTreeMap<String, String>,
    icons: BTreeMap<String, String>,
) {
    engine.register_function("msg", message);
    engine.register_function("date", date);
    engine.register_function("asset", move |kwargs: Kwargs, _: &State<'_>| {
        let path = kwargs.must_get::<&str>("path")?;
        let published = assets.get(path).ok_or_else(|| unknown("asset", path, assets.keys()))?;
        Ok::<_, Error>(format!("{}{published}", voice()?.root()))
    });
    let icons = Arc::new(icons);
    let symbols = Arc::clone(&icons);
    engine.register_function("icon", move |kwargs: Kwargs, _: &State<'_>| icon(&kwargs, &icons));
    engine.register_function("sprite", move |kwargs: Kwargs, _: &State<'_>| {
        sprite(&kwargs, &symbols)
    });
}

/// The icon's place in the page. What it looks like stands once, in the sprite of the page:
/// one in a file of its own would not be shown from `file://`.
fn icon(kwargs: &Kwargs, symbols: &BTreeMap<String, String>) -> TeraResult<Value> {
    let name = kwargs.must_get::<&str>("name")?;
    if !symbols.contains_key(name) {
        return Err(unknown("icon", name, symbols.keys()));
    }
    voice()?.note_icon(name);
    Ok(Value::safe_string(&format!(
        "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#page:icon-{name}\"></use></svg>"
    )))
}

/// The icons of the page, and those that `also` names for its scripts.
fn sprite(kwargs: &Kwargs, symbols: &BTreeMap<String, String>) -> TeraResult<Value> {
    let voice = voice()?;
    for name in kwargs.get::<Vec<String>>("also")?.unwrap_or_default() {
        if !symbols.contains_key(&name) {
            return Err(unknown("icon", &name, symbols.keys()));
        }
        voice.note_icon(&name);
    }
    let used = voice.drawn_icons();
    if used.is_empty() {
        return Ok(Value::safe_string(""));
    }
    // The attribute hides it also where style sheets are not loaded.
    let drawn = used.iter().filter_map(|name| symbols.get(name)).map(String::as_str);
    let sprite: String = ["<svg class=\"sprite\" display=\"none\" aria-hidden=\"true\">"]
        .into_iter()
        .chain(drawn)
        .chain(["</svg>"])
        .collect();
    Ok(Value::safe_string(&sprite))
}

#[expect(clippy::needless_pass_by_value, reason = "the engine calls it so")]
fn message(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let id = kwargs.must_get::<&str>("id")?;
    let mut arguments = Vec::new();
    for (name, value) in kwargs.iter() {
        let name = name.as_str().unwrap_or_default();
        if name == "id" {
            continue;
        }
        let argument = match (value.as_str(), value.as_f64()) {
            (Some(text), _) => WordArgument::Text(text.to_owned()),
            (None, Some(number)) => WordArgument::Number(number),
            (None, None) if value.is_bool() => WordArgument::Text(value.to_string()),
            (None, None) => {
                return Err(Error::message(format!(
                    "The argument `{name}` of the message `{id}` is {}, not text or a number",
                    value.name()
                )));
            }
        };
        arguments.push((name, argument));
    }
    Ok(Value::normal_string(&voice()?.message(id, &arguments)))
}

#[expect(clippy::needless_pass_by_value, reason = "the engine calls it so")]
fn date(kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let value = kwargs.must_get::<&str>("value")?;
    let style = kwargs.get::<&str>("style")?.unwrap_or("long");
    voice()?.date(value, style).map_err(Error::message)
}

fn unknown<'a>(what: &str, name: &str, names: impl Iterator<Item = &'a String>) -> Error {
    let nearest = crate::diagnostic::nearest(name, names.map(String::as_str));
    let hint = nearest.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    Error::message(format!("The theme has no {what} `{name}`{hint}"))
}
