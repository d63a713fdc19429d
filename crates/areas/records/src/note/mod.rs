//! Remarks on contacts, companies and deals.

mod create_on_company;
mod create_on_contact;
mod create_on_deal;
mod delete;
mod list_of_company;
mod list_of_contact;
mod list_of_deal;
mod update;
mod view;
mod write;

pub use create_on_company::CreateNoteOnCompany;
pub use create_on_contact::CreateNoteOnContact;
pub use create_on_deal::CreateNoteOnDeal;
pub use delete::DeleteNote;
pub use list_of_company::ListNotesOfCompany;
pub use list_of_contact::ListNotesOfContact;
pub use list_of_deal::ListNotesOfDeal;
pub use update::UpdateNote;
pub use view::NoteView;

#[cfg(test)]
mod tests;
