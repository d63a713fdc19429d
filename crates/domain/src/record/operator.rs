//! How search compares a field with values (contract/rest.md §5).

use super::words;

words! {
    /// How a field is compared.
    Operator {
        /// Equals any of the values.
        AnyOf = "any_of",
        /// Contains any of the values.
        Contains = "contains",
        /// Has every one of the values.
        AllOf = "all_of",
        /// Equals none of the values.
        NoneOf = "none_of",
        /// Has no value.
        IsEmpty = "is_empty",
        /// Has a value.
        IsNotEmpty = "is_not_empty",
        /// Lies between two numbers, both included.
        Between = "between",
        /// Has a value.
        Exists = "exists",
    }
}
