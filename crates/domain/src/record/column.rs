//! A custom field of contacts or companies.

use super::{Subject, words};
use crate::Ts;
use uuid::Uuid;

words! {
    /// What a custom field holds.
    DataType {
        /// Any text.
        Text = "text",
        /// A whole number.
        Int = "int",
        /// A decimal number.
        Numeric = "numeric",
        /// `true` or `false`.
        Boolean = "boolean",
        /// A day, as 2026-11-21.
        Date = "date",
    }
}

impl DataType {
    /// Whether `value` can be stored in a field of this type.
    #[must_use]
    pub fn accepts(self, value: &str) -> bool {
        match self {
            Self::Text => true,
            Self::Int => value.parse::<i64>().is_ok(),
            Self::Numeric => is_number(value),
            Self::Boolean => matches!(value, "true" | "false"),
            Self::Date => value.len() == 10 && value.parse::<chrono::NaiveDate>().is_ok(),
        }
    }
}

/// A number that both engines read: one so small that it is taken for 0 is none to PostgreSQL.
fn is_number(text: &str) -> bool {
    let digits = text.split(['e', 'E']).next().unwrap_or_default();
    let is_zero = !digits.contains(|digit: char| ('1'..='9').contains(&digit));
    text.parse::<f64>().is_ok_and(|number| number.is_finite() && (number != 0.0 || is_zero))
}

/// A custom field as stored. Without a list it is global: every record has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub id: i64,
    pub org_id: Uuid,
    pub subject: Subject,
    pub title: String,
    /// The slug under which values appear in `custom_fields`.
    pub name: String,
    pub data_type: DataType,
    pub list_id: Option<i64>,
    pub created_at: Ts,
}
