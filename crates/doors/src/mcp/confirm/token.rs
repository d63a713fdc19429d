//! Tokens that confirm one call: by this caller, of this tool, with exactly these arguments.

use super::{CallerProvider, SECONDS};
use g8_core::{Args, Broken, Sealed};
use g8_domain::{Error, Ts};
use rmcp::{RoleServer, service::RequestContext};
use serde_json::Value;

/// What a confirmation is of.
pub struct Bound<'a> {
    pub caller: &'a str,
    pub tool: &'a str,
    pub args: String,
}

/// Why a confirmation is none.
pub enum ConfirmationError {
    /// Not made here, or for something else.
    Foreign,
    Late,
    /// It was used.
    Taken,
    /// Nobody can say whether it was used.
    Unknown(Error),
}

impl Bound<'_> {
    fn texts(&self) -> [&str; 3] {
        [self.caller, self.tool, &self.args]
    }

    /// A token for it.
    pub fn token<H: CallerProvider>(&self, host: &H) -> String {
        let until = host.now().plus(SECONDS * Ts::SECOND);
        host.seal().seal(Sealed { id: host.id(), until }, &self.texts())
    }

    /// Takes a token for it, once.
    pub async fn redeem<H: CallerProvider>(
        &self,
        host: &H,
        token: &str,
        context: &RequestContext<RoleServer>,
    ) -> Result<(), ConfirmationError> {
        let sealed = host.seal().open(token, &self.texts(), host.now()).map_err(|broken| match broken {
            Broken::Foreign => ConfirmationError::Foreign,
            Broken::Late => ConfirmationError::Late,
        })?;
        match host.take(&context.extensions, sealed).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(ConfirmationError::Taken),
            Err(error) => Err(ConfirmationError::Unknown(error)),
        }
    }
}

/// Arguments as one text, whatever the order of their fields.
pub fn canonical(args: &Args) -> String {
    sorted(Value::Object(args.clone())).to_string()
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<(String, Value)> =
                fields.into_iter().map(|(name, value)| (name, sorted(value))).collect();
            fields.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(fields.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}
