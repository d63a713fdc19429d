//! Exclusions in graph8's words: whether a contact is suppressed, and by whom that may be lifted.

mod add;
mod get;
mod lift;
mod list;
mod many;
mod reinstate;
mod view;

pub use add::SuppressPerson;
pub use get::GetSuppression;
pub use lift::UnsuppressPerson;
pub use list::ListSuppressions;
pub use many::SuppressPeople;
pub use reinstate::ReinstatePeople;
pub use view::Suppression;

#[cfg(test)]
mod tests;
