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

pub use assert::{AssertDeal, DealAsserted};
pub use create::CreateDeal;
pub use delete::DeleteDeal;
pub use fields::DealFields;
pub use forecast::{Closed, ForecastDeals, ForecastView, InCurrency, Month, Sum};
pub use get::GetDeal;
pub use history::{ListDealHistory, StageThen, Step};
pub use link::{LinkDeal, Linked};
pub use list::ListDeals;
pub use of_company::ListDealsOfCompany;
pub use of_contact::ListDealsOfContact;
pub(super) use relocate::relocate;
pub use set_role::SetDealRole;
pub use stage::MoveDeal;
pub use totals::{StageTotal, TotalDeals};
pub use update::UpdateDeal;
pub use view::{DealView, LinkedDeal, PartyView};
