//! Search over the workspace's own people and companies (contract/rest.md §5).

mod companies;
mod contacts;
mod fill;
mod input;
mod save;
mod save_companies;
mod save_contacts;
mod view;

pub use crate::criteria::Criterion;
pub(crate) use crate::criteria::conditions;
pub use companies::SearchCompanies;
pub use contacts::SearchContacts;
pub use fill::Fill;
pub use input::Conditions;
pub use save_companies::SaveCompanySearch;
pub use save_contacts::SaveContactSearch;
pub use view::FoundContact;

/// Rows per page unless a caller says.
const LIMIT: i64 = 25;

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
