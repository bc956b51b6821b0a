//! Values as templates see them, built by hand so that nothing is serialised twice.
//!
//! [`shown!`](crate::theme::shown) declares a struct together with its conversion; the
//! fields of such structs, and nothing else, are what a template can name. A [`Html`] is
//! the only text that is not escaped, and only we make one.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::value::Key;

/// HTML that is safe to put into a page as it is: everything in it was escaped or built by us.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Html(pub String);

impl Html {
    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A value ready for templates; cloning it is cheap, so what many pages show is made once.
#[derive(Debug, Clone)]
pub struct Value(pub(super) tera::Value);

impl Value {
    /// The value as templates see it.
    pub fn of(shown: &impl Show) -> Self {
        Self(shown.show())
    }

    /// The fields of `shown`, and further ones.
    pub fn with(shown: &impl Fields, further: Vec<(&'static str, Value)>) -> Self {
        let mut fields = shown.fields();
        fields.extend(further.into_iter().map(|(name, value)| (name, value.0)));
        Self(map_of(fields))
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// What can be handed to a template.
pub trait Show {
    /// The value as the template engine holds it.
    fn show(&self) -> tera::Value;
}

/// What has fields for templates.
pub trait Fields {
    /// The fields by name.
    fn fields(&self) -> Vec<(&'static str, tera::Value)>;
}

impl Fields for () {
    fn fields(&self) -> Vec<(&'static str, tera::Value)> {
        Vec::new()
    }
}

/// Declares structs that templates see, with the fields under their own names.
macro_rules! shown {
    ($($(#[$meta:meta])* pub struct $name:ident {
        $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)*
    })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Default, Hash)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
        }

        impl $crate::theme::Fields for $name {
            fn fields(&self) -> Vec<(&'static str, $crate::theme::EngineValue)> {
                vec![$((stringify!($field), $crate::theme::Show::show(&self.$field)),)*]
            }
        }

        impl $crate::theme::Show for $name {
            fn show(&self) -> $crate::theme::EngineValue {
                $crate::theme::map_of($crate::theme::Fields::fields(self))
            }
        }
    )*};
}
pub(crate) use shown;

/// A map with those fields. The engine copies any map into one of its own, so the one it
/// is given is of the kind that is cheapest to make.
pub(crate) fn map_of(fields: Vec<(&'static str, tera::Value)>) -> tera::Value {
    tera::Value::from(fields.into_iter().collect::<BTreeMap<_, _>>())
}

impl Show for Value {
    fn show(&self) -> tera::Value {
        self.0.clone()
    }
}

impl Show for String {
    fn show(&self) -> tera::Value {
        tera::Value::normal_string(self)
    }
}

impl Show for str {
    fn show(&self) -> tera::Value {
        tera::Value::normal_string(self)
    }
}

impl Show for Html {
    fn show(&self) -> tera::Value {
        tera::Value::safe_string(&self.0)
    }
}

impl Show for bool {
    fn show(&self) -> tera::Value {
        tera::Value::from(*self)
    }
}

impl Show for u32 {
    fn show(&self) -> tera::Value {
        tera::Value::from(u64::from(*self))
    }
}

impl Show for i64 {
    fn show(&self) -> tera::Value {
        tera::Value::from(*self)
    }
}

impl<T: Show> Show for Option<T> {
    fn show(&self) -> tera::Value {
        self.as_ref().map_or_else(tera::Value::none, Show::show)
    }
}

impl<T: Show> Show for Vec<T> {
    fn show(&self) -> tera::Value {
        tera::Value::from(self.iter().map(Show::show).collect::<Vec<_>>())
    }
}

impl Show for serde_json::Map<String, serde_json::Value> {
    fn show(&self) -> tera::Value {
        let mut map = tera::Map::with_capacity(self.len());
        for (name, value) in self {
            map.insert(Key::String(Arc::from(name.as_str())), value.show());
        }
        tera::Value::from(map)
    }
}

impl Show for serde_json::Value {
    fn show(&self) -> tera::Value {
        match self {
            serde_json::Value::Null => tera::Value::none(),
            serde_json::Value::Bool(value) => tera::Value::from(*value),
            serde_json::Value::Number(number) => number
                .as_i64()
                .map(tera::Value::from)
                .or_else(|| number.as_f64().map(tera::Value::from))
                .unwrap_or_else(tera::Value::none),
            serde_json::Value::String(text) => tera::Value::normal_string(text),
            serde_json::Value::Array(items) => {
                tera::Value::from(items.iter().map(Show::show).collect::<Vec<_>>())
            }
            serde_json::Value::Object(map) => map.show(),
        }
    }
}
