//! Contacts, companies, lists and everything that hangs on them: notes, custom fields, imports, exports, searches, exclusions, privacy.

mod cells;
pub mod column;
pub mod company;
pub mod contact;
pub mod events;
pub mod exclusion;
pub mod export;
pub mod field;
pub mod import;
pub mod list;
pub mod note;
pub mod parsing;
pub mod privacy;
pub mod records;
mod retention;
pub mod search;
pub mod suppression;
#[cfg(test)]
mod testing;
pub mod upsert;
mod upsert_batch;

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
    Action::of::<contact::List>(),
    Action::of::<contact::Create>(),
    Action::of::<contact::Assert>(),
    Action::of::<contact::AssertBatch>(),
    Action::of::<contact::Get>(),
    Action::of::<contact::Update>(),
    Action::of::<contact::Delete>(),
    Action::of::<contact::Employer>(),
    Action::of::<company::List>(),
    Action::of::<company::Create>(),
    Action::of::<company::Assert>(),
    Action::of::<company::AssertBatch>(),
    Action::of::<company::Get>(),
    Action::of::<company::Update>(),
    Action::of::<company::Delete>(),
    Action::of::<company::Contacts>(),
    Action::of::<list::Lists>(),
    Action::of::<list::Create>(),
    Action::of::<list::Get>(),
    Action::of::<list::Update>(),
    Action::of::<list::Delete>(),
    Action::of::<list::Contacts>(),
    Action::of::<list::AddContacts>(),
    Action::of::<list::RemoveContacts>(),
    Action::of::<list::Companies>(),
    Action::of::<list::AddCompanies>(),
    Action::of::<list::RemoveCompanies>(),
    Action::of::<list::OfContact>(),
    Action::of::<list::OfCompany>(),
    Action::of::<note::ListOfContact>(),
    Action::of::<note::CreateOnContact>(),
    Action::of::<note::ListOfCompany>(),
    Action::of::<note::CreateOnCompany>(),
    Action::of::<note::ListOfDeal>(),
    Action::of::<note::CreateOnDeal>(),
    Action::of::<note::Update>(),
    Action::of::<note::Delete>(),
    Action::of::<privacy::Export>(),
    Action::of::<privacy::Erase>(),
    Action::of::<privacy::Readmit>(),
    Action::of::<field::List>(),
    Action::of::<field::ListOfCompanies>(),
    Action::of::<field::Create>(),
    Action::of::<field::CreateBatch>(),
    Action::of::<field::SetValues>(),
    Action::of::<field::GetValue>(),
    Action::of::<field::SetValue>(),
    Action::of::<field::Delete>(),
    Action::of::<search::Contacts>(),
    Action::of::<search::Companies>(),
    Action::of::<search::SaveContacts>(),
    Action::of::<search::SaveCompanies>(),
    Action::of::<import::Create>(),
    Action::of::<import::Upload>(),
    Action::of::<import::List>(),
    Action::of::<import::Get>(),
    Action::of::<import::Faults>(),
    Action::of::<import::FaultsFile>(),
    Action::of::<import::Cancel>(),
    Action::of::<export::Create>(),
    Action::of::<export::List>(),
    Action::of::<export::Get>(),
    Action::of::<export::Download>(),
    Action::of::<column::ListOfContacts>(),
    Action::of::<column::CreateOfContacts>(),
    Action::of::<column::DeleteOfContacts>(),
    Action::of::<column::ListOfCompanies>(),
    Action::of::<column::CreateOfCompanies>(),
    Action::of::<column::DeleteOfCompanies>(),
    Action::of::<exclusion::ListContacts>(),
    Action::of::<exclusion::CreateContact>(),
    Action::of::<exclusion::GetContact>(),
    Action::of::<exclusion::UpdateContact>(),
    Action::of::<exclusion::DeleteContact>(),
    Action::of::<exclusion::ListAccounts>(),
    Action::of::<exclusion::CreateAccount>(),
    Action::of::<exclusion::GetAccount>(),
    Action::of::<exclusion::UpdateAccount>(),
    Action::of::<exclusion::DeleteAccount>(),
    Action::of::<exclusion::Upload>(),
    Action::of::<exclusion::Download>(),
    Action::of::<suppression::List>(),
    Action::of::<suppression::BulkAdd>(),
    Action::of::<suppression::Reinstate>(),
    Action::of::<suppression::Get>(),
    Action::of::<suppression::Suppress>(),
    Action::of::<suppression::Unsuppress>(),
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
    JobKind::of::<import::Import>(),
    JobKind::of::<export::Export>(),
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
