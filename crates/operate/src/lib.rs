//! What an operator does to an installation as a whole: backups, and a look at how it is.

pub mod backup;
pub mod doctor;
