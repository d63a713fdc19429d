//! Each request of somebody who was let in is noted in their organisation's log, whatever became of it.

use super::HttpState;
use axum::{
    extract::{MatchedPath, OriginalUri},
    http::{StatusCode, request::Parts},
};
use g8_core::{Answered, App, Entry, Origin};
use g8_domain::Ts;

/// A request that is being answered. It is noted when this is dropped: after a panic as well.
pub struct Noting {
    app: App,
    entry: Entry,
    origin: Origin,
    method: &'static str,
    path: String,
    begun: Ts,
    status: StatusCode,
}

impl Noting {
    /// Begins to answer.
    pub fn begin(
        site: &HttpState,
        parts: &Parts,
        entry: &Entry,
        (origin, method): (&Origin, &'static str),
    ) -> Self {
        Self {
            app: site.app.clone(),
            entry: entry.clone(),
            origin: Origin { request_id: origin.request_id.clone(), door: origin.door, ..Origin::default() },
            method,
            path: shown(parts),
            begun: site.app.clock.now(),
            status: StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// It was answered so.
    pub fn end(mut self, status: StatusCode) {
        self.status = status;
    }
}

impl Drop for Noting {
    fn drop(&mut self) {
        let answered = Answered {
            method: self.method,
            path: std::mem::take(&mut self.path),
            status: self.status.as_u16(),
            begun: self.begun,
        };
        self.app.note_request(self.entry.caller(), &self.origin, answered);
    }
}

/// The path's pattern, with the ids that stand in it: anything else there may be somebody's own.
fn shown(parts: &Parts) -> String {
    let pattern = parts.extensions.get::<MatchedPath>().map_or("-", MatchedPath::as_str);
    let asked = parts.extensions.get::<OriginalUri>().map_or(parts.uri.path(), |uri| uri.path());
    filled(pattern, asked)
}

fn filled(pattern: &str, asked: &str) -> String {
    let mut parts = asked.split('/');
    let mut shown = String::with_capacity(asked.len());
    for (place, name) in pattern.split('/').enumerate() {
        let part = parts.next().unwrap_or_default();
        if place > 0 {
            shown.push('/');
        }
        shown.push_str(if name.starts_with('{') && is_id(part) { part } else { name });
    }
    shown
}

/// A number or a UUID.
fn is_id(text: &str) -> bool {
    let number = text.len() < 20 && text.bytes().all(|byte| byte.is_ascii_digit());
    let uuid = text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    !text.is_empty() && (number || uuid)
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn ids_are_shown_and_nothing_else_that_was_asked_for() {
        let id = "01980000-0000-7000-8000-000000000000";
        assert_eq!(filled("/api/v1/contacts/{contact_id}", "/api/v1/contacts/17"), "/api/v1/contacts/17");
        assert_eq!(
            filled("/v1/deals/{deal_id}/move", &format!("/v1/deals/{id}/move")),
            format!("/v1/deals/{id}/move")
        );
        for own in ["ann@example.com", "Ann%20Lee", "", "+4366412345678901234567890"] {
            assert_eq!(
                filled("/v1/contacts/{contact_id}", &format!("/v1/contacts/{own}")),
                "/v1/contacts/{contact_id}"
            );
        }
    }
}
