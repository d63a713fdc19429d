//! Assistants that were let in.

use crate::{Fault, Visitor};
use maud::{Markup, html};

/// Who they are.
pub async fn card(_: &Visitor) -> Result<Markup, Fault> {
    Ok(html! {})
}
