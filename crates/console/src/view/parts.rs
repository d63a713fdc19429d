//! Small pieces: fields, tags, times, empty states.

use crate::{CurrentUser, Fields};
use g8_domain::Ts;
use maud::{Markup, html};

/// The token that every form carries.
pub fn csrf(user: &CurrentUser) -> Markup {
    hidden("csrf", &user.csrf())
}

/// A field that nobody sees.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// A field of a form.
#[derive(Default, Clone, Copy)]
pub struct Input<'a> {
    /// Its name, and its id.
    pub name: &'a str,
    /// What stands above it.
    pub label: &'a str,
    /// `text` unless given.
    pub kind: &'a str,
    /// What is in it.
    pub value: &'a str,
    /// What stands below it.
    pub hint: &'a str,
    /// Whether it may be left empty.
    pub required: bool,
    /// What browsers fill it with.
    pub autocomplete: &'a str,
}

/// One line to type.
pub fn text_field(field: Input<'_>) -> Markup {
    let kind = if field.kind.is_empty() { "text" } else { field.kind };
    let hint = format!("{}-hint", field.name);
    html! {
        div.field {
            label for=(field.name) { (field.label) }
            input #(field.name) name=(field.name) type=(kind) value=(field.value) required[field.required]
                autocomplete=[(!field.autocomplete.is_empty()).then_some(field.autocomplete)]
                aria-describedby=[(!field.hint.is_empty()).then_some(&hint)];
            @if !field.hint.is_empty() { p.hint id=(hint) { (field.hint) } }
        }
    }
}

/// A choice among `(value, words)`.
pub fn select(name: &str, label: &str, chosen: &str, choices: &[(String, String)]) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            select #(name) name=(name) {
                @for (value, words) in choices {
                    option value=(value) selected[value == chosen] { (words) }
                }
            }
        }
    }
}

/// A box to tick, or ticked already.
pub fn checked_box(name: &str, value: &str, words: &Markup, on: bool) -> Markup {
    html! { label.check { input type="checkbox" name=(name) value=(value) checked[on]; span { (words) } } }
}

/// A button that does what can be undone.
pub fn act(user: &CurrentUser, action: &str, button: &str) -> Markup {
    html! {
        form.inline method="post" action=(action) { (csrf(user)) button.plain type="submit" { (button) } }
    }
}

/// A button that asks before it does what cannot be undone.
pub fn asking(user: &CurrentUser, action: &str, button: &str, question: &str, more: &Markup) -> Markup {
    html! {
        details.confirm {
            summary { (button) "…" }
            div {
                p { (question) }
                form method="post" action=(action) {
                    (csrf(user))
                    (more)
                    button.bad.small type="submit" { (button) }
                }
            }
        }
    }
}

/// Text with a button that copies it.
pub fn copyable(id: &str, text: &str, label: &str) -> Markup {
    html! {
        div {
            div.row.between {
                span.label { (label) }
                button.plain.small type="button" data-copy=(id) aria-label={ "Copy: " (label) } { "Copy" }
            }
            pre #(id) tabindex="0" { (text) }
        }
    }
}

/// A moment; the browser shows it in its own time zone.
pub fn when(at: Ts) -> Markup {
    let text = at.to_string();
    html! { time datetime=(text) { (text) } }
}

/// A moment that may not have been.
pub fn when_or(at: Option<Ts>, otherwise: &str) -> Markup {
    html! { @match at { Some(at) => (when(at)), None => span.faint { (otherwise) } } }
}

/// A word in a box: `good`, `bad`, `warn` or nothing special.
pub fn tag(words: &str, kind: &str) -> Markup {
    html! { span class={ "tag " (kind) } { (words) } }
}

/// Several.
pub fn tags(words: &[String]) -> Markup {
    html! { @for word in words { (tag(word, "")) } }
}

/// Names and values, one under the other.
pub fn facts(facts: &[(&str, Markup)]) -> Markup {
    html! { dl.facts { @for (name, value) in facts { dt { (name) } dd { (value) } } } }
}

/// A call of the API, as it is typed in a terminal.
pub fn curl(user: &CurrentUser, verb: &str, path: &str, body: Option<&str>) -> String {
    let url = &user.anonymous.site.public_url;
    let verb = if verb == "GET" { String::new() } else { format!("-X {verb} ") };
    let body = body.map(|body| format!(" \\\n  -H \"Content-Type: application/json\" \\\n  -d '{body}'"));
    format!(
        "curl {verb}-H \"Authorization: Bearer $G8_API_KEY\"{} \\\n  {url}/api/v1{path}",
        body.unwrap_or_default()
    )
}

/// What stands where nothing is yet: how to fill it.
pub fn empty(title: &str, hint: &Markup, curl: &str) -> Markup {
    html! {
        div.card.empty {
            h2 { (title) }
            p.faint { (hint) }
            (copyable("curl", curl, "With the API"))
        }
    }
}

/// On to the next page of a list, with what was searched for.
pub fn pager(path: &str, asked: &Fields, next: Option<&str>) -> Markup {
    let further = next.map(|cursor| asked.with("cursor", cursor));
    let first = asked.get("cursor").map(|_| asked.without("cursor"));
    html! {
        nav.pages aria-label="Pages of the list" {
            span { @if let Some(query) = first { a href={ (path) "?" (query) } rel="first" { "To the beginning" } } }
            span { @if let Some(query) = further { a href={ (path) "?" (query) } rel="next" { "Next page" } } }
        }
    }
}
