//! The built-in fields of contacts and companies that callers can write.

mod company;
mod contact;

pub use company::CompanyFields;
pub(crate) use contact::Company;
pub use contact::ContactFields;
use contact::checked;
