//! Contacts, companies, lists and everything that hangs on them: notes, custom fields, imports, exports, searches, exclusions, privacy.

mod built_in;
mod cells;
pub mod column;
pub mod company;
pub mod contact;
mod criteria;
pub mod events;
pub mod exclusion;
pub mod export;
pub mod field;
pub mod import;
pub mod list;
mod membership;
pub mod note;
pub mod parsing;
mod person;
pub mod privacy;
pub mod record;
pub mod records;
mod retention;
pub mod search;
pub mod suppression;
#[cfg(test)]
mod testing;

use g8_core::{Action, Area, EventKind, JobKind, PersonalData, Retain};
use g8_domain::Scope;

/// Everything that this area brings to the product.
pub static AREA: Area = Area {
    name: "records",
    operations: OPERATIONS,
    order: ORDER,
    events: EVENTS,
    jobs: JOBS,
    scopes: &[],
    readers: &[("company", Scope::COMPANIES_READ), ("list", Scope::LISTS_READ)],
    retain: Retain::Until(|app, tx, now, limit| Box::pin(retention::forget(app, tx, now, limit))),
    person: PersonalData::Kept(&privacy::KEPT),
};

/// In the order in which they are shown.
const OPERATIONS: &[Action] = &[
    Action::of::<contact::ListContacts>(),
    Action::of::<contact::CreateContact>(),
    Action::of::<contact::AssertContact>(),
    Action::of::<contact::AssertContacts>(),
    Action::of::<contact::GetContact>(),
    Action::of::<contact::UpdateContact>(),
    Action::of::<contact::DeleteContact>(),
    Action::of::<contact::GetCompanyOfContact>(),
    Action::of::<company::ListCompanies>(),
    Action::of::<company::CreateCompany>(),
    Action::of::<company::AssertCompany>(),
    Action::of::<company::AssertCompanies>(),
    Action::of::<company::GetCompany>(),
    Action::of::<company::UpdateCompany>(),
    Action::of::<company::DeleteCompany>(),
    Action::of::<contact::ListContactsOfCompany>(),
    Action::of::<list::ListLists>(),
    Action::of::<list::CreateList>(),
    Action::of::<list::GetList>(),
    Action::of::<list::UpdateList>(),
    Action::of::<list::DeleteList>(),
    Action::of::<list::ListContactsOfList>(),
    Action::of::<list::AddContactsToList>(),
    Action::of::<list::RemoveContactsFromList>(),
    Action::of::<list::ListCompaniesOfList>(),
    Action::of::<list::AddCompaniesToList>(),
    Action::of::<list::RemoveCompaniesFromList>(),
    Action::of::<list::ListListsOfContact>(),
    Action::of::<list::ListListsOfCompany>(),
    Action::of::<note::ListNotesOfContact>(),
    Action::of::<note::CreateNoteOnContact>(),
    Action::of::<note::ListNotesOfCompany>(),
    Action::of::<note::CreateNoteOnCompany>(),
    Action::of::<note::ListNotesOfDeal>(),
    Action::of::<note::CreateNoteOnDeal>(),
    Action::of::<note::UpdateNote>(),
    Action::of::<note::DeleteNote>(),
    Action::of::<privacy::ExportPerson>(),
    Action::of::<privacy::ErasePerson>(),
    Action::of::<privacy::ReadmitPerson>(),
    Action::of::<field::ListFields>(),
    Action::of::<field::ListFieldsOfCompanies>(),
    Action::of::<field::CreateField>(),
    Action::of::<field::CreateFields>(),
    Action::of::<field::SetFieldValues>(),
    Action::of::<field::GetFieldValue>(),
    Action::of::<field::SetFieldValue>(),
    Action::of::<field::DeleteField>(),
    Action::of::<search::SearchContacts>(),
    Action::of::<search::SearchCompanies>(),
    Action::of::<search::SaveContactSearch>(),
    Action::of::<search::SaveCompanySearch>(),
    Action::of::<import::CreateImport>(),
    Action::of::<import::UploadImport>(),
    Action::of::<import::ListImports>(),
    Action::of::<import::GetImport>(),
    Action::of::<import::ListRowErrors>(),
    Action::of::<import::DownloadRowErrors>(),
    Action::of::<import::CancelImport>(),
    Action::of::<export::CreateExport>(),
    Action::of::<export::ListExports>(),
    Action::of::<export::GetExport>(),
    Action::of::<export::DownloadExport>(),
    Action::of::<column::ListColumnsOfContacts>(),
    Action::of::<column::CreateColumnOfContacts>(),
    Action::of::<column::DeleteColumnOfContacts>(),
    Action::of::<column::ListColumnsOfCompanies>(),
    Action::of::<column::CreateColumnOfCompanies>(),
    Action::of::<column::DeleteColumnOfCompanies>(),
    Action::of::<exclusion::ListContactExclusions>(),
    Action::of::<exclusion::CreateContactExclusion>(),
    Action::of::<exclusion::GetContactExclusion>(),
    Action::of::<exclusion::UpdateContactExclusion>(),
    Action::of::<exclusion::DeleteContactExclusion>(),
    Action::of::<exclusion::ListAccountExclusions>(),
    Action::of::<exclusion::CreateAccountExclusion>(),
    Action::of::<exclusion::GetAccountExclusion>(),
    Action::of::<exclusion::UpdateAccountExclusion>(),
    Action::of::<exclusion::DeleteAccountExclusion>(),
    Action::of::<exclusion::ImportExclusions>(),
    Action::of::<exclusion::ExportExclusions>(),
    Action::of::<suppression::ListSuppressions>(),
    Action::of::<suppression::SuppressPeople>(),
    Action::of::<suppression::ReinstatePeople>(),
    Action::of::<suppression::GetSuppression>(),
    Action::of::<suppression::SuppressPerson>(),
    Action::of::<suppression::UnsuppressPerson>(),
];

const EVENTS: &[EventKind] = &[
    EventKind::of::<events::ContactCreated>(),
    EventKind::of::<events::ContactUpdated>(),
    EventKind::of::<events::ContactDeleted>(),
    EventKind::of::<events::ContactErased>(),
    EventKind::of::<events::CompanyCreated>(),
    EventKind::of::<events::CompanyUpdated>(),
    EventKind::of::<events::CompanyDeleted>(),
    EventKind::of::<events::ListCreated>(),
    EventKind::of::<events::ListUpdated>(),
    EventKind::of::<events::ListDeleted>(),
    EventKind::of::<events::ListMembersAdded>(),
    EventKind::of::<events::ListMembersRemoved>(),
    EventKind::of::<events::ExclusionCreated>(),
    EventKind::of::<events::ExclusionUpdated>(),
    EventKind::of::<events::ExclusionDeleted>(),
    EventKind::of::<events::ExclusionLifted>(),
];

const JOBS: &[JobKind] = &[
    JobKind::of::<import::ImportJob>(),
    JobKind::of::<export::ExportJob>(),
    JobKind::of::<search::Fill>(),
    JobKind::of::<exclusion::Lift>(),
];

/// Where each noun stands among all of the API.
const ORDER: &[(&str, u16)] = &[
    ("contact", 90),
    ("company", 100),
    ("list", 110),
    ("note", 120),
    ("privacy", 160),
    ("field", 170),
    ("search", 180),
    ("import", 190),
    ("export", 200),
    ("column", 210),
    ("exclusion", 290),
];
