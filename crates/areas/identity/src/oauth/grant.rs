//! What a program was let in to: a key of its own sort, and the tokens that open it.

use g8_auth::{Label, Token};
use g8_core::App;
use g8_domain::{
    Result, Scopes, Ts,
    record::{Key, KeyMode, OauthCode, TokenKind, Via},
};
use g8_storage::{
    Tx, oauth_grants,
    oauth_tokens::{self, NewToken},
};
use uuid::Uuid;

/// How long an access token works.
pub(super) const ACCESS: i64 = 60 * 60 * Ts::SECOND;
/// How long an assistant stays let in that nobody uses.
pub(super) const IDLE: i64 = 60 * Ts::DAY;

/// A person agreed.
pub(super) const ALLOWED: &str = "assistant.allow";
/// A program fetched what was agreed.
pub(super) const CONNECTED: &str = "assistant.connect";
/// A token came back that had been used: nobody can say who has it.
pub(super) const REUSED: &str = "assistant.end_reused";
/// The program gave it back.
pub(super) const RETURNED: &str = "assistant.disconnect";

/// A key that opens nothing by itself: tokens point to it.
pub(super) fn key(app: &App, code: &OauthCode) -> Key {
    let now = app.clock.now();
    let nobodys = app.entropy.with(|mut rng| Token::generate(Label::Access, &mut rng));
    Key {
        id: app.entropy.id(now),
        org_id: code.org_id,
        via: Via::Assistant,
        user_id: Some(code.user_id),
        name: code.name.clone(),
        mode: KeyMode::Live,
        key_prefix: nobodys.prefix().to_owned(),
        digest: nobodys.digest(&app.pepper).to_vec(),
        scopes: code.scopes.clone(),
        areas: Vec::new(),
        plan: None,
        created_at: now,
        expires_at: Some(now.plus(IDLE)),
        last_used_at: None,
        revoked_at: None,
    }
}

/// Makes a pair of tokens: the first of a grant, or those for a refresh token.
pub(super) async fn issue(
    app: &App,
    tx: &mut Tx,
    (org, grant): (Uuid, Uuid),
    (scopes, all): (&Scopes, &Scopes),
    parent: Option<Vec<u8>>,
) -> Result<(Token, Token)> {
    let now = app.clock.now();
    let (access, refresh) = app.entropy.with(|mut rng| {
        (Token::generate(Label::Access, &mut rng), Token::generate(Label::Refresh, &mut rng))
    });
    let made = [
        (&access, TokenKind::Access, scopes, ACCESS),
        // Who asks for less once may ask for all of it the next time (RFC 6749 §6).
        (&refresh, TokenKind::Refresh, all, IDLE),
    ];
    for (token, kind, scopes, life) in made {
        let new = NewToken {
            digest: token.digest(&app.pepper),
            of: (org, grant),
            kind,
            parent: parent.clone(),
            scopes,
            lives: (now, now.plus(life)),
        };
        oauth_tokens::insert(tx, new).await?;
    }
    oauth_grants::prolong(tx, org, grant, now.plus(IDLE)).await?;
    Ok((access, refresh))
}
