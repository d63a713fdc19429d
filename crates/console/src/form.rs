//! What a form sends.

use crate::{CurrentUser, PageError};
use axum::{
    body::to_bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use g8_core::{Args, Operation, Shape};
use g8_domain::{Error, ErrorKind};
use g8_doors::http::HttpState;
use serde_json::Value;
use url::form_urlencoded;

/// Fields in the order in which they were sent.
#[derive(Debug, Default, Clone)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads them from a body or a query string.
    pub fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// A field's text, without blanks around it; none for one that was left empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// A field's text as it was typed: a password.
    pub fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// Every value of a field that may come several times.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0
            .iter()
            .filter(|(field, value)| field == name && !value.is_empty())
            .map(|(_, value)| value.clone())
            .collect()
    }

    /// Fields made of what is stored, for a form that changes it.
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, Option<String>)>) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.to_owned(), value.unwrap_or_default())).collect())
    }

    /// Adds what came one by one.
    pub fn push(&mut self, name: String, value: String) {
        self.0.push((name, value));
    }

    /// The query string without a field.
    pub fn without(&self, name: &str) -> String {
        let kept = self.0.iter().filter(|(field, value)| field != name && !value.is_empty());
        form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish()
    }

    /// The query string with a field set.
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut text = form_urlencoded::Serializer::new(self.without(name));
        text.append_pair(name, value).finish()
    }

    /// Those of the fields that an operation takes, as its schema reads them; fields left empty are not given.
    pub fn args<O: Operation>(&self) -> Args {
        self.read::<O>(false)
    }

    /// The same, but a field left empty says that the value is to go.
    pub fn changes<O: Operation>(&self) -> Args {
        self.read::<O>(true)
    }

    fn read<O: Operation>(&self, clear: bool) -> Args {
        let shape = Shape::of::<O::Input>();
        let mut args = Args::new();
        for (name, _) in shape.fields() {
            let values = self.all(name);
            let is_list = shape.value(name, "x").is_array();
            let value = match values.as_slice() {
                _ if is_list && !values.is_empty() => Value::from(values),
                [] if clear && self.0.iter().any(|(field, _)| field == name) => Value::Null,
                [] => continue,
                [value, ..] => shape.value(name, value.trim()),
            };
            args.insert(name.to_owned(), value);
        }
        args
    }
}

impl FromRequest<HttpState> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, site: &HttpState) -> Result<Self, Response> {
        let body = to_bytes(request.into_body(), site.body_limit).await;
        let too_large = |_| Error::new(ErrorKind::TooLarge, "The form is too large.");
        Ok(Self::parse(&body.map_err(too_large).map_err(|error| PageError::from(error).into_response())?))
    }
}

/// What stands behind the question mark.
pub struct Query(pub Fields);

impl FromRequestParts<HttpState> for Query {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &HttpState) -> Result<Self, Self::Rejection> {
        Ok(Self(Fields::parse(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}

/// Arguments of an operation from texts by name, as its schema reads them.
pub fn named<O: Operation>(pairs: &[(&str, &str)]) -> Args {
    let shape = Shape::of::<O::Input>();
    pairs.iter().map(|(name, text)| ((*name).to_owned(), shape.value(name, text))).collect()
}

/// A form that somebody who is signed in has sent from a page of theirs.
pub struct Posted {
    pub user: CurrentUser,
    pub fields: Fields,
}

impl FromRequest<HttpState> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, site: &HttpState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let user = CurrentUser::from_request_parts(&mut parts, site).await?;
        let fields = Fields::from_request(Request::from_parts(parts, body), site).await?;
        if !user.carries(fields.raw("csrf")) {
            return Err(not_ours().into_response());
        }
        Ok(Self { user, fields })
    }
}

/// What a form without its token is told.
pub fn not_ours() -> PageError {
    let message = "The page was too old, or not ours; load it again and repeat what you did.";
    Error::new(ErrorKind::Forbidden, message).into()
}
