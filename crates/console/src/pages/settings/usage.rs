//! The plan, and what is left of it.

use crate::{CurrentUser, PageError, view};
use g8_identity::usage::{GetUsage, Limit, Usage};
use maud::{Markup, html};

pub async fn show(user: CurrentUser) -> Result<Markup, PageError> {
    let usage = user.send::<GetUsage>(Default::default()).await?;
    Ok(view::page(
        &user,
        "Usage",
        &html! {
            div.head {
                h1 { "Usage" }
                p.sub { "What the plan of " (user.caller().org.name) " allows, and what is left of it." }
            }
            section.card { (view::facts(&facts(&usage))) }
            section aria-label="Limits" { (limits(&usage)) }
            section.card {
                (view::copyable("curl", &view::curl(&user, "GET", "/usage/limits", None), "What is left for an API key"))
                p.small.faint {
                    "Every answer of the API says it as well, in " code { "X-RateLimit-…" } " headers. "
                    "Whoever operates this server sets the plan."
                }
            }
        },
    ))
}

fn facts(usage: &Usage) -> Vec<(&'static str, Markup)> {
    vec![
        ("Plan", html! { (title(&usage.plan)) }),
        ("Counted", html! { "for each API key, browser and assistant by itself" }),
    ]
}

fn limits(usage: &Usage) -> Markup {
    html! {
        @if usage.limits.is_empty() {
            div.card { p { "This plan has no limits." } }
        } @else {
            div.cards { @for limit in &usage.limits { (card(limit)) } }
            p.small.faint { "This is what your browser has used; each page that you open counts." }
        }
    }
}

fn card(limit: &Limit) -> Markup {
    let used = limit.limit.saturating_sub(limit.remaining);
    let label = format!("Requests a {}", limit.window);
    html! {
        div.card {
            h2 { (label) }
            meter.gauge min="0" max=(limit.limit) value=(used) high=(f64::from(limit.limit) * 0.9) aria-label=(label) {}
            p { strong { (grouped(limit.remaining)) } " of " (grouped(limit.limit)) " left" }
            @if used > 0 { p.small.faint { "One more from " (view::when(limit.frees_at)) } }
        }
    }
}

/// `10000` is "10,000".
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

/// `starter` is "Starter".
fn title(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
