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

use crate::Doors;

pub(super) fn register(doors: &mut impl Doors) {
    doors.add::<ListOfContact>();
    doors.add::<CreateOnContact>();
    doors.add::<ListOfCompany>();
    doors.add::<CreateOnCompany>();
    doors.add::<ListOfDeal>();
    doors.add::<CreateOnDeal>();
    doors.add::<Update>();
    doors.add::<Delete>();
}

#[cfg(test)]
mod tests;
