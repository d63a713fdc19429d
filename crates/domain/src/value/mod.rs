//! Texts that identify somebody, brought into the one form they are stored and compared in.

mod cell;
mod day;
mod email;
mod linkedin;
mod money;
mod phone;
mod site;

pub use cell::{cell, uncell};
pub use day::day;
pub use email::email;
pub use linkedin::linkedin;
pub use money::Money;
pub use phone::phone;
pub use site::site;

/// The form in which partial filters compare: small letters, so that `MÜLLER` finds `Müller` on
/// engines whose own folding stops at ASCII.
#[must_use]
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}
