//! Whether the credentials that areas keep can be opened.

use super::Finding;
use g8_config::Settings;
use g8_core::{
    known_pepper,
    sealed::{SealedCondition, examine_sealed},
};
use g8_storage::Db;

const CHECK: &str = "sealed values";

/// Opens them all with this installation's secret key; a database that cannot be read is a finding, too.
pub async fn examine(settings: &Settings, db: &Db) -> Finding {
    // That it is missing or too short is a finding of its own.
    let Some(pepper) = known_pepper(settings) else {
        return Finding::warn(CHECK, "they cannot be opened without the secret key; see to that first");
    };
    match examine_sealed(db, &pepper).await {
        Ok(condition) => finding(settings, &condition),
        Err(error) => {
            Finding::fail(CHECK, format!("they cannot be read: {error}; look into the server's log"))
        }
    }
}

fn finding(settings: &Settings, found: &SealedCondition) -> Finding {
    if found.current_is_of_other_secret || found.of_other_secret > 0 {
        return Finding::fail(CHECK, other_secret(settings, found));
    }
    if found.closed > 0 {
        let ids: Vec<String> = found.first_closed.iter().map(ToString::to_string).collect();
        let says = format!(
            "{} of {} do not open, as {}; enter those credentials again, or restore a backup",
            found.closed,
            found.values,
            ids.join(", ")
        );
        return Finding::fail(CHECK, says);
    }
    if found.under_retired > 0 {
        let says = format!(
            "{} of {} lie under retired keys; start g8-server, whose job seal.rotate seals them again",
            found.under_retired, found.values
        );
        return Finding::warn(CHECK, says);
    }
    Finding::ok(CHECK, well(found))
}

fn well(found: &SealedCondition) -> String {
    match found.values {
        0 => "there are none".to_owned(),
        values if values > found.tried => format!("the first {} of {values} open", found.tried),
        values => format!("all of {values} open"),
    }
}

/// The sentence on a secret key that was exchanged: where it stands, and what to do with and without the former.
fn other_secret(settings: &Settings, found: &SealedCondition) -> String {
    let place = match &settings.secret_key {
        Some(_) => "G8_SECRET_KEY, or secret_key in the configuration file,".to_owned(),
        None => settings.data_dir.join("secret.key").display().to_string(),
    };
    let rotate =
        if found.current_is_of_other_secret { "run g8-server secrets rotate --secret-lost and " } else { "" };
    format!(
        "{} of {} were sealed with another secret key than {place} has now; put the former one back there, or, if it is \
         lost, {rotate}enter those credentials again",
        found.of_other_secret, found.values
    )
}
