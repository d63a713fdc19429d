//! An installation whose secret key is another than before.

use super::*;
use g8_domain::ErrorKind;

const OWNER: &str = "mailbox:1";

on_both! {
    async fn with_another_secret_key_nothing_opens_until_the_former_is_back(test) {
        let kit = TestApp::of(&[], test).await;
        let (here, there) = (row(kit.org, 1), row(kit.org, 2));
        seal(&kit.app, here, OWNER, "hunter2").await.unwrap();
        let other = open_beside(&kit, 9).await;
        for error in [open(&other, here).await.unwrap_err(), seal(&other, there, OWNER, "x").await.unwrap_err()] {
            assert_eq!(error.kind, ErrorKind::Unavailable);
            for word in ["secret key", "G8_SECRET_KEY", "secret.key", "g8-server doctor"] {
                assert!(error.message.contains(word), "{}", error.message);
            }
        }
        let found = condition(&other).await;
        assert!(found.current_is_of_other_secret && found.of_other_secret == 1 && found.tried == 0, "{found:?}");
        let refused = rotate_sealing_keys(&other, false).await.unwrap_err();
        assert!(refused.message.contains("--secret-lost"), "{}", refused.message);
        assert_eq!(open(&kit.app, here).await.unwrap().as_deref(), Some("hunter2"));
    }
}

on_both! {
    async fn without_the_former_it_goes_on_with_what_is_entered_again(test) {
        let kit = TestApp::of(&[], test).await;
        let (lost, kept) = (row(kit.org, 1), row(kit.org, 2));
        seal(&kit.app, lost, OWNER, "hunter2").await.unwrap();
        seal(&kit.app, kept, OWNER, "hunter2").await.unwrap();
        let other = open_beside(&kit, 9).await;
        kit.advance_seconds(1);
        rotate_sealing_keys(&other, true).await.unwrap().unwrap();
        run_jobs(&other).await;
        seal(&other, lost, OWNER, "hunter3").await.unwrap();
        assert_eq!(open(&other, lost).await.unwrap().as_deref(), Some("hunter3"));
        assert_eq!(open(&other, kept).await.unwrap_err().kind, ErrorKind::Unavailable);
        let keys = list_sealing_keys(&other).await.unwrap();
        let seen: Vec<_> = keys.iter().map(|key| (key.values, key.opens, key.retired_at.is_some())).collect();
        assert_eq!(seen, [(1, false, true), (1, true, false)]);
        // The former secret was found again: what is left under it opens.
        assert_eq!(open(&kit.app, kept).await.unwrap().as_deref(), Some("hunter2"));
    }
}
