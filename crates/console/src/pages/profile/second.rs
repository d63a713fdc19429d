//! Setting the second factor up.

use super::account::again;
use crate::{CurrentUser, PageError, Posted, view};
use axum::response::{IntoResponse, Redirect, Response};
use g8_domain::Error;
use g8_identity::people::{begin_second, confirm_second, end_second};
use maud::{Markup, PreEscaped, html};
use qrcode::{QrCode, render::svg};

pub async fn show(user: CurrentUser) -> Result<Markup, PageError> {
    page(&user, None).await
}

async fn page(user: &CurrentUser, fault: Option<&PageError>) -> Result<Markup, PageError> {
    let totp = begin_second(&user.anonymous.site.app, user.caller()).await?;
    Ok(view::page(
        user,
        "Second factor",
        &html! {
            div.head { h1 { "Set up a second factor" } }
            @if let Some(fault) = fault { (fault.notice()) }
            div.card.stack {
                p { "Point your authenticator at the picture, or type the secret into it." }
                div.qr role="img" aria-label="The picture for your authenticator" { (picture(&totp.address())?) }
                (view::copyable("secret", &totp.secret(), "Secret"))
                form method="post" action="/profile/second-factor" {
                    (view::csrf(user))
                    (view::text_field(view::Input {
                        name: "code", label: "The code it shows", required: true, autocomplete: "one-time-code",
                        ..Default::default()
                    }))
                    button type="submit" { "Turn it on" }
                }
            }
        },
    ))
}

fn picture(address: &str) -> Result<Markup, PageError> {
    let code = QrCode::new(address).map_err(Error::internal)?;
    let picture = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    // Ours: squares, and nothing of what anybody typed.
    Ok(PreEscaped(picture.split_once("?>").map_or(picture.clone(), |(_, svg)| svg.to_owned())))
}

pub async fn confirm(posted: Posted) -> Response {
    let user = &posted.user;
    let code = posted.fields.get("code").unwrap_or_default();
    match confirm_second(&user.anonymous.site.app, user.caller(), code, &user.anonymous.origin).await {
        Ok(codes) => done(user, &codes).into_response(),
        Err(error) => {
            let fault = PageError::from(error);
            match page(user, Some(&fault)).await {
                Ok(page) => (fault.status(), page).into_response(),
                Err(worse) => worse.into_response(),
            }
        }
    }
}

fn done(user: &CurrentUser, codes: &[String]) -> Markup {
    view::page(
        user,
        "Recovery codes",
        &html! {
            div.head { h1 { "The second factor is on" } }
            div.card {
                div.notice.warn { "Keep these codes where your telephone is not. Each replaces it once; they are not shown again." }
                (view::copyable("codes", &codes.join("\n"), "Recovery codes"))
                a.button href="/profile" { "I have kept them" }
            }
        },
    )
}

pub async fn off(posted: Posted) -> Response {
    let (user, anonymous) = (&posted.user, &posted.user.anonymous);
    let done =
        end_second(&anonymous.site.app, user.caller(), posted.fields.raw("password"), &anonymous.origin);
    match done.await {
        Ok(()) => Redirect::to("/profile").into_response(),
        Err(error) => again(user, error.into()).await,
    }
}
