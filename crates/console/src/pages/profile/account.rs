//! The account: password, second factor, browsers.

use crate::{CurrentUser, PageError, Posted, view};
use axum::response::{IntoResponse, Redirect, Response};
use g8_identity::{
    people::{change_password as change, second_state, sign_out_everywhere},
    profile::{EndOwnSession, ListOwnSessions, ListOwnSessionsInput, SessionView},
};
use maud::{Markup, html};

pub async fn show(user: CurrentUser) -> Result<Markup, PageError> {
    page(&user, None).await
}

async fn page(user: &CurrentUser, fault: Option<&PageError>) -> Result<Markup, PageError> {
    let sessions = user.call::<ListOwnSessions>(ListOwnSessionsInput {}).await?;
    let second = second_state(&user.anonymous.site.app, user.caller()).await?;
    let person = user.person();
    Ok(view::page(
        user,
        "Account",
        &html! {
            div.head { h1 { "Account" } }
            @if let Some(fault) = fault { (fault.notice()) }
            div.card {
                (view::facts(&[
                    ("Name", html! { (person.map_or("", |person| &person.name)) }),
                    ("E-mail", html! { (person.map_or("", |person| &person.email)) }),
                    ("Role", html! { (user.caller().role.map_or("", view::role)) }),
                ]))
            }
            div.card {
                h2 { "Second factor" }
                @if second.0 {
                    p { (view::tag("on", "good")) (second.1) " recovery codes left." }
                    (view::asking(user, "/profile/second-factor/off", "Turn it off",
                        "From then on, your password alone opens your account.", &password("second-password")))
                } @else {
                    p { "A code of your telephone, asked for after your password." }
                    a.button.plain href="/profile/second-factor" { "Set it up" }
                }
            }
            (browsers(user, &sessions))
            div.card {
                h2 { "Password" }
                form method="post" action="/profile/password" {
                    (view::csrf(user))
                    (view::text_field(view::Input {
                        name: "old_password", label: "Old password", kind: "password", required: true,
                        autocomplete: "current-password", ..Default::default()
                    }))
                    (view::text_field(view::Input {
                        name: "new_password", label: "New password", kind: "password", required: true,
                        hint: "At least 8 characters. Your other browsers are signed out.",
                        autocomplete: "new-password", ..Default::default()
                    }))
                    button type="submit" { "Change the password" }
                }
            }
        },
    ))
}

fn password(id: &str) -> Markup {
    html! {
        div.field {
            label for=(id) { "Password" }
            input #(id) name="password" type="password" required autocomplete="current-password";
        }
    }
}

fn browsers(user: &CurrentUser, sessions: &[SessionView]) -> Markup {
    html! {
        div.card {
            h2 { "Browsers" }
            div.sheet {
                table {
                    thead { tr { th { "Browser" } th { "Signed in" } th { "Last used" } th { span.sr { "Actions" } } } }
                    tbody {
                        @for session in sessions {
                            tr {
                                td data-label="Browser" { (session.browser) }
                                td data-label="Signed in" { (view::when(session.created_at)) }
                                td data-label="Last used" { (view::when_or(session.last_used_at, "now")) }
                                td {
                                    @if session.current { (view::tag("this one", "good")) }
                                    @else {
                                        form method="post" action="/profile/sessions/end" {
                                            (view::csrf(user))
                                            (view::hidden("session_id", &session.id.to_string()))
                                            button.plain.small type="submit" { "Sign out" }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            form method="post" action="/profile/sessions/end-others" {
                (view::csrf(user))
                button.plain type="submit" { "Sign out everywhere else" }
                p.small.faint { "Your assistants are disconnected, too." }
            }
        }
    }
}

pub async fn change_password(posted: Posted) -> Response {
    let (user, fields) = (&posted.user, &posted.fields);
    let words = (fields.raw("old_password"), fields.raw("new_password"));
    match change(&user.anonymous.site.app, user.caller(), words, &user.anonymous.origin).await {
        Ok(()) => Redirect::to("/profile").into_response(),
        Err(error) => again(user, error.into()).await,
    }
}

/// The page with what was wrong.
pub(super) async fn again(user: &CurrentUser, fault: PageError) -> Response {
    match page(user, Some(&fault)).await {
        Ok(page) => (fault.status(), page).into_response(),
        Err(worse) => worse.into_response(),
    }
}

pub async fn end_session(posted: Posted) -> Response {
    let done = posted.user.send::<EndOwnSession>(posted.fields.args::<EndOwnSession>()).await;
    match done {
        Ok(_) => Redirect::to("/profile").into_response(),
        Err(fault) => again(&posted.user, fault).await,
    }
}

pub async fn end_others(posted: Posted) -> Result<Redirect, PageError> {
    let anonymous = &posted.user.anonymous;
    sign_out_everywhere(&anonymous.site.app, posted.user.caller(), &anonymous.origin).await?;
    Ok(Redirect::to("/profile"))
}
