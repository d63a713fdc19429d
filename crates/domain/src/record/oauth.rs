//! Programs that people let in, without their secrets.

use super::words;
use crate::{Scopes, Ts};
use uuid::Uuid;

words! {
    /// How a program is known.
    ClientKind {
        /// It is part of the product.
        Own = "own",
        /// It has registered itself.
        Registered = "registered",
        /// It describes itself at an address of its own.
        Document = "document",
    }
}

words! {
    /// How a program proves itself where it exchanges codes.
    ClientAuth {
        /// It has no secret.
        None = "none",
        /// By a secret, in the `Authorization` header.
        Basic = "client_secret_basic",
        /// By a secret, in the body.
        Post = "client_secret_post",
    }
}

words! {
    /// What a token is for.
    TokenKind {
        /// The tools.
        Access = "access",
        /// New tokens.
        Refresh = "refresh",
    }
}

/// A program.
#[derive(Debug, Clone, PartialEq)]
pub struct OauthClient {
    /// As the program shows it.
    pub id: String,
    pub kind: ClientKind,
    /// As it names itself.
    pub name: String,
    pub redirect_uris: Vec<String>,
    pub auth: ClientAuth,
    /// Keyed hash of its secret.
    pub secret_digest: Option<Vec<u8>>,
    pub created_at: Ts,
    pub used_at: Ts,
    /// Until when its description need not be fetched again.
    pub fresh_until: Option<Ts>,
}

/// What a person has allowed, until the program fetches it.
#[derive(Debug, Clone, PartialEq)]
pub struct OauthCode {
    /// Keyed hash of the code.
    pub digest: Vec<u8>,
    pub client_id: String,
    pub org_id: Uuid,
    pub user_id: Uuid,
    pub redirect_uri: String,
    /// The hash of what the program must show (RFC 7636, S256).
    pub challenge: String,
    /// What the tokens will be for.
    pub resource: String,
    pub scopes: Scopes,
    /// What the assistant, or the key that is made, will be called.
    pub name: String,
    pub created_at: Ts,
    pub expires_at: Ts,
    pub used_at: Option<Ts>,
    /// What came of it.
    pub grant_id: Option<Uuid>,
}

/// A token, with what is known of its grant.
#[derive(Debug, Clone, PartialEq)]
pub struct OauthToken {
    /// Keyed hash of the token.
    pub digest: Vec<u8>,
    pub org_id: Uuid,
    pub grant_id: Uuid,
    pub kind: TokenKind,
    pub scopes: Scopes,
    pub expires_at: Ts,
    /// When a refresh token was exchanged.
    pub used_at: Option<Ts>,
    pub client_id: String,
    pub resource: String,
}

/// A program that a person has let in, and whoever that person is.
#[derive(Debug, Clone, PartialEq)]
pub struct Assistant {
    pub id: Uuid,
    pub org_id: Uuid,
    pub user_id: Uuid,
    pub user_name: String,
    pub user_email: String,
    pub name: String,
    pub client_id: String,
    pub redirect_host: String,
    pub scopes: Scopes,
    pub created_at: Ts,
    pub last_used_at: Option<Ts>,
    pub expires_at: Option<Ts>,
}
