//! The fields of a webhook.

use crate::{CurrentUser, Fields, PageError, view};
use g8_signals::webhook::{KindView, ListEventKinds, ListEventKindsInput};
use maud::{Markup, html};

/// What a form shows: what was typed, or what is stored.
pub struct Shown {
    pub url: String,
    pub name: String,
    pub description: String,
    pub events: Vec<String>,
}

impl From<&Fields> for Shown {
    fn from(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).unwrap_or_default().to_owned();
        Self {
            url: text("url"),
            name: text("name"),
            description: text("description"),
            events: fields.all("events"),
        }
    }
}

/// Where to, what for, and of what.
pub async fn fields(user: &CurrentUser, shown: &Shown) -> Result<Markup, PageError> {
    let kinds = user.call::<ListEventKinds>(ListEventKindsInput {}).await?;
    Ok(html! {
        (view::csrf(user))
        (view::text_field(view::Input {
            name: "url", label: "URL", kind: "url", value: &shown.url, required: true,
            hint: "An https:// address on the public internet that answers POST with 2xx.", ..Default::default()
        }))
        (view::text_field(view::Input {
            name: "name", label: "Name", value: &shown.name,
            hint: "What people call it; the host unless you say otherwise.", ..Default::default()
        }))
        (view::text_field(view::Input {
            name: "description", label: "Description", value: &shown.description, ..Default::default()
        }))
        (choices(&kinds, &shown.events))
    })
}

/// The events by what they are about; all of them is a choice of its own.
fn choices(kinds: &[KindView], ticked: &[String]) -> Markup {
    let mut areas: Vec<&str> = kinds.iter().map(|kind| kind.category.as_str()).collect();
    areas.dedup();
    html! {
        fieldset {
            legend { "Events" }
            (view::checked_box("events", "*", &html! { strong { "All events" } " — and those that are yet to come" },
                ticked.iter().any(|name| name == "*")))
        }
        div.choices {
            @for area in areas {
                fieldset {
                    legend { (title(area)) }
                    @for kind in kinds.iter().filter(|kind| kind.category == area) { (choice(kind, ticked)) }
                }
            }
        }
    }
}

/// One kind. It is told by the name it was asked for by, where it has several.
fn choice(kind: &KindView, ticked: &[String]) -> Markup {
    let known = ticked.iter().find(|name| **name == kind.event || kind.also.contains(name));
    let words = html! { code { (kind.event) } br; span.small.faint { (kind.description) } };
    view::checked_box("events", known.unwrap_or(&kind.event), &words, known.is_some())
}

/// `list` is "List".
fn title(area: &str) -> String {
    let mut letters = area.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
