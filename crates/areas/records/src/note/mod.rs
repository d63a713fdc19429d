//! Remarks on contacts, companies and deals.

mod delete;
mod on_company;
mod on_contact;
mod on_deal;
mod update;
mod view;
mod write;

pub use delete::Delete;
pub use on_company::{CreateOnCompany, ListOfCompany};
pub use on_contact::{CreateOnContact, ListOfContact};
pub use on_deal::{CreateOnDeal, ListOfDeal};
pub use update::Update;
pub use view::NoteView;

#[cfg(test)]
mod tests;
