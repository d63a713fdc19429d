//! What people should know.

use crate::{CurrentUser, Fields, PageError, Posted, Query, view};
use axum::{
    Router,
    extract::Path,
    response::Redirect,
    routing::{get, post},
};
use g8_domain::{Page, Scope};
use g8_doors::http::HttpState;
use g8_signals::notification::{ListNotifications, NotificationView, ReadNotifications};
use maud::{Markup, html};

const PATH: &str = "/notifications";

pub fn routes() -> Router<HttpState> {
    Router::new().route(PATH, get(show)).route("/notifications/{notification_id}/read", post(read))
}

async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    let news = user.send::<ListNotifications>(query.args::<ListNotifications>()).await?;
    Ok(view::page(
        &user,
        "Notifications",
        &html! {
            div.head { h1 { "Notifications" } p.sub { "What this server wants you to know." } }
            (tabs(&query))
            @if news.data.is_empty() {
                div.card.empty { h2 { "Nothing to read" } p.faint { "You are told here when a webhook is paused, for instance." } }
            } @else {
                (cards(&user, &news))
                (view::pager(PATH, &query, news.pagination.next_cursor.as_deref()))
            }
        },
    ))
}

fn tabs(query: &Fields) -> Markup {
    let unread = query.get("unread") == Some("true");
    html! {
        nav.tabs aria-label="Which notifications" {
            a href=(PATH) aria-current=[(!unread).then_some("true")] { "All" }
            a href={ (PATH) "?unread=true" } aria-current=[unread.then_some("true")] { "Unread" }
        }
    }
}

fn cards(user: &CurrentUser, news: &Page<NotificationView>) -> Markup {
    let may = user.may(Scope::NOTIFICATIONS_WRITE);
    html! {
        @for one in &news.data {
            article.card {
                div.row.between {
                    h2 { (one.subject) }
                    @if one.read_at.is_none() { (view::tag("New", "warn")) }
                }
                p.break { (one.text) }
                div.row.between {
                    span.small.faint { (view::when(one.created_at)) }
                    @if may && one.read_at.is_none() {
                        form method="post" action={ (PATH) "/" (one.id) "/read" } {
                            (view::csrf(user))
                            button.plain.small type="submit" aria-label={ "Mark as read: " (one.subject) } { "Mark as read" }
                        }
                    }
                }
            }
        }
    }
}

async fn read(Path(id): Path<String>, posted: Posted) -> Result<Redirect, PageError> {
    let args = [("notification_id".to_owned(), id.into())].into_iter().collect();
    posted.user.send::<ReadNotifications>(args).await?;
    Ok(Redirect::to(PATH))
}
