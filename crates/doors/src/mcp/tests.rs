//! Assistants, as they see the tools: at the end of a pipe, and over HTTP in both eras of the protocol.

mod budget;
mod calls;
mod confirm;
mod eras;
mod pipe;
mod remote;
mod sessions;
mod tools;
mod web;
