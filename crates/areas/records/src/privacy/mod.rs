//! What a person may ask for: everything that is kept of them, and that it be erased (GDPR art. 15, 17, 20).

mod erase;
mod export;
mod readmit;

pub use crate::person::Person;
pub use erase::{ErasePerson, Erased, Input as ErasePersonInput};
pub use export::{Dossier, ExportPerson, Kept, KeptDeal, KeptEvent, KeptNote, KeptTask};
pub use readmit::ReadmitPerson;

use g8_core::{KeptData, Sections};
use g8_storage::privacy;

/// What records keep of a person. [`ExportPerson`] shows it with types of its own.
pub(crate) static KEPT: KeptData = KeptData {
    tables: &[
        "contacts",
        "notes",
        "custom_values",
        "exclusions",
        "exclusion_subjects",
        "exports",
        "imports",
        "import_faults",
        "file_pieces",
        "list_contacts",
        "lists",
    ],
    answers: &["contact", "note", "field", "exclusion", "export", "search"],
    export: |_, _| Box::pin(async { Ok(Sections::new()) }),
    erase: |tx, who| Box::pin(async move { Ok(privacy::erase_record(tx, who.org, who.contact).await?) }),
    erase_copies: |tx, org, now| Box::pin(async move { Ok(privacy::erase_exports(tx, org, now).await?) }),
};
