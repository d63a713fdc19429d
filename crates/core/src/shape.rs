//! Arguments before they are believed: one JSON Schema per input checks them for every door.
//!
//! The schema comes from the input type's own fields and comments; REST, MCP and the command line
//! show it and hold callers to it. All faults are reported at once.

use g8_domain::{Error, Issue, Result};
use jsonschema::{Validator, error::ValidationErrorKind};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::{
    any::TypeId,
    collections::HashMap,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

mod coerce;
mod ignored;
mod plain;
mod words;

/// Arguments by field name, as they came.
pub type Args = Map<String, Value>;

/// What an input looks like.
pub struct Shape {
    schema: Value,
    validator: Validator,
    /// Another published spelling, and the field it means.
    aliases: HashMap<String, String>,
    /// Lists whose elements are checked one by one as they are used, not all before the first.
    each: Vec<String>,
    /// Whether there are names that are taken and dropped.
    ignores: bool,
}

impl Shape {
    /// The shape of an input type; made once.
    ///
    /// # Panics
    /// When the type's schema is not a JSON Schema of an object: seen by the first test.
    #[must_use]
    pub fn of<T: JsonSchema + 'static>() -> Arc<Self> {
        static MADE: OnceLock<RwLock<HashMap<TypeId, Arc<Shape>>>> = OnceLock::new();
        let made = MADE.get_or_init(RwLock::default);
        if let Some(shape) = made.read().unwrap_or_else(PoisonError::into_inner).get(&TypeId::of::<T>()) {
            return Arc::clone(shape);
        }
        let shape = Arc::new(Self::make(schema::<T>()));
        made.write().unwrap_or_else(PoisonError::into_inner).insert(TypeId::of::<T>(), Arc::clone(&shape));
        shape
    }

    fn make(schema: Value) -> Self {
        let validator = match jsonschema::validator_for(&schema) {
            Ok(validator) => validator,
            Err(error) => unreachable!("an input's schema is one: {error}"),
        };
        let mut aliases = HashMap::new();
        let mut each = Vec::new();
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            for alias in property["x-alias"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                aliases.insert(alias.to_owned(), field.clone());
            }
            if property["x-each"] == true {
                each.push(field.clone());
            }
        }
        let ignores = ignored::any(&schema);
        Self { schema, validator, aliases, each, ignores }
    }

    /// The JSON Schema itself (draft 2020-12), without references.
    #[must_use]
    pub fn schema(&self) -> &Value {
        &self.schema
    }

    /// The fields and their schemas, in the order of the type.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.schema["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, schema)| (name.as_str(), schema))
    }

    /// Whether a field must be given.
    #[must_use]
    pub fn requires(&self, field: &str) -> bool {
        self.schema["required"].as_array().is_some_and(|names| names.iter().any(|name| name == field))
    }

    /// The field that a name means: itself, or the one it is another spelling of.
    #[must_use]
    pub fn field<'a>(&'a self, name: &'a str) -> &'a str {
        self.aliases.get(name).map_or(name, String::as_str)
    }

    /// A text as the value its field takes: numbers, booleans, lists by comma, JSON where it is one.
    /// A text that does not fit stays a text, and the check says so.
    #[must_use]
    pub fn value(&self, field: &str, text: &str) -> Value {
        coerce::text(&self.schema["properties"][self.field(field)], text)
    }

    /// The same arguments with texts turned into the values their fields take, as assistants and
    /// query strings send them.
    #[must_use]
    pub fn coerce(&self, args: Args) -> Args {
        let value = |name: &str, value: Value| match value {
            Value::String(text) => self.value(name, &text),
            other => other,
        };
        args.into_iter().map(|(name, given)| (name.clone(), value(&name, given))).collect()
    }

    /// Checks everything and reads the input.
    ///
    /// # Errors
    /// Every fault at once: unknown fields, missing ones, wrong types, broken bounds.
    pub fn read<T: DeserializeOwned>(&self, args: Args) -> Result<T> {
        Self::typed(self.check(args)?)
    }

    /// The input that was checked.
    pub(crate) fn typed<T: DeserializeOwned>(checked: Value) -> Result<T> {
        serde_json::from_value(checked)
            .map_err(|error| Error::field("", format!("The request was not understood: {error}")))
    }

    /// Checks everything, and says it by the fields' own names.
    ///
    /// # Errors
    /// As [`Shape::read`].
    pub fn check(&self, args: Args) -> Result<Value> {
        let mut issues = Vec::new();
        let mut value = Value::Object(self.canonical(args, &mut issues));
        if self.ignores {
            ignored::drop_from(&mut value, &self.schema);
        }
        words::nul_bytes(&value, "", &mut issues);
        // Most are right, and saying so is quicker than looking for faults.
        let faults = (!self.validator.is_valid(&value)).then(|| self.validator.iter_errors(&value));
        for error in faults.into_iter().flatten() {
            let path = words::path(error.instance_path().as_str());
            if !self.each.iter().any(|field| path.starts_with(&format!("{field}["))) {
                words::issues(&path, &error, &mut issues);
            }
        }
        if issues.is_empty() { Ok(value) } else { Err(Error::invalid(&issues)) }
    }

    fn canonical(&self, args: Args, issues: &mut Vec<Issue>) -> Args {
        if !args.keys().any(|name| self.aliases.contains_key(name)) {
            return args;
        }
        let mut canonical = Args::new();
        for (name, value) in args {
            let field = self.field(&name).to_owned();
            if canonical.contains_key(&field) {
                issues.push(Issue::new(field, "is given twice, under two of its names"));
            } else {
                canonical.insert(field, value);
            }
        }
        canonical
    }
}

