//! The built-in columns: those of the records' own fields that can be written.

use super::ColumnView;
use crate::built_in::{CompanyFields, ContactFields};
use g8_core::Shape;
use g8_domain::record::{DataType, Subject};
use serde_json::Value;

/// The built-in columns of a subject, in the order of its input's fields.
pub(super) fn columns(subject: Subject) -> Vec<ColumnView> {
    let shape = match subject {
        Subject::Contact => Shape::of::<ContactFields>(),
        Subject::Company => Shape::of::<CompanyFields>(),
    };
    shape.fields().map(|(name, schema)| column(name, schema)).collect()
}

fn column(name: &str, schema: &Value) -> ColumnView {
    let whole = schema["type"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "integer"));
    ColumnView {
        id: None,
        title: title(name),
        name: name.to_owned(),
        data_type: if whole { DataType::Int } else { DataType::Text },
        is_global: true,
        list_id: None,
    }
}

/// `job_title` as `Job title`.
fn title(name: &str) -> String {
    let mut words = name.replace('_', " ").replace("linkedin", "LinkedIn").replace(" url", " URL");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}
