//! Remarks on contacts, companies and deals.

mod delete;
mod on_company;
mod on_contact;
mod on_deal;
mod update;
mod view;
mod write;

pub use delete::DeleteNote;
pub use on_company::{CreateNoteOnCompany, ListNotesOfCompany};
pub use on_contact::{CreateNoteOnContact, ListNotesOfContact};
pub use on_deal::{CreateNoteOnDeal, ListNotesOfDeal};
pub use update::UpdateNote;
pub use view::NoteView;

#[cfg(test)]
mod tests;