fn schema<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    plain::simplify(&mut schema);
    if let Some(root) = schema.as_object_mut() {
        // Both say what the operation says already.
        root.remove("title");
        root.remove("description");
        root.entry("properties").or_insert_with(|| Value::Object(Map::new()));
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use g8_domain::Patch;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Deserialize, JsonSchema)]
    #[expect(dead_code, reason = "only its shape is of interest")]
    struct Sample {
        /// How many
        #[schemars(range(min = 1))]
        limit: Option<i64>,
        #[serde(default)]
        #[schemars(length(max = 5), extend("x-alias" = ["place"]))]
        city: Patch<String>,
        ids: Vec<i64>,
        loud: Option<bool>,
    }

    fn problems(args: Value) -> String {
        let args = args.as_object().unwrap().clone();
        Shape::of::<Sample>().read::<Sample>(args).unwrap_err().message
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let told =
            problems(json!({ "limit": 0, "place": "Düsseldorf", "nmae": 1, "naem": 2, "loud": "yes" }));
        for part in [
            "6 problems",
            "`limit` must be at least 1",
            "`city` must have at most 5 characters",
            "`nmae` is not a field of this request",
            "`naem` is not a field of this request",
            "`ids` is required",
            "`loud` must be true or false",
        ] {
            assert!(told.contains(part), "{part} is missing in: {told}");
        }
    }

    #[test]
    fn nul_bytes_and_double_spellings_are_refused() {
        assert!(problems(json!({ "ids": [1], "city": "a\u{0}b" })).contains("`city` must not contain NUL"));
        assert!(problems(json!({ "ids": [1], "a\u{0}b": 1 })).contains("names with NUL"));
        assert!(problems(json!({ "ids": [1], "city": "a", "place": "b" })).contains("given twice"));
        assert!(problems(json!({ "ids": [1, "x"] })).contains("`ids[1]` must be a whole number"));
    }

    #[test]
    fn texts_become_what_their_fields_take() {
        let shape = Shape::of::<Sample>();
        assert_eq!(shape.value("limit", "12"), json!(12));
        assert_eq!(shape.value("ids", "1,2"), json!([1, 2]));
        assert_eq!(shape.value("ids", "[3]"), json!([3]));
        assert_eq!(shape.value("loud", "true"), json!(true));
        assert_eq!(shape.value("place", "12"), json!("12"));
        assert_eq!(shape.value("limit", "twelve"), json!("twelve"));
    }
}
