//! Administration at the machine: organisations, users, keys, migrations.

use crate::{
    args::{Command, Jobs, KeyCommand, Org, UserCommand},
    secrets,
    terminal::{Failure, print, show},
};
use g8_config::{DEFAULT_FILE, Settings};
use g8_core::{App, admin};
use g8_domain::{
    Error, Scopes, Ts,
    record::{Key as KeyRecord, Organization, Role, User as UserRecord},
    scope,
};
use g8_identity::audit::audit_log;
use g8_identity::people;
use g8_product::open;
use g8_signals::job::{self, JobView};
use serde_json::{Value, json};
use std::io::{self, Read};
use uuid::Uuid;

/// Runs the commands that work on organizations, users, keys and the database's shape.
pub async fn run(command: Command, settings: &Settings) -> Result<(), Failure> {
    if let Command::Config = command {
        return print(DEFAULT_FILE.trim_end());
    }
    #[cfg(feature = "failpoints")]
    if let Command::Failpoints = command {
        return print(&g8_core::points::KILLS.join("\n"));
    }
    let app = open(settings).await?;
    match command {
        Command::Org(command) => org(&app, command).await?,
        Command::User(command) => user(&app, command).await?,
        Command::Key(command) => key(&app, command).await?,
        Command::Jobs(command) => jobs(&app, command).await?,
        Command::Secrets(command) => secrets::run(&app, command).await?,
        Command::Audit { org, operation, limit, json } => {
            let org = find_org(&app, org.as_deref()).await?;
            let told = audit_log(&app, org, operation, limit).await?;
            show(&told.into_iter().map(|told| json!(told)).collect::<Vec<_>>(), json, false)?;
        }
        Command::Migrate => print("The database is up to date.")?,
        Command::Serve
        | Command::Worker
        | Command::Config
        | Command::Doctor { .. }
        | Command::Backup { .. }
        | Command::Restore { .. } => {}
        #[cfg(feature = "failpoints")]
        Command::Failpoints => {}
    }
    app.db.close().await;
    Ok(())
}

async fn org(app: &App, command: Org) -> Result<(), Failure> {
    match command {
        Org::Create { name, json } => show(&[org_json(&admin::create_org(app, &name).await?)], json, true),
        Org::Plan { org, plan } => {
            admin::set_plan(app, find_org(app, Some(&org)).await?, &plan).await?;
            print(&format!("The organization has the plan {plan}."))
        }
        Org::List { json } => {
            let orgs: Vec<Value> = admin::list_orgs(app).await?.iter().map(org_json).collect();
            show(&orgs, json, false)
        }
    }
}

async fn user(app: &App, command: UserCommand) -> Result<(), Failure> {
    match command {
        UserCommand::Create { org, email, name, role, password_stdin, json } => {
            let org = find_org(app, org.as_deref()).await?;
            let password = if password_stdin { Some(read_password()?) } else { None };
            let user = admin::create_user(app, org, &email, &name, password.as_deref(), role).await?;
            show(&[user_json(&user, role)], json, true)
        }
        UserCommand::ResetPassword { email } => print(&people::password_link(app, &email).await?),
        UserCommand::ResetSecondFactor { email } => {
            people::reset_second(app, &email).await?;
            print("The second factor is off.")
        }
        UserCommand::SetupLink => match people::setup_link(app).await? {
            Some(link) => print(&link),
            None => Err("somebody can sign in already; use user reset-password, or invite people".into()),
        },
        UserCommand::List { org, json } => {
            let members = admin::list_users(app, find_org(app, org.as_deref()).await?).await?;
            let row = |(user, role): &_| user_json(user, *role);
            show(&members.iter().map(row).collect::<Vec<_>>(), json, false)
        }
    }
}

async fn key(app: &App, command: KeyCommand) -> Result<(), Failure> {
    match command {
        KeyCommand::Create { org, name, scopes, expires_in_days, mode, user, plan, json } => {
            let new = admin::NewKey {
                org: find_org(app, org.as_deref()).await?,
                user,
                name,
                mode,
                areas: scope::areas(&scopes),
                plan,
                scopes: Scopes::parse(&scopes)
                    .map_err(|unknown| Error::field("--scopes", format!("has no {}", unknown.join(", "))))?,
                expires_at: expires_in_days.map(|days| app.clock.now().plus(days * Ts::DAY)),
            };
            let (key, token) = admin::create_key(app, new).await?;
            let mut shown = key_json(&key);
            shown["token"] = token.reveal().into();
            show(&[shown], json, true)
        }
        KeyCommand::List { org, json } => {
            let keys = admin::list_keys(app, find_org(app, org.as_deref()).await?).await?;
            show(&keys.iter().map(key_json).collect::<Vec<_>>(), json, false)
        }
        KeyCommand::Revoke { id, org } => {
            admin::revoke_key(app, find_org(app, org.as_deref()).await?, id).await?;
            print("The key is revoked.")
        }
    }
}

async fn jobs(app: &App, command: Jobs) -> Result<(), Failure> {
    match command {
        Jobs::List { state, kind, json } => {
            let jobs = job::list_jobs(app, state, kind).await?;
            show(&jobs.into_iter().map(|job| json!(JobView::from(job))).collect::<Vec<_>>(), json, false)
        }
        Jobs::Retry { id } => {
            job::retry_job(app, id).await?;
            print("The job is tried again.")
        }
        Jobs::Discard { id } => {
            job::drop_job(app, id).await?;
            print("The job is discarded.")
        }
    }
}

/// The organisation that is meant: by id, by name, or the only one.
async fn find_org(app: &App, meant: Option<&str>) -> Result<Uuid, Failure> {
    let orgs = admin::list_orgs(app).await?;
    let matches: Vec<&Organization> = orgs
        .iter()
        .filter(|org| meant.is_none_or(|meant| org.id.to_string() == meant || org.name == meant))
        .collect();
    match matches.as_slice() {
        [one] => Ok(one.id),
        [] => Err("there is no such organization; see g8-server org list".into()),
        _ => Err("several organizations match; name one by --org and its id".into()),
    }
}

fn read_password() -> io::Result<String> {
    let mut password = String::new();
    io::stdin().lock().take(4096).read_to_string(&mut password)?;
    Ok(password.trim_end_matches(['\r', '\n']).to_owned())
}

fn org_json(org: &Organization) -> Value {
    json!({ "id": org.id, "name": org.name, "plan": org.plan, "created_at": org.created_at })
}

fn user_json(user: &UserRecord, role: Role) -> Value {
    json!({ "id": user.id, "email": user.email, "name": user.name, "role": role })
}

fn key_json(key: &KeyRecord) -> Value {
    json!({
        "id": key.id, "name": key.name, "key_prefix": key.key_prefix, "scopes": key.scopes.names(),
        "created_at": key.created_at, "last_used_at": key.last_used_at, "expires_at": key.expires_at,
    })
}
