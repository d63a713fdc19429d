//! Signing in and out, and who one is.

use crate::{browser, error::CliError, place::connect};
use clap::{Arg, ArgAction, ArgMatches, Command};
use g8_client::{Client, ConnectionTarget, Credentials};
use g8_core::Backend;
use g8_domain::{Error, ErrorKind};
use g8_doors::cli::Output;
use g8_identity::me::{Input, Me, ShowMe};
use serde_json::json;
use std::io::{self, IsTerminal, Read, Write};

/// `login`, `logout`, `whoami`.
pub fn commands() -> [Command; 3] {
    let key = Arg::new("api-key").long("api-key").num_args(0..=1).default_missing_value("").value_name("KEY");
    let key = key.help("Sign in with an API key; without KEY it is asked for, or read from standard input");
    let url = Arg::new("url").long("url").value_name("URL");
    let url = url.help("The server; without it, that of G8_API_URL or of the last sign-in");
    let no_browser = Arg::new("no-browser").long("no-browser").action(ArgAction::SetTrue);
    let no_browser = no_browser.help("Print the address of the page to sign in at, and open nothing");
    let login = "Sign in with a browser, or with --api-key; the key is stored in ~/.g8/credentials.json";
    [
        Command::new("login").about(login).arg(key).arg(url).arg(no_browser),
        Command::new("logout").about("Forget the stored API key; one that signing in has made is revoked"),
        Command::new("whoami").about("Show which key and server are in use, without asking the server"),
    ]
}

/// Signs in: with a key that is given, else with a browser.
pub async fn login(mut place: ConnectionTarget, matches: &ArgMatches) -> Result<(), CliError> {
    place.api_url = matches.get_one::<String>("url").cloned().or(place.api_url);
    match matches.get_one::<String>("api-key") {
        Some(given) => with_key(place, given).await,
        None => with_browser(place, !matches.get_flag("no-browser")).await,
    }
}

/// Lets the person sign in at the server, which makes a personal key for this computer.
async fn with_browser(place: ConnectionTarget, open: bool) -> Result<(), CliError> {
    let needs = "say --url, the address of the server to sign in at; or --api-key, for the embedded database";
    let url = place.api_url.ok_or_else(|| CliError::Usage(needs.to_owned()))?;
    let before = Credentials::load();
    let signed = browser::sign_in(&url, open).await?;
    let email = signed.email.clone();
    let method = Some("oauth".to_owned());
    let key = Some(signed.access_token);
    Credentials { api_key: key, api_url: Some(url), auth_method: method, email }.store()?;
    // The key of the last time would live on, and nobody would know what for.
    give_back(&before).await;
    writeln!(io::stderr(), "Signed in as {}.", signed.email.unwrap_or_default())?;
    Ok(())
}

/// Gives a key back that signing in with a browser had made; says whether that is done, or was not needed.
async fn give_back(stored: &Credentials) -> bool {
    match (&stored.api_key, &stored.api_url, stored.auth_method.as_deref()) {
        (Some(key), Some(url), Some("oauth")) => match Client::new(url, None) {
            Ok(client) => client.sign_out(key).await.is_ok(),
            Err(_) => false,
        },
        _ => true,
    }
}

/// Checks a key and stores it.
async fn with_key(mut place: ConnectionTarget, given: &str) -> Result<(), CliError> {
    let key = if given.is_empty() { ask()? } else { given.to_owned() };
    place.api_key = Some(key.clone());
    let me = match connect(&place).await?.run::<ShowMe>(Input {}).await {
        Ok(me) => Some(me),
        // A server that is down says nothing about the key.
        Err(error) if error.kind == ErrorKind::Unavailable => {
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
fn ask() -> Result<String, CliError> {
    let key = if io::stdin().is_terminal() {
        dialoguer::Password::new().with_prompt("API key").interact().map_err(CliError::local)?
    } else {
        let mut text = String::new();
        io::stdin().lock().take(4096).read_to_string(&mut text)?;
        text
    };
    let key = key.trim().to_owned();
    if key.is_empty() { Err(CliError::Usage("no API key was given".to_owned())) } else { Ok(key) }
}

/// Forgets the stored key, and gives it back where signing in had made it.
pub async fn logout() -> Result<(), CliError> {
    let over = give_back(&Credentials::load()).await;
    let forgotten = Credentials::forget()?;
    if !over {
        let still =
            "The server could not be reached, and the key still works; revoke it under Profile, Developer.";
        writeln!(io::stderr(), "{still}")?;
    }
    writeln!(io::stderr(), "{}", if forgotten { "Signed out." } else { "Nobody was signed in." })?;
    Ok(())
}

/// Says which key and server are in use, without a request, as published.
pub fn whoami(place: &ConnectionTarget, output: &Output) -> Result<(), CliError> {
    let Some(key) = &place.api_key else {
        let message = "Nobody is signed in; run g8 login, or set G8_API_KEY.";
        return Err(Error::new(ErrorKind::Unauthorized, message).into());
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
