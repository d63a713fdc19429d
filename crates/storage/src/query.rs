//! What a list is asked for.

use crate::search::SearchCondition;

/// A filter by fields, and conditions in the language of search; all must hold.
#[derive(Debug, Clone, Default)]
pub struct ListQuery<F> {
    /// By fields.
    pub filter: F,
    /// By conditions.
    pub search: Vec<SearchCondition>,
}

impl<F: Default> From<Vec<SearchCondition>> for ListQuery<F> {
    fn from(search: Vec<SearchCondition>) -> Self {
        Self { filter: F::default(), search }
    }
}
