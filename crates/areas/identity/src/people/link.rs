//! Links that work once: what is in them is made from the installation's secret key, and stored nowhere.

use g8_auth::{Label, Token};
use g8_connect::Letter;
use g8_core::{
    App,
    jobs::{Job, Next, Pool, Run, enqueue},
};
use g8_domain::{
    Error, Result, Ts,
    record::{Link, Purpose, Role, User},
};
use g8_storage::{Session, Tx, links, users};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A link to be made.
#[derive(Default)]
pub(crate) struct NewLink {
    pub user: Option<Uuid>,
    pub org: Option<Uuid>,
    pub email: Option<String>,
    pub role: Option<Role>,
    pub created_by: Option<String>,
}

/// How long each sort of link works.
fn life(purpose: Purpose) -> i64 {
    match purpose {
        Purpose::Setup => Ts::DAY,
        Purpose::Invitation => 7 * Ts::DAY,
        Purpose::Password => 60 * 60 * Ts::SECOND,
        Purpose::Code => 5 * 60 * Ts::SECOND,
    }
}

/// Makes a link. What to put into it is in the answer, and can be made again from its id.
pub(crate) async fn make(app: &App, tx: &mut Tx, purpose: Purpose, new: NewLink) -> Result<(Link, Token)> {
    let now = app.clock.now();
    let id = app.entropy.id(now);
    let token = Token::derived(Label::Link, &app.pepper, id);
    let link = Link {
        id,
        digest: token.digest(&app.pepper).to_vec(),
        purpose,
        user_id: new.user,
        org_id: new.org,
        email: new.email,
        role: new.role,
        created_by: new.created_by,
        created_at: now,
        expires_at: now.plus(life(purpose)),
    };
    links::insert(tx, &link).await?;
    Ok((link, token))
}

/// The address to open. The secret stands behind the hash sign: browsers send it to nobody, and no log has it.
pub(crate) fn shown(app: &App, purpose: Purpose, token: &Token) -> String {
    let page = match purpose {
        Purpose::Setup => "setup",
        Purpose::Invitation => "invitation",
        Purpose::Password | Purpose::Code => "password",
    };
    format!("{}/{page}#{}", app.public_url(), token.reveal())
}

/// Uses a link up.
pub(super) async fn take(app: &App, tx: &mut Tx, purpose: Purpose, token: &str) -> Result<Link> {
    let digest = digest(app, token)?;
    links::take(tx, &digest, purpose, app.clock.now()).await?.ok_or_else(stale)
}

/// Looks at a link, and leaves it as it is.
pub(super) async fn look(app: &App, purpose: Purpose, token: &str) -> Result<Link> {
    let digest = digest(app, token)?;
    links::find(&mut &app.db, &digest, purpose, app.clock.now()).await?.ok_or_else(stale)
}

fn digest(app: &App, token: &str) -> Result<[u8; 32]> {
    let token = Token::of(Label::Link, token.trim()).ok_or_else(stale)?;
    Ok(token.digest(&app.pepper))
}

fn stale() -> Error {
    Error::field("token", "is not the code of a link that still works; ask for a new one")
}

/// Whose account a link is for: the address an invitation went to.
///
/// # Errors
/// The link does not work, or no longer.
pub async fn account_of(app: &App, purpose: Purpose, token: &str) -> Result<Option<String>> {
    Ok(look(app, purpose, token).await?.email)
}

/// Sends a link by mail. The job names it by its id: no secret lies in the queue.
#[derive(Debug, Serialize, Deserialize)]
pub struct LinkMail {
    link_id: Uuid,
}

impl LinkMail {
    /// Puts it into the transaction that makes the link, where mail is configured.
    pub(crate) async fn send(app: &App, tx: &mut Tx, link: &Link) -> Result<bool> {
        if app.config.mail.is_none() {
            return Ok(false);
        }
        enqueue(app, tx, None, &Self { link_id: link.id }).await?;
        Ok(true)
    }
}

impl Job for LinkMail {
    const KIND: &'static str = "link_mail";
    const POOL: Pool = Pool::NETWORK;

    async fn run(&self, run: &Run) -> Result<Next> {
        let app = &run.app;
        let Some(mailer) = app.mailer()? else { return Ok(Next::Done) };
        // Used, taken back or too late: nobody needs the letter any more.
        let Some(link) = links::get(&mut &app.db, self.link_id, app.clock.now()).await? else {
            return Ok(Next::Done);
        };
        let Some(to) = recipient(app, &link).await? else { return Ok(Next::Done) };
        let address = shown(app, link.purpose, &Token::derived(Label::Link, &app.pepper, link.id));
        let (subject, text) = words(&link, &address);
        let letter = Letter { id: &link.id.to_string(), to: &to, subject: &subject, text: &text };
        mailer.send(letter).await.map_err(Error::internal)?;
        Ok(Next::Done)
    }
}

/// The account that a link belongs to, if there is one.
pub(super) async fn owner(on: &mut impl Session, link: &Link) -> Result<Option<User>> {
    Ok(match (link.user_id, &link.email) {
        (Some(user), _) => users::get(on, user).await?,
        (None, Some(email)) => users::by_email(on, email).await?,
        (None, None) => None,
    })
}

/// Whom a letter goes to. A new password is for who has an account only.
async fn recipient(app: &App, link: &Link) -> Result<Option<String>> {
    if link.purpose == Purpose::Invitation {
        return Ok(link.email.clone());
    }
    Ok(owner(&mut &app.db, link).await?.map(|user| user.email))
}

fn words(link: &Link, address: &str) -> (String, String) {
    match link.purpose {
        Purpose::Invitation => {
            let who = link.created_by.as_deref().unwrap_or("Recipient");
            let text = format!(
                "{who} invites you to work in g8 with them. To join, open within seven days:\n\n{address}\n\n\
                 If you do not know {who}, leave this letter be.\n"
            );
            (format!("{who} invites you to g8"), text)
        }
        _ => {
            let text = format!(
                "Recipient, probably you, asked for a new password for g8. To choose one, open within the hour:\n\n\
                 {address}\n\nIf it was not you, leave this letter be: your password stays as it is.\n"
            );
            ("A new password for g8".to_owned(), text)
        }
    }
}
