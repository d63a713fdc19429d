//! Pages as the people in front of them see them.

mod client;
mod records;
mod settings;
