//! Exclusions in graph8's words: whether a contact is suppressed, and by whom that may be lifted.

mod add;
mod get;
mod lift;
mod list;
mod many;
mod reinstate;
mod view;

pub use add::Suppress;
pub use get::Get;
pub use lift::Unsuppress;
pub use list::List;
pub use many::BulkAdd;
pub use reinstate::Reinstate;
pub use view::Suppression;

#[cfg(test)]
mod tests;
