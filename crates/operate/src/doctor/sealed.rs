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

#[cfg(test)]
mod tests {
    use super::*;
    use g8_config::{Overrides, Secret};
    use g8_core::{KeptSecret, SealedRow, sealed::rotate_sealing_keys, testing::TestApp};
    use g8_storage::on_both;
    use uuid::Uuid;

    fn settings(kit: &TestApp, secret: &str) -> Settings {
        let data_dir = Some(kit.db.folder.path().to_owned());
        let mut settings = Settings::load(Overrides { data_dir, ..Overrides::default() }, None).unwrap();
        settings.secret_key = Some(Secret(secret.into()));
        settings
    }

    /// The line that an operator reads.
    async fn line(kit: &TestApp, secret: &str) -> String {
        examine(&settings(kit, secret), &kit.app.db).await.to_string()
    }

    async fn seal(kit: &TestApp) {
        let (secret, mut tx) =
            (KeptSecret::new("hunter2".to_owned()).unwrap(), kit.app.db.begin().await.unwrap());
        let row = SealedRow { org: Some(kit.org), kind: "mailbox.password", id: Uuid::from_u128(1) };
        kit.app.sealed().seal(&mut tx, row, "mailbox:1", &secret).await.unwrap();
        tx.commit().await.unwrap();
    }

    on_both! {
        async fn it_says_what_does_not_open_and_the_way_out(test) {
            let kit = TestApp::of(&[], test).await;
            let (right, wrong) = ("\u{7}".repeat(32), "w".repeat(32));
            assert_eq!(line(&kit, &right).await, "ok    sealed values there are none");
            seal(&kit).await;
            assert_eq!(line(&kit, &right).await, "ok    sealed values all of 1 open");
            let other = line(&kit, &wrong).await;
            for part in ["FAIL", "1 of 1 were sealed with another", "G8_SECRET_KEY", "secrets rotate --secret-lost"] {
                assert!(other.contains(part), "{other}");
            }
            rotate_sealing_keys(&kit.app, false).await.unwrap().unwrap();
            let retired = line(&kit, &right).await;
            assert!(retired.starts_with("warn") && retired.contains("1 of 1 lie under retired keys"), "{retired}");
            let mut tx = kit.app.db.begin().await.unwrap();
            tx.change("UPDATE sealed_values SET kind = 'mailbox.token'", vec![]).await.unwrap();
            tx.commit().await.unwrap();
            let moved = line(&kit, &right).await;
            assert!(moved.starts_with("FAIL") && moved.contains("enter those credentials again"), "{moved}");
            assert!(moved.contains(&Uuid::from_u128(1).to_string()) && !moved.contains("hunter2"), "{moved}");
        }
    }
}
