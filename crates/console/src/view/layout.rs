//! The frame around every page.

use crate::{CurrentUser, assets, view::csrf};
use g8_domain::Scope;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// A page of somebody who is signed in.
pub fn page(user: &CurrentUser, title: &str, body: &Markup) -> Markup {
    let body = html! {
        a.skip href="#main" { "Skip to the page" }
        div.frame {
            header.side {
                a.brand href="/" { img src=(assets::path("icon.svg")) alt=""; "g8" }
                (navigation(user))
                (who(user))
            }
            main #main tabindex="-1" { (body) }
        }
    };
    document(title, &body)
}

/// A page for who is not signed in.
pub fn outside(title: &str, body: &Markup) -> Markup {
    document(
        title,
        &html! {
            main.outside #main {
                a.brand href="/" { img src=(assets::path("icon.svg")) alt=""; "g8" }
                div.card { (body) }
            }
        },
    )
}

fn document(title: &str, body: &Markup) -> Markup {
    // htmx neither evaluates nor adds styles: the policy forbids both.
    let htmx =
        r#"{"allowEval":false,"includeIndicatorStyles":false,"allowScriptTags":false,"historyCacheSize":0}"#;
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="htmx-config" content=(htmx);
                title { (title) " · g8" }
                link rel="icon" href=(assets::path("icon.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(assets::path("app.css"));
                script src=(assets::path("htmx.min.js")) defer {}
                script src=(assets::path("app.js")) defer {}
            }
            body { (PreEscaped(&body.0)) }
        }
    }
}

/// Where one can go. A page that would only refuse is not shown.
fn navigation(user: &CurrentUser) -> Markup {
    let work: &[(&str, &str, Option<Scope>)] = &[
        ("/contacts", "Contacts", Some(Scope::CONTACTS_READ)),
        ("/companies", "Companies", Some(Scope::COMPANIES_READ)),
        ("/lists", "Lists", Some(Scope::LISTS_READ)),
        ("/deals", "Deals", Some(Scope::DEALS_READ)),
        ("/tasks", "Tasks", Some(Scope::TASKS_READ)),
        ("/imports", "Imports", Some(Scope::CONTACTS_WRITE)),
    ];
    let settings: &[(&str, &str, Option<Scope>)] = &[
        ("/settings/api", "API", Some(Scope::API_KEYS_READ)),
        ("/settings/webhooks", "Webhooks", Some(Scope::WEBHOOKS_READ)),
        ("/settings/requests", "Requests", Some(Scope::LOGS_READ)),
        ("/settings/usage", "Usage", None),
        ("/settings/members", "Members", Some(Scope::MEMBERS_READ)),
        ("/settings/audit", "Audit log", Some(Scope::AUDIT_READ)),
    ];
    let profile: &[(&str, &str, Option<Scope>)] =
        &[("/profile", "Account", None), ("/profile/developer", "Developer", None)];
    html! {
        nav.menu aria-label="Pages" {
            (group(user, None, work))
            (group(user, Some("Settings"), settings))
            (group(user, Some("Profile"), profile))
        }
    }
}

fn group(user: &CurrentUser, name: Option<&str>, pages: &[(&str, &str, Option<Scope>)]) -> Markup {
    let open = pages.iter().filter(|(_, _, scope)| scope.is_none_or(|scope| user.may(scope)));
    // The longest path that leads here: /profile is not where /profile/developer is.
    let here = |path: &str| user.path == path || user.path.starts_with(&format!("{path}/"));
    let longest =
        pages.iter().map(|(path, ..)| *path).filter(|path| here(path)).max_by_key(|path| path.len());
    html! {
        @if let Some(name) = name { div.group { (name) } }
        ul {
            @for (path, title, _) in open {
                li { a href=(path) aria-current=[(longest == Some(*path)).then_some("page")] { (title) } }
            }
        }
    }
}

fn who(user: &CurrentUser) -> Markup {
    let name = user.person().map_or("", |user| user.name.as_str());
    html! {
        div.who {
            (news(user))
            div { strong { (name) } }
            div.faint { a href="/profile/organizations" { (user.caller().org.name) } }
            form method="post" action="/sign-out" {
                (csrf(user))
                button.plain.small type="submit" { "Sign out" }
            }
        }
    }
}

/// What there is to read.
fn news(user: &CurrentUser) -> Markup {
    let here = (user.path == "/notifications").then_some("page");
    html! {
        @if user.may(Scope::NOTIFICATIONS_READ) {
            a.news href="/notifications" aria-current=[here] {
                "Notifications"
                @if user.unread > 0 { " " span.count { (user.unread) span.sr { " unread" } } }
            }
        }
    }
}
