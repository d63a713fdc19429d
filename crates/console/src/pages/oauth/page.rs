//! What the person is shown.

use crate::{CurrentUser, view};
use g8_identity::oauth::{Consent, Destination, Group, OrganizationChoice};
use maud::{Markup, html};

pub fn page(user: &CurrentUser, consent: &Consent, request: &str) -> Markup {
    let before = consent.places.iter().any(|place| place.current && place.before);
    let title = if consent.makes_key.is_some() { "Sign in on the command line" } else { "Let a program in" };
    view::outside(
        title,
        &html! {
            h1 {
                @if consent.makes_key.is_some() { "Sign in " (consent.program) }
                @else { "Let " strong.break { (consent.program) } " into g8?" }
            }
            p.faint.small { "You are signed in as " (user.person().map_or("", |user| &user.email)) "." }
            (destination(consent))
            @for warning in warnings(consent) { div.notice.warn { (warning) } }
            @if let Some(name) = &consent.makes_key {
                p { "A personal API key is made for you, called " strong.break { (name) } ". You find it under Profile, \
                     Developer, and can revoke it there." }
            }
            @if before { p { "You have let it in before." } }
            (scopes(consent, before))
            form method="post" action="/oauth/authorize" #consent {
                (view::csrf(user))
                (view::hidden("request", request))
                (places(&consent.places))
                div.row {
                    button #allow type="submit" name="decision" value="allow" { @if before { "Continue" } @else { "Allow" } }
                    button.plain #deny type="submit" name="decision" value="deny" { "Deny" }
                }
            }
            @if consent.makes_key.is_none() {
                p.small.faint { "It stays let in until you disconnect it under Profile, Developer, or 60 days go by without use." }
            }
        },
    )
}

/// Where the answer goes: what a person can hold against what they know of the program.
fn destination(consent: &Consent) -> Markup {
    html! {
        p {
            @match &consent.goes_to {
                Destination::Web(host) => { "Your answer goes to " strong.break #destination { (host) } "." },
                Destination::Loopback(host) => {
                    "Your answer goes to a program on this computer (" strong #destination { (host) } ")."
                },
                Destination::App(scheme) => {
                    "Your answer goes to the program that opens " strong #destination { (scheme) ":" } " links on this computer."
                },
            }
            @if let Some(host) = &consent.described_at { " It is described by " strong.break { (host) } "." }
        }
    }
}

fn warnings(consent: &Consent) -> Vec<&'static str> {
    let mut warnings = Vec::new();
    if consent.self_registered {
        warnings.push("This program registered itself and chose its own name. Allow it only if you have just started it yourself.");
    }
    if consent.makes_key.is_none() && !matches!(consent.goes_to, Destination::Web(_)) {
        warnings.push("Any program on this computer could be asking. Allow it only if you have just started it yourself.");
    }
    warnings
}

fn scopes(consent: &Consent, before: bool) -> Markup {
    html! {
        details.more open[!before] {
            summary { "What it will be able to do" }
            @if consent.everything { p { strong { "Everything that you may do yourself." } } }
            @else {
                @for group in &consent.groups { (lines(group)) }
            }
            p.small.faint { "Never more than your role allows, whatever it asks for." }
        }
    }
}

fn lines(group: &Group) -> Markup {
    let mut name = group.name.replace('_', " ");
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    html! {
        h2 { (name) }
        ul { @for line in &group.lines { li { (line) } } }
    }
}

/// Which organisation; where there is one only, it is said.
fn places(places: &[OrganizationChoice]) -> Markup {
    let words =
        |place: &OrganizationChoice| format!("{} ({})", place.org.name, place.role.word().replace('_', "-"));
    match places {
        [one] => html! {
            p { "In " strong.break { (one.org.name) } ", where you are " (one.role.word().replace('_', "-")) "." }
            (view::hidden("organization_id", &one.org.id.to_string()))
        },
        several => {
            let chosen = several.iter().find(|place| place.current).map(|place| place.org.id.to_string());
            let choices: Vec<(String, String)> =
                several.iter().map(|place| (place.org.id.to_string(), words(place))).collect();
            view::select("organization_id", "In which organization", &chosen.unwrap_or_default(), &choices)
        }
    }
}
