//! Who looks at a page.

use crate::{PageError, cookie, view};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use g8_core::{
    Args, Audience, Backend, Caller, Credential, Done, Entry, EntryBackend, Incoming, Operation, Origin,
    Paging, Spec,
};
use g8_domain::{ErrorKind, Result, Scope, record::User};
use g8_doors::http::{HttpState, download, is_https, note_quota, request_origin};
use g8_identity::people::Signed;
use g8_signals::notification;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::{convert::Infallible, net::IpAddr};
use subtle::ConstantTimeEq;

/// Somebody who is not signed in, or about whom it does not matter.
pub struct Anonymous {
    pub site: HttpState,
    pub origin: Origin,
    /// Whether the browser speaks HTTPS with us.
    pub secure: bool,
}

impl FromRequestParts<HttpState> for Anonymous {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &HttpState) -> Result<Self, Infallible> {
        let origin = request_origin(site, parts, "console");
        Ok(Self { site: site.clone(), origin, secure: is_https(parts) })
    }
}

impl Anonymous {
    /// Lets the browser in: it gets the session's cookie, and goes on to a page of ours.
    pub fn start_session(&self, signed: &Signed, next: Option<&str>) -> Response {
        let mut response = Redirect::to(local(next).unwrap_or("/")).into_response();
        cookie::set(response.headers_mut(), self.secure, Some(&signed.token));
        response
    }

    /// Sends the browser to the front door without a session.
    pub fn clear_session(&self) -> Response {
        let mut response = Redirect::to("/sign-in").into_response();
        cookie::set(response.headers_mut(), self.secure, None);
        response
    }
}

/// A path of ours, and nothing that a browser could take for another site.
pub fn local(next: Option<&str>) -> Option<&str> {
    next.filter(|path| {
        path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n', '\t'])
    })
}

/// Somebody who is signed in.
pub struct CurrentUser {
    pub anonymous: Anonymous,
    entry: Entry,
    /// Where they are: the navigation shows it.
    pub path: String,
    /// Whether only a part of the page is asked for.
    pub partial: bool,
    /// How many notifications they have not read.
    pub unread: i64,
}

impl CurrentUser {
    /// How they were let in.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }
}

impl FromRequestParts<HttpState> for CurrentUser {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &HttpState) -> Result<Self, Response> {
        let Ok(anonymous) = Anonymous::from_request_parts(parts, site).await;
        let Some(token) = cookie::shown(parts) else { return Err(front_door(parts)) };
        let shown = format!("Bearer {token}");
        let credential = Credential {
            authorization: Some(shown.as_bytes()),
            audience: Audience::Console,
            address: anonymous.origin.address.as_deref().and_then(|text| text.parse::<IpAddr>().ok()),
            ..Credential::default()
        };
        match site.app.enter(credential).await {
            Ok(entry) => {
                note_quota(&parts.extensions, entry.quota());
                let user = Self {
                    anonymous,
                    entry,
                    path: parts.uri.path().to_owned(),
                    partial: parts.headers.contains_key("hx-request"),
                    unread: 0,
                };
                let unread = user.count_unread().await;
                Ok(Self { unread, ..user })
            }
            Err(error) if error.kind == ErrorKind::Unauthorized => Err(front_door(parts)),
            Err(error) => Err(PageError::from(error).into_response()),
        }
    }
}

/// To the sign-in page, and back here afterwards. A part of a page cannot be redirected; the page goes instead.
fn front_door(parts: &Parts) -> Response {
    let here = match parts.method {
        axum::http::Method::GET => parts.uri.path_and_query().map_or("/", |path| path.as_str()),
        _ => "/",
    };
    let to = format!("/sign-in?next={}", utf8_percent_encode(here, NON_ALPHANUMERIC));
    if parts.headers.contains_key("hx-request") {
        let mut headers = HeaderMap::new();
        if let Ok(to) = "/sign-in".parse() {
            headers.insert("hx-redirect", to);
        }
        return headers.into_response();
    }
    let mut response = Redirect::to(&to).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, view::NO_STORE);
    response
}

impl CurrentUser {
    /// Who it is, for whom, and what they may do.
    pub fn caller(&self) -> &Caller {
        self.entry.caller()
    }

    /// The person.
    pub fn person(&self) -> Option<&User> {
        self.caller().user.as_ref()
    }

    /// Whether a button for this makes sense.
    pub fn may(&self, scope: Scope) -> bool {
        self.caller().allows(scope)
    }

    /// How much there is to read; nothing is said where it cannot be found out.
    async fn count_unread(&self) -> i64 {
        if self.partial || !self.may(Scope::NOTIFICATIONS_READ) {
            return 0;
        }
        let paging = Paging { limit: Some(1), ..Paging::default() };
        let unread = self
            .call::<notification::ListNotifications>(notification::Input { unread: Some(true), paging })
            .await;
        unread.map_or(0, |page| page.pagination.total)
    }

    /// What every form of theirs carries.
    pub fn csrf(&self) -> String {
        let mac = self.anonymous.site.app.pepper.mac("form", self.caller().key.id.as_bytes());
        hex::encode(&mac[..16])
    }

    pub(crate) fn carries(&self, token: &str) -> bool {
        self.csrf().as_bytes().ct_eq(token.as_bytes()).into()
    }

    /// Calls an operation on a typed input.
    pub async fn call<O: Operation>(&self, input: O::Input) -> Result<O::Output, PageError> {
        let args = match serde_json::to_value(input).map_err(g8_domain::Error::internal)? {
            serde_json::Value::Object(args) => args,
            _ => Args::new(),
        };
        self.send::<O>(args).await
    }

    /// Calls an operation on arguments by name.
    pub async fn send<O: Operation>(&self, args: Args) -> Result<O::Output, PageError> {
        Ok(self.act(&O::SPEC, args, None).await?.read()?)
    }

    /// Calls an operation that takes a file.
    pub async fn send_file<O: Operation>(&self, args: Args, file: Incoming) -> Result<O::Output, PageError> {
        Ok(self.act(&O::SPEC, args, Some(file)).await?.read()?)
    }

    /// Calls an operation that gives a file, for the browser to save.
    pub async fn download<O: Operation>(&self, args: Args) -> Result<Response, PageError> {
        Ok(download(self.act(&O::SPEC, args, None).await?.file()?))
    }

    async fn act(&self, spec: &'static Spec, args: Args, file: Option<Incoming>) -> Result<Done, PageError> {
        let (app, entry, origin) =
            (self.anonymous.site.app.clone(), self.entry.clone(), self.anonymous.origin.clone());
        Ok(EntryBackend { app, entry, origin }.act(spec, args, file).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(local(Some("/contacts?x=1")), Some("/contacts?x=1"));
        for bad in
            ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "", "/\t/evil.example"]
        {
            assert_eq!(local(Some(bad)), None, "{bad}");
        }
    }
}
