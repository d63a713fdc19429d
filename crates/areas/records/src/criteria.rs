//! The conditions of a search as callers write them.

use g8_core::Ctx;
use g8_domain::{
    Error, Issue, Result,
    record::{Column, DataType, Operator, Subject},
    value,
};
use g8_storage::{
    columns,
    search::{self, FieldKind, SearchCondition, SearchField},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How custom fields are named in conditions.
const CUSTOM: &str = "custom.";

/// Values of all conditions together.
const VALUES: usize = 200;

/// One condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Criterion {
    /// A field's name, as job_title or company_employee_count; custom.SLUG for a custom field
    #[schemars(length(min = 1, max = 200))]
    pub field: String,
    /// any_of, contains, all_of, none_of, is_empty, is_not_empty, between or exists
    #[schemars(length(max = 32))]
    pub operator: String,
    /// The values: texts, or numbers; none for is_empty, is_not_empty and exists
    #[serde(default)]
    #[schemars(length(max = 200), extend("items" = { "type": ["string", "number", "boolean"], "maxLength": 1000 }))]
    pub value: Vec<Value>,
}

/// What callers ask for, as the database is asked for it.
///
/// # Errors
/// 422 naming every field, operator and value that cannot be.
pub(crate) async fn conditions(
    ctx: &Ctx,
    subject: Subject,
    criteria: &[Criterion],
) -> Result<Vec<SearchCondition>> {
    if criteria.is_empty() {
        return Ok(Vec::new());
    }
    let custom = if criteria.iter().any(|criterion| criterion.field.starts_with(CUSTOM)) {
        columns::every(&mut ctx.db(), ctx.org(), subject).await?
    } else {
        Vec::new()
    };
    let (mut conditions, mut issues) = (Vec::new(), Vec::new());
    // Each is compared with every record that the others leave.
    let values: usize = criteria.iter().map(|criterion| criterion.value.len()).sum();
    if values > VALUES {
        issues.push(Issue::new(
            "filters",
            format!("has {values} values in all; at most {VALUES} are looked for"),
        ));
    }
    for (at, criterion) in criteria.iter().enumerate() {
        match condition(subject, &custom, criterion) {
            Ok(condition) => conditions.push(condition),
            Err((part, problem)) => issues.push(Issue::new(format!("filters[{at}].{part}"), problem)),
        }
    }
    if issues.is_empty() {
        return Ok(conditions);
    }
    let Error { message, data, .. } = Error::invalid(&issues);
    Err(Error { data, ..Error::rule(message) })
}

fn condition(
    subject: Subject,
    custom: &[Column],
    criterion: &Criterion,
) -> Result<SearchCondition, (&'static str, String)> {
    let operator = Operator::from_word(&criterion.operator).ok_or_else(|| {
        let words = "any_of, contains, all_of, none_of, is_empty, is_not_empty, between, exists";
        ("operator", format!("must be one of {words}"))
    })?;
    let place = place(subject, custom, &criterion.field).ok_or_else(|| {
        let names: Vec<&str> = search::fields(subject).iter().map(|field| field.name).collect();
        ("field", format!("must be a custom field, as custom.SLUG, or one of {}", names.join(", ")))
    })?;
    let texts = criterion.value.iter().map(|value| written(&criterion.field, operator, value)).collect();
    SearchCondition::new(place, operator, texts).map_err(|problem| ("value", problem))
}

fn place(subject: Subject, custom: &[Column], name: &str) -> Option<SearchField> {
    if let Some(slug) = name.strip_prefix(CUSTOM) {
        let column = custom.iter().find(|column| column.name == slug)?;
        let kind = match column.data_type {
            DataType::Int | DataType::Numeric => FieldKind::CustomNumber,
            DataType::Date => FieldKind::CustomDate,
            DataType::Text | DataType::Boolean => FieldKind::CustomText,
        };
        return Some(SearchField::Custom { column: column.id, subject, kind });
    }
    search::fields(subject).iter().find(|field| field.name == name).copied().map(SearchField::Own)
}

/// A value as it is stored: addresses in the form in which they are compared.
fn written(field: &str, operator: Operator, value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), |text| text.trim().to_owned());
    if operator == Operator::Contains {
        return text;
    }
    let canonical = match field {
        "work_email" => value::email(&text),
        "linkedin_url" => value::linkedin(&text),
        "domain" | "company_domain" => value::site(&text),
        _ => return text,
    };
    canonical.unwrap_or(text)
}
