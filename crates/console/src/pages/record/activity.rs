//! What happened to a record, newest first.

use super::ROWS;
use crate::{CurrentUser, PageError, named, view};
use g8_core::Operation;
use g8_domain::{Page, Scope};
use g8_signals::activity::ActivityView;
use maud::{Markup, html};

/// The latest of it, for who may see it.
pub async fn section<O>(user: &CurrentUser, (field, id): (&str, &str)) -> Result<Markup, PageError>
where
    O: Operation<Output = Page<ActivityView>>,
{
    if !user.may(Scope::ACTIVITIES_READ) {
        return Ok(html! {});
    }
    let latest = user.send::<O>(named::<O>(&[(field, id), ("limit", ROWS)])).await?;
    let body = html! {
        @if latest.data.is_empty() { (view::aside("Nothing yet.")) }
        @else {
            ol.feed {
                @for one in &latest.data { li { span { (one.summary) } " " span.faint.small { (view::when(one.occurred_at)) } } }
            }
        }
    };
    Ok(view::section("Activity", &body))
}
