//! Deals: what may be sold, to whom, for how much, and how far it has come.

mod assert;
mod create;
mod delete;
mod fields;
mod forecast;
mod get;
mod history;
mod link;
mod list;
mod of_company;
mod of_contact;
mod parties;
mod relocate;
mod set_role;
mod stage;
mod totals;
mod update;
mod view;
mod write;

pub use assert::{Assert, Asserted};
pub use create::Create;
pub use delete::Delete;
pub use fields::DealFields;
pub use forecast::{Closed, Forecast, ForecastView, InCurrency, Month, Sum};
pub use get::Get;
pub use history::{History, StageThen, Step};
pub use link::{Link, Linked};
pub use list::List;
pub use of_company::OfCompany;
pub use of_contact::OfContact;
pub(super) use relocate::relocate;
pub use set_role::SetRole;
pub use stage::Move;
pub use totals::{Total, Totals};
pub use update::Update;
pub use view::{DealView, LinkedDeal, PartyView};
