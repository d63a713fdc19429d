//! What programs ask first (RFC 8414).

use super::offered;
use g8_core::App;
use serde_json::{Value, json};

/// The authorization server's description of itself. The issuer is the public address, byte for byte.
#[must_use]
pub fn metadata(app: &App) -> Value {
    let issuer = app.public_url();
    let at = |path: &str| format!("{issuer}/oauth/{path}");
    let methods = ["none", "client_secret_basic", "client_secret_post"];
    json!({
        "issuer": issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "registration_endpoint": at("register"),
        "revocation_endpoint": at("revoke"),
        "scopes_supported": offered(),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": methods,
        "revocation_endpoint_auth_methods_supported": methods,
        "authorization_response_iss_parameter_supported": true,
        "client_id_metadata_document_supported": true,
    })
}
