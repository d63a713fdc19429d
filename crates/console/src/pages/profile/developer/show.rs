//! One's own keys, and what is connected.

use super::{assistants, setup};
use crate::{CurrentUser, PageError, Query, pages::settings::api::list::table, view};
use g8_domain::Scope;
use g8_identity::key::ListKeys;
use maud::{Markup, html};

const SAMPLE: &str = r#"{"name": "My laptop", "kind": "personal"}"#;

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    let mut args = query.args::<ListKeys>();
    args.insert("mine".to_owned(), true.into());
    let keys = user.send::<ListKeys>(args).await?;
    let assistants = assistants::card(&user).await?;
    Ok(view::page(
        &user,
        "Developer",
        &html! {
            div.head {
                h1 { "Developer" }
                @if user.may(Scope::PROFILE_WRITE) {
                    a.button href="/settings/api/new?kind=personal" { "Create personal key" }
                }
                p.sub { "Keys and assistants that act as you. They may never do more than you may." }
            }
            h2 { "Personal keys" }
            @if keys.data.is_empty() {
                (view::empty("No keys of your own yet", &html! { "Create the first one here, or with a personal key:" },
                    &view::curl(&user, "POST", "/api-keys", Some(SAMPLE))))
            } @else {
                (table(&user, &keys))
                (view::pager("/profile/developer", &query, keys.pagination.next_cursor.as_deref()))
            }
            (assistants)
            (setup::card(&user))
        },
    ))
}
