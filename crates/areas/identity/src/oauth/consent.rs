//! What a person is shown before they let a program in, and what becomes of their answer.

use super::{AuthorizationRequest, grant, redirect};
use crate::people::note;
use futures_util::future::BoxFuture;
use g8_auth::{Caller, Label, Token};
use g8_core::{App, Origin};
use g8_domain::{
    Error, ErrorKind, Result, Scopes, Ts,
    record::{ClientKind, OauthCode, Organization, Role, Via},
    scope::all,
};
use g8_storage::{oauth_codes, oauth_grants, users};
use url::Url;
use uuid::Uuid;

/// How long a code can be exchanged.
const CODE: i64 = 60 * Ts::SECOND;

/// Where the code goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// To a server of this name.
    Web(String),
    /// To a program on the person's own computer.
    Loopback(String),
    /// To the program that opens links of this scheme.
    App(String),
}

/// Scopes of one resource, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The resource: `contacts`.
    pub name: String,
    /// What may be done.
    pub lines: Vec<&'static str>,
}

/// An organization that can be chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganizationChoice {
    /// The organization.
    pub org: Organization,
    /// What the person is in it: the program can do no more.
    pub role: Role,
    /// Whether it is the one the person is working in.
    pub current: bool,
    /// Whether the person has let the program in there before, for at least as much.
    pub before: bool,
}

/// What the page says.
#[derive(Debug, Clone, PartialEq)]
pub struct Consent {
    /// The program, as it names itself.
    pub program: String,
    /// The host where it describes itself: the name is as good as that host.
    pub described_at: Option<String>,
    /// Whether it has registered itself: nobody vouches for the name.
    pub self_registered: bool,
    /// Where the code goes to.
    pub goes_to: Destination,
    /// What it asks for.
    pub groups: Vec<Group>,
    /// Whether it asks for everything that the person may do.
    pub everything: bool,
    /// Where it can be let in.
    pub places: Vec<OrganizationChoice>,
    /// What the personal key will be called that is made, for the command line.
    pub makes_key: Option<String>,
}

/// What a person is to be shown.
///
/// # Errors
/// There is no person behind the caller.
pub fn consent<'a>(
    app: &'a App,
    caller: &'a Caller,
    asked: &'a AuthorizationRequest,
) -> BoxFuture<'a, Result<Consent>> {
    Box::pin(async move {
        let user = person(caller)?;
        let client = &asked.client;
        let mut places = Vec::new();
        for (org, role) in users::orgs(&mut &app.db, user).await? {
            let known =
                oauth_grants::of_client(&mut &app.db, (org.id, user), &client.id, app.clock.now()).await?;
            let granted = granted(&asked.scopes, role);
            places.push(OrganizationChoice {
                current: org.id == caller.org.id,
                before: known.iter().any(|known| known.scopes.lacking(&granted).is_empty()),
                org,
                role,
            });
        }
        let goes_to = match redirect::target(&asked.redirect_uri) {
            Some(redirect::Target::Web(host)) => Destination::Web(host),
            Some(redirect::Target::Loopback(host)) => Destination::Loopback(host),
            Some(redirect::Target::App(scheme)) => Destination::App(scheme),
            None => return Err(Error::internal("an address was believed that cannot be")),
        };
        let host = |id: &String| Url::parse(id).ok().and_then(|url| url.host_str().map(str::to_owned));
        Ok(Consent {
            program: client.name.clone(),
            described_at: Some(&client.id).filter(|_| client.kind == ClientKind::Document).and_then(host),
            self_registered: client.kind == ClientKind::Registered,
            goes_to,
            groups: groups(&asked.scopes),
            everything: asked.scopes.names().iter().any(|name| name == "*"),
            places,
            makes_key: asked.makes_key().then(|| asked.name.clone()),
        })
    })
}

/// What is granted in an organization: never more than the role there.
fn granted(asked: &Scopes, role: Role) -> Scopes {
    asked.within(&Scopes::of_role(role))
}

fn groups(scopes: &Scopes) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (scope, about) in all().into_iter().filter(|(scope, _)| scopes.allows(*scope)) {
        let name = scope.0.split(':').next().unwrap_or_default();
        match groups.last_mut().filter(|group| group.name == name) {
            Some(group) => group.lines.push(about),
            None => groups.push(Group { name: name.to_owned(), lines: vec![about] }),
        }
    }
    groups
}

/// Only somebody in front of a browser lets programs in: no key, and no assistant.
fn person(caller: &Caller) -> Result<Uuid> {
    let nobody = || Error::new(ErrorKind::Forbidden, "Only a person who is signed in can let a program in.");
    caller.user.as_ref().filter(|_| caller.key.via == Via::Session).map(|user| user.id).ok_or_else(nobody)
}

/// Carries out what the person decided; says where their browser goes now.
///
/// # Errors
/// 404 for an organization that is not theirs; 422 where their role allows nothing of what is asked.
pub fn decide<'a>(
    app: &'a App,
    caller: &'a Caller,
    asked: &'a AuthorizationRequest,
    (org, allow): (Uuid, bool),
    origin: &'a Origin,
) -> BoxFuture<'a, Result<String>> {
    Box::pin(async move {
        let user = person(caller)?;
        if !allow {
            let told = [("error", "access_denied"), ("error_description", "The person did not agree.")];
            return Ok(asked.back(app, &told));
        }
        let mut tx = app.db.begin().await?;
        let member = users::member(&mut tx, user, org).await?;
        let (_, role) = member.ok_or_else(|| Error::not_found("organization", org))?;
        let scopes = granted(&asked.scopes, role);
        if scopes.names().is_empty() {
            return Err(Error::rule(
                "Your role in this organization allows nothing of what the program asks for.",
            ));
        }
        let now = app.clock.now();
        let code = app.entropy.with(|mut rng| Token::generate(Label::Code, &mut rng));
        let stored = OauthCode {
            digest: code.digest(&app.pepper).to_vec(),
            client_id: asked.client.id.clone(),
            org_id: org,
            user_id: user,
            redirect_uri: asked.redirect_uri.clone(),
            challenge: asked.challenge.clone(),
            resource: asked.resource.clone(),
            scopes,
            name: asked.name.clone(),
            created_at: now,
            expires_at: now.plus(CODE),
            used_at: None,
            grant_id: None,
        };
        oauth_codes::insert(&mut tx, &stored).await?;
        // On record where it takes effect, by the session that said so.
        let by = g8_domain::record::Key { org_id: org, ..caller.key.clone() };
        note(app, &mut tx, &by, grant::ALLOWED, origin).await?;
        tx.commit().await?;
        Ok(asked.back(app, &[("code", code.reveal())]))
    })
}
