//! `GET /api-keys/scopes`

use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{
    Result,
    scope::{PRESETS, all},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List every scope there is.
pub struct ListScopes;

/// Nothing to say.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {}

/// Every scope and every area.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Vocabulary")]
pub struct ScopeVocabulary {
    /// Scopes, each a permission of its own; `resource:*` and `*` are wildcards
    pub scopes: Vec<NamedScope>,
    /// Areas: names for several scopes at once
    pub areas: Vec<ScopeArea>,
}

/// A scope and what it allows.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Named")]
pub struct NamedScope {
    /// As a key holds it
    pub scope: String,
    /// What it allows
    pub description: String,
}

/// An area and the scopes it stands for.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Area")]
pub struct ScopeArea {
    /// Its name
    pub area: String,
    /// The scopes it stands for
    pub scopes: Vec<String>,
}

impl Operation for ListScopes {
    const SPEC: Spec = Spec::for_any_key(Verb::Get, "/api-keys/scopes", "key.scopes")
        .about("List the scopes a key can have, and the areas that stand for several")
        .command(&["scopes"]);
    type Input = Input;
    type Output = ScopeVocabulary;

    async fn run(_: &Ctx, _: Input) -> Result<ScopeVocabulary> {
        let scope = |(scope, about): &(g8_domain::Scope, &str)| NamedScope {
            scope: scope.0.to_owned(),
            description: (*about).to_owned(),
        };
        let area = |(name, scopes): &(&str, &[&str])| ScopeArea {
            area: (*name).to_owned(),
            scopes: scopes.iter().map(ToString::to_string).collect(),
        };
        Ok(ScopeVocabulary {
            scopes: all().iter().map(scope).collect(),
            areas: PRESETS.iter().map(area).collect(),
        })
    }
}
