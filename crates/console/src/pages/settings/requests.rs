//! The log of requests.

use crate::{CurrentUser, Fields, PageError, Query, view};
use g8_domain::Page;
use g8_identity::log::{ListRequests, RequestView};
use maud::{Markup, html};

const PATH: &str = "/settings/requests";

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    let (fault, requests) = match user.send::<ListRequests>(query.args::<ListRequests>()).await {
        Ok(requests) => (None, Some(requests)),
        // What cannot be searched for is said above the search; what may not be seen is not.
        Err(fault) if fault.status().as_u16() == 400 => (Some(fault), None),
        Err(fault) => return Err(fault),
    };
    Ok(view::page(
        &user,
        "Requests",
        &html! {
            div.head {
                h1 { "Requests" }
                p.sub { "What programs and assistants have asked for in the last 7 days. Bodies are not kept." }
            }
            @if let Some(fault) = fault { (fault.notice()) }
            (search(&query))
            @if let Some(requests) = requests {
                @if requests.data.is_empty() { (nothing(&user, &query)) } @else {
                    (table(&requests))
                    (view::pager(PATH, &query, requests.pagination.next_cursor.as_deref()))
                }
            }
        },
    ))
}

fn search(query: &Fields) -> Markup {
    html! {
        form.search method="get" action=(PATH) role="search" aria-label="Requests" {
            (view::text_field(view::Input {
                name: "request_id", label: "Request id", value: query.get("request_id").unwrap_or_default(),
                autocomplete: "off", ..Default::default()
            }))
            (view::select("status", "Answer", query.get("status").unwrap_or_default(), &classes()))
            button type="submit" { "Search" }
        }
    }
}

fn classes() -> Vec<(String, String)> {
    let classes = [
        ("", "Any"),
        ("2xx", "2xx: done"),
        ("4xx", "4xx: refused"),
        ("429", "429: over the limit"),
        ("5xx", "5xx: failed"),
    ];
    classes.into_iter().map(|(value, words)| (value.to_owned(), words.to_owned())).collect()
}

fn nothing(user: &CurrentUser, query: &Fields) -> Markup {
    if ["request_id", "status", "cursor", "api_key_id"].iter().any(|field| query.get(field).is_some()) {
        return html! { div.card.empty { h2 { "Nothing found" } p.faint { "No request of the last 7 days is like that." } } };
    }
    view::empty("No requests yet", &html! { "Make the first one:" }, &view::curl(user, "GET", "/me", None))
}

fn table(requests: &Page<RequestView>) -> Markup {
    html! {
        div.card.sheet {
            table {
                thead {
                    tr {
                        th { "Time" } th { "Request" } th { "Answer" } th.num { "Took" } th { "Key" } th { "Request id" }
                    }
                }
                tbody { @for request in &requests.data { (row(request)) } }
            }
        }
    }
}

fn row(request: &RequestView) -> Markup {
    let key = request.api_key_name.as_deref().unwrap_or("—");
    html! {
        tr {
            td data-label="Time" { (view::when(request.timestamp)) }
            td data-label="Request" { code.break { (request.method) " " (request.path) } }
            td data-label="Answer" { (view::tag(&request.status.to_string(), class(request.status))) }
            td.num data-label="Took" { (took(request.duration_ms)) }
            td.keep data-label="Key" {
                div { (key) @if request.door == "mcp" { " " (view::tag("assistant", "")) } }
            }
            td data-label="Request id" { code.small.break { (request.request_id) } }
        }
    }
}

fn class(status: i64) -> &'static str {
    match status {
        200..=399 => "good",
        400..=499 => "warn",
        _ => "bad",
    }
}

fn took(ms: f64) -> String {
    if ms < 1.0 { "< 1 ms".to_owned() } else { format!("{ms:.0} ms") }
}
