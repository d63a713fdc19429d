//! What a person may ask for: everything that is kept of them, and that it be erased (GDPR art. 15, 17, 20).

mod erase;
mod export;
mod person;
mod readmit;

pub use erase::{Erase, Erased, Input as EraseInput};
pub use export::{Dossier, Export, Kept, KeptDeal, KeptEvent, KeptNote, KeptTask};
pub use person::Person;
pub(crate) use person::{ERASED, erased, erased_from, refuse_erased};
pub use readmit::Readmit;

use crate::Doors;

pub(super) fn register(doors: &mut impl Doors) {
    doors.add::<Export>();
    doors.add::<Erase>();
    doors.add::<Readmit>();
}

#[cfg(test)]
mod tests;
