//! `g8-server secrets`: the keys under which credentials are sealed.

use crate::{
    args::Secrets,
    terminal::{Failure, print, show},
};
use g8_core::{
    App,
    sealed::{list_sealing_keys, rotate_sealing_keys},
};
use serde_json::{Value, json};

/// Lists the keys, or exchanges the current one.
pub async fn run(app: &App, command: Secrets) -> Result<(), Failure> {
    match command {
        Secrets::List { json } => {
            let keys = list_sealing_keys(app).await?;
            if keys.is_empty() && !json {
                return print("No credential is sealed here: there is no key.");
            }
            let keys: Vec<Value> = keys.into_iter().map(|key| json!(key)).collect();
            show(&keys, json, false)
        }
        Secrets::Rotate { secret_lost } => match rotate_sealing_keys(app, secret_lost).await? {
            Some(id) if secret_lost => print(&format!(
                "New credentials are sealed under {id}. Those that were sealed under a secret that is lost stay closed: give them \
                 again, or remove them.",
            )),
            Some(id) => print(&format!(
                "New credentials are sealed under {id}. A running server seals the others again, and destroys the old \
                 key then; g8-server secrets list says how far it is.",
            )),
            None => print("No credential is sealed here: there is no key to exchange."),
        },
    }
}
