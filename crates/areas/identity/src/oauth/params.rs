//! The parameters of a request, in the query or in a form.

use super::OauthError;
use url::form_urlencoded;

/// Most parameters of a request, and most bytes of one; clients put 400 and more into `state`.
const MOST: usize = 40;
const LONGEST: usize = 4096;

/// What was sent, each name once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// Reads a query string or a form. Only `resource` may be there twice (RFC 8707).
    ///
    /// # Errors
    /// Too much, or a name twice.
    pub fn read(text: &[u8]) -> Result<Self, OauthError> {
        Self::of(form_urlencoded::parse(text).into_owned().take(MOST + 1).collect())
    }

    /// Takes pairs that were read elsewhere.
    ///
    /// # Errors
    /// Too much, or a name twice.
    pub fn of(pairs: Vec<(String, String)>) -> Result<Self, OauthError> {
        if pairs.len() > MOST || pairs.iter().any(|(name, value)| name.len() + value.len() > LONGEST) {
            return Err(OauthError::request("The request is too long."));
        }
        for (at, (name, _)) in pairs.iter().enumerate() {
            if name != "resource" && pairs[..at].iter().any(|(before, _)| before == name) {
                // The name is the sender's own; it is not repeated to anybody.
                return Err(OauthError::request("A parameter is there twice."));
            }
        }
        Ok(Self(pairs))
    }

    /// A parameter; one without a value counts as none (RFC 6749 §3.1).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(given, value)| given == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    /// A parameter that must be there.
    pub(super) fn require(&self, name: &'static str) -> Result<&str, OauthError> {
        self.get(name).ok_or_else(|| OauthError::request(format!("The parameter {name} is missing.")))
    }

    /// Every value of a parameter.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let values = self.0.iter().filter(move |(given, value)| given == name && !value.is_empty());
        values.map(|(_, value)| value.as_str())
    }

    /// All of them, to be sent once more.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}
