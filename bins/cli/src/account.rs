//! Signing in and out, and who one is.

use crate::{connect, program::Failure};
use clap::{Arg, ArgMatches, Command};
use g8_client::{Credentials, Place};
use g8_domain::{Error, Kind};
use g8_doors::cli::Output;
use g8_service::{
    Backend,
    ops::me::{Input, Me, Show},
};
use serde_json::json;
use std::io::{self, IsTerminal, Read, Write};

/// `login`, `logout`, `whoami`.
pub fn commands() -> [Command; 3] {
    let key = Arg::new("api-key").long("api-key").num_args(0..=1).default_missing_value("").value_name("KEY");
    let key = key.help("Sign in with an API key; without KEY it is asked for, or read from standard input");
    let url =
        Arg::new("url").long("url").value_name("URL").help("The server; without it, the embedded database");
    [
        Command::new("login").about("Store an API key in ~/.g8/credentials.json").arg(key).arg(url),
        Command::new("logout").about("Forget the stored API key"),
        Command::new("whoami").about("Show which key and server are in use, without asking the server"),
    ]
}

/// Checks a key and stores it.
pub async fn login(mut place: Place, matches: &ArgMatches) -> Result<(), Failure> {
    let given = matches.get_one::<String>("api-key").ok_or_else(|| {
        Failure::Usage(
            "say --api-key; signing in with a browser is not available on this server yet".to_owned(),
        )
    })?;
    let key = if given.is_empty() { ask()? } else { given.clone() };
    place.api_url = matches.get_one::<String>("url").cloned().or(place.api_url);
    place.api_key = Some(key.clone());
    let me = match connect(&place).await?.run::<Show>(Input {}).await {
        Ok(me) => Some(me),
        // A server that is down says nothing about the key.
        Err(error) if error.kind == Kind::Unavailable => {
            writeln!(io::stderr(), "{error} The key is stored unchecked.")?;
            None
        }
        Err(error) => return Err(error.into()),
    };
    let email = me.as_ref().and_then(|me| me.email.clone());
    let method = Some("api_key".to_owned());
    Credentials { api_key: Some(key), api_url: place.api_url, auth_method: method, email }.store()?;
    if let Some(Me { name, organization_name, .. }) = me {
        writeln!(io::stderr(), "Signed in to {organization_name} with the key {name}.")?;
    }
    Ok(())
}

/// From the terminal without showing it, else from standard input: a pipe is never asked.
fn ask() -> Result<String, Failure> {
    let key = if io::stdin().is_terminal() {
        dialoguer::Password::new().with_prompt("API key").interact().map_err(Failure::local)?
    } else {
        let mut text = String::new();
        io::stdin().lock().take(4096).read_to_string(&mut text)?;
        text
    };
    let key = key.trim().to_owned();
    if key.is_empty() { Err(Failure::Usage("no API key was given".to_owned())) } else { Ok(key) }
}

/// Forgets the stored key.
pub fn logout() -> Result<(), Failure> {
    let forgotten = Credentials::forget()?;
    writeln!(io::stderr(), "{}", if forgotten { "Signed out." } else { "Nobody was signed in." })?;
    Ok(())
}

/// Says which key and server are in use, without a request, as published.
pub fn whoami(place: &Place, output: &Output) -> Result<(), Failure> {
    let Some(key) = &place.api_key else {
        let message = "Nobody is signed in; run g8 login --api-key, or set G8_API_KEY.";
        return Err(Error::new(Kind::Unauthorized, message).into());
    };
    let email = Credentials::load().email.filter(|_| place.source != "G8_API_KEY");
    let url = place.api_url.as_deref().unwrap_or("embedded database");
    let shown =
        json!({ "auth_source": place.source, "api_key": masked(key), "email": email, "api_url": url });
    if output.is_for_people() {
        let mut out = io::stdout().lock();
        writeln!(out, "Auth source: {}\nAPI key: {}", place.source, masked(key))?;
        if let Some(email) = &email {
            writeln!(out, "Logged in as: {email}")?;
        }
        writeln!(out, "API URL: {url}")?;
        return Ok(());
    }
    Ok(output.print(&shown)?)
}

/// The first eight and last four characters, as published; nothing of a short one.
fn masked(key: &str) -> String {
    match (key.get(..8), key.len().checked_sub(4).and_then(|from| key.get(from..))) {
        (Some(first), Some(last)) if key.len() > 12 => format!("{first}...{last}"),
        _ => "****".to_owned(),
    }
}
