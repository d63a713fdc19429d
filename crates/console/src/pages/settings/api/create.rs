//! A new key.

use super::secret;
use crate::{CurrentUser, Fields, PageError, Posted, Query, view};
use axum::response::{IntoResponse, Response};
use g8_domain::{
    Error, Scope, Scopes,
    scope::{PRESETS, all},
};
use g8_identity::key::CreateKey;
use maud::{Markup, html};

pub async fn show(user: CurrentUser, Query(asked): Query) -> Result<Markup, PageError> {
    user.caller().require(&[Scope::API_KEYS_WRITE, Scope::PROFILE_WRITE])?;
    Ok(form(&user, &asked, None))
}

fn form(user: &CurrentUser, asked: &Fields, fault: Option<&PageError>) -> Markup {
    view::page(
        user,
        "Create API key",
        &html! {
            div.head { h1 { "Create API key" } }
            @if let Some(fault) = fault { (fault.notice()) }
            form.card method="post" action="/settings/api/new" {
                (view::csrf(user))
                (view::text_field(view::Input {
                    name: "name", label: "Name", value: asked.get("name").unwrap_or_default(), required: true,
                    hint: "What will use it: “CRM sync”, “Internal dashboard”.", ..Default::default()
                }))
                @if user.may(Scope::API_KEYS_WRITE) {
                    (view::select("kind", "Whose key", asked.get("kind").unwrap_or("org"), &[
                        ("org".to_owned(), "The organization's: for shared integrations".to_owned()),
                        ("personal".to_owned(), "Mine: for my own tools and assistants".to_owned()),
                    ]))
                } @else { (view::hidden("kind", "personal")) }
                (scopes(user, &asked.all("scopes")))
                div.grid {
                    (view::select("expires_in_days", "Expires", asked.get("expires_in_days").unwrap_or_default(), &days()))
                    (view::select("plan", "Rate limit", asked.get("plan").unwrap_or_default(), &plans(user)))
                }
                button type="submit" { "Generate" }
            }
        },
    )
}

/// Areas first; single scopes for who wants less. Only what the person may do is offered.
fn scopes(user: &CurrentUser, ticked: &[String]) -> Markup {
    let may = |names: &[&str]| {
        Scopes::parse(names).is_ok_and(|wanted| user.caller().scopes.lacking(&wanted).is_empty())
    };
    let on = |name: &str| ticked.iter().any(|one| one == name);
    html! {
        fieldset {
            legend { "Areas" }
            @for (area, _) in PRESETS.iter().filter(|(_, names)| may(names)) {
                (view::checked_box("scopes", area, &area_words(area), on(area)))
            }
        }
        details.more.field {
            summary { "Single scopes" }
            fieldset {
                legend { "Scopes" }
                div.grid {
                    @for (scope, about) in all().into_iter().filter(|(scope, _)| user.may(*scope)) {
                        (view::checked_box("scopes", scope.0, &html! { code { (scope.0) } br; span.small.faint { (about) } }, on(scope.0)))
                    }
                }
            }
        }
    }
}

fn area_words(area: &str) -> Markup {
    let (name, about) = match area {
        "contacts" => ("Contacts", "read and write contact records"),
        "companies" => ("Companies", "read and write company records"),
        "lists" => ("Lists", "read and write lists and audiences"),
        "pipeline" => ("Pipeline", "read and write deals and stages"),
        "sequences" => ("Sequences", "read and write sequences and enrolment"),
        "analytics" => ("Analytics", "read analytics data"),
        "full_access" => ("Full access", "unrestricted, to everything there is and will be"),
        other => (other, ""),
    };
    html! { strong { (name) } " — " (about) }
}

fn days() -> Vec<(String, String)> {
    let choice = |days: i64| (days.to_string(), format!("in {days} days"));
    let mut choices = vec![(String::new(), "never".to_owned())];
    choices.extend([7, 30, 90, 180, 365].map(choice));
    choices
}

fn plans(user: &CurrentUser) -> Vec<(String, String)> {
    let plans = &user.anonymous.site.app.config.plans;
    let mut choices = vec![(String::new(), format!("the organization's ({})", user.caller().org.plan))];
    choices.extend(plans.0.keys().map(|name| (name.clone(), name.clone())));
    choices
}

pub async fn submit(posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let made = if fields.all("scopes").is_empty() {
        Err(Error::field("scopes", "must be chosen: an area, or single scopes").into())
    } else {
        user.send::<CreateKey>(fields.args::<CreateKey>()).await
    };
    match made {
        Ok(made) => secret::page(user, &made).into_response(),
        Err(fault) => (fault.status(), form(user, fields, Some(&fault))).into_response(),
    }
}
