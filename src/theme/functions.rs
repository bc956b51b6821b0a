//! The functions that templates call: `msg`, `date`, `asset`, `icon`.
//!
//! Functions of the engine see neither the page nor its language, and inside a component
//! not even the caller's variables. So the [`Voice`] of the page being drawn is kept for the
//! time of one call, on the thread that draws it, and given back whatever happens.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

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
    fn message(&self, id: &str, arguments: &[(&str, WordArgument)]) -> std::sync::Arc<str>;
    /// The date as the page's language writes it; an error says what is wrong.
    fn date(&self, date: &str, style: &str) -> Result<String, String>;
    /// The way from the page to the published root: `../../`.
    fn root(&self) -> &str;
    /// The page's locale: `ja`.
    fn locale(&self) -> &str;
    /// A number that no other component of the page has, for ids.
    fn serial(&self) -> u32;
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
    let icons: BTreeMap<String, Value> =
        icons.into_iter().map(|(name, svg)| (name, Value::safe_string(&svg))).collect();
    engine.register_function("icon", move |kwargs: Kwargs, _: &State<'_>| {
        let name = kwargs.must_get::<&str>("name")?;
        icons.get(name).cloned().ok_or_else(|| unknown("icon", name, icons.keys()))
    });
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
