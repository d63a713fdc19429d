//! Exclusions, as their users and as senders see them.

use super::{
    CreateAccountExclusion, CreateContactExclusion, DeleteContactExclusion, ExportExclusions,
    GetAccountExclusion, GetContactExclusion, ImportExclusions, Lift, ListAccountExclusions,
    ListContactExclusions, UpdateContactExclusion,
};
use crate::testing::test_app;
use crate::{contact, privacy};
use g8_core::{
    Args, Backend, Incoming,
    suppression::{Recipient, SuppressionCheck, are_excluded, is_excluded},
    testing::TestApp,
};
use g8_domain::{
    ErrorKind, Ts,
    record::{Category, Channel, Reason},
};
use g8_storage::{contacts, events, on_both};
use serde_json::{Value, json};

/// Whether a sender may not write to a contact.
async fn barred(kit: &TestApp, who: &Recipient, way: Channel) -> Option<Reason> {
    let ask = SuppressionCheck { app: &kit.app, org: kit.org, channel: way, now: kit.now() };
    is_excluded(&ask, &mut &kit.app.db, who).await.unwrap().map(|excluded| excluded.reason)
}

async fn somebody(kit: &TestApp, id: i64) -> Recipient {
    Recipient::from_contact(&contacts::get(&mut &kit.app.db, kit.org, id).await.unwrap().unwrap())
}

async fn told(kit: &TestApp) -> Vec<String> {
    let all = events::after(&mut &kit.app.db, kit.org, uuid::Uuid::nil(), 100).await.unwrap();
    all.into_iter().map(|event| event.name).filter(|name| name.starts_with("exclusion.")).collect()
}

async fn ann(kit: &TestApp) -> i64 {
    let contact = json!({
        "work_email": "ann@mail.acme.com", "personal_emails": ["ann@home.example"], "mobile_phone": "+49 (0) 211 12345",
        "linkedin_url": "linkedin.com/in/ann", "company_domain": "acme.com",
    });
    kit.call::<contact::CreateContact>(contact).await.unwrap().id
}

on_both! {
    async fn any_name_of_a_person_keeps_senders_off(test) {
        let kit = test_app(test).await;
        let id = ann(&kit).await;
        let who = somebody(&kit, id).await;
        assert_eq!(barred(&kit, &who, Channel::Email).await, None);
        for name in [
            json!({ "email": "ANN@mail.acme.com" }), json!({ "email": "ann@home.example" }), json!({ "phone": "0049 211-12345" }),
            json!({ "linkedin_url": "https://de.linkedin.com/in/Ann/" }), json!({ "contact_id": id }),
        ] {
            let mut asked = name.clone();
            asked["reason"] = json!("BAD_TIMING");
            let made = kit.call::<CreateContactExclusion>(asked).await.unwrap();
            assert_eq!(barred(&kit, &who, Channel::Email).await, Some(Reason::BadTiming), "{name}");
            kit.call::<DeleteContactExclusion>(json!({ "exclusion_id": made.id })).await.unwrap();
            assert_eq!(barred(&kit, &who, Channel::Email).await, None, "{name}");
        }
        let domain = kit.call::<CreateAccountExclusion>(json!({ "domain": "https://www.Acme.com/", "reason": "COMPETITOR" })).await.unwrap();
        assert_eq!((domain.domain.as_deref(), domain.category), (Some("acme.com"), Category::OrgInitiated));
        assert_eq!(barred(&kit, &who, Channel::Linkedin).await, Some(Reason::Competitor));
        let below = Recipient { emails: vec!["x@a.b.acme.com".into()], ..Recipient::default() };
        assert_eq!(barred(&kit, &below, Channel::Email).await, Some(Reason::Competitor));
        let other = Recipient { emails: vec!["x@notacme.com".into()], ..Recipient::default() };
        let ask = SuppressionCheck { app: &kit.app, org: kit.org, channel: Channel::Email, now: kit.now() };
        let all = are_excluded(&ask, &mut &kit.app.db, &[other, who.clone(), below]).await.unwrap();
        assert_eq!(all.iter().map(Option::is_some).collect::<Vec<_>>(), [false, true, true]);
        let stranger = SuppressionCheck { org: uuid::Uuid::nil(), ..ask };
        assert_eq!(is_excluded(&stranger, &mut &kit.app.db, &who).await.unwrap(), None);
    }
}

on_both! {
    async fn a_channel_closes_only_itself_and_the_persons_own_wish_is_told_first(test) {
        let kit = test_app(test).await;
        let who = Recipient { emails: vec!["a@x.com".into()], ..Recipient::default() };
        kit.call::<CreateContactExclusion>(json!({ "email": "a@x.com", "reason": "OTHER", "channel": "phone" })).await.unwrap();
        assert_eq!(barred(&kit, &who, Channel::Email).await, None);
        assert_eq!(barred(&kit, &who, Channel::Phone).await, Some(Reason::Other));
        kit.call::<CreateContactExclusion>(json!({ "email": "a@x.com", "reason": "UNSUBSCRIBED" })).await.unwrap();
        assert_eq!(barred(&kit, &who, Channel::Phone).await, Some(Reason::Unsubscribed));
    }
}

on_both! {
    async fn what_has_ended_excludes_nobody_and_is_lifted_once(test) {
        let kit = test_app(test).await;
        let who = Recipient { emails: vec!["a@x.com".into()], ..Recipient::default() };
        let until = kit.now().plus(90 * Ts::SECOND);
        let asked = json!({ "email": "a@x.com", "reason": "OUT_OF_OFFICE", "until": until });
        let made = kit.call::<CreateContactExclusion>(asked.clone()).await.unwrap();
        let twice = kit.call::<CreateContactExclusion>(asked).await.unwrap_err();
        assert_eq!((twice.kind, twice.data.unwrap()["exclusion_id"].clone()), (ErrorKind::Conflict, json!(made.id)));
        kit.advance_seconds(89);
        assert!(barred(&kit, &who, Channel::Email).await.is_some());
        kit.advance_seconds(1);
        assert_eq!(barred(&kit, &who, Channel::Email).await, None, "at once, before any job has run");
        let mut tx = kit.app.db.begin().await.unwrap();
        g8_core::jobs::enqueue(&kit.app, &mut tx, None, &Lift {}).await.unwrap();
        g8_core::jobs::enqueue(&kit.app, &mut tx, None, &Lift {}).await.unwrap();
        tx.commit().await.unwrap();
        kit.run_pending_jobs().await;
        assert_eq!(told(&kit).await, ["exclusion.created", "exclusion.lifted"]);
        let gone = kit.call::<GetContactExclusion>(json!({ "exclusion_id": made.id })).await.unwrap_err();
        assert_eq!(gone.kind, ErrorKind::NotFound);
    }
}

on_both! {
    async fn one_that_has_ended_can_begin_anew_before_it_is_lifted(test) {
        let kit = test_app(test).await;
        let who = Recipient { emails: vec!["a@x.com".into()], ..Recipient::default() };
        let until = kit.now().plus(Ts::SECOND);
        kit.call::<CreateContactExclusion>(json!({ "email": "a@x.com", "reason": "OTHER", "until": until })).await.unwrap();
        kit.advance_seconds(2);
        kit.call::<CreateContactExclusion>(json!({ "email": "a@x.com", "reason": "OTHER" })).await.unwrap();
        assert!(barred(&kit, &who, Channel::Email).await.is_some());
        assert_eq!(kit.call::<ListContactExclusions>(json!({})).await.unwrap().pagination.total, 1);
    }
}

on_both! {
    async fn exclusions_are_listed_changed_and_kept_apart_by_kind(test) {
        let kit = test_app(test).await;
        let made = kit.call::<CreateContactExclusion>(json!({ "email": "a@x.com", "linkedin_url": "linkedin.com/in/a", "reason": "OTHER" })).await.unwrap();
        kit.call::<CreateContactExclusion>(json!({ "phone": "+49 211 12345", "reason": "BOUNCED" })).await.unwrap();
        let domain = kit.call::<CreateAccountExclusion>(json!({ "domain": "x.com", "reason": "OTHER" })).await.unwrap();
        for (filter, expected) in [
            (json!({}), 2), (json!({ "email": "A@x.com" }), 1), (json!({ "linkedin_url": "https://linkedin.com/in/A" }), 1),
            (json!({ "email": "a@x.com", "linkedin_url": "linkedin.com/in/b" }), 0), (json!({ "reason": "BOUNCED" }), 1),
            (json!({ "category": "system" }), 1), (json!({ "created_at_after": made.created_at }), 0),
            (json!({ "sort_by": "created_at", "sort_order": "desc" }), 2),
        ] {
            assert_eq!(kit.call::<ListContactExclusions>(filter.clone()).await.unwrap().pagination.total, expected, "{filter}");
        }
        assert_eq!(kit.call::<ListAccountExclusions>(json!({ "domain": "www.x.com" })).await.unwrap().data[0].id, domain.id);
        assert_eq!(kit.call::<GetContactExclusion>(json!({ "exclusion_id": domain.id })).await.unwrap_err().kind, ErrorKind::NotFound);
        assert_eq!(kit.call::<GetAccountExclusion>(json!({ "exclusion_id": made.id })).await.unwrap_err().kind, ErrorKind::NotFound);
        let changed = json!({ "exclusion_id": made.id, "reason": "UNSUBSCRIBED", "message": "by letter" });
        let changed = kit.call::<UpdateContactExclusion>(changed).await.unwrap();
        assert_eq!((changed.category, changed.message.as_deref()), (Category::ContactInitiated, Some("by letter")));
        let past = json!({ "exclusion_id": made.id, "until": "2020-01-01T00:00:00Z" });
        assert_eq!(kit.call::<UpdateContactExclusion>(past).await.unwrap_err().kind, ErrorKind::Invalid);
        let nobody = kit.call::<CreateContactExclusion>(json!({ "reason": "OTHER" })).await.unwrap_err();
        assert!(nobody.kind == ErrorKind::Invalid && nobody.message.contains("`email` or `linkedin_url`, `phone` or `contact_id`"), "{}", nobody.message);
        let wrong = kit.call::<CreateContactExclusion>(json!({ "email": "a", "phone": "b", "reason": "OTHER" })).await.unwrap_err();
        assert!(wrong.message.starts_with("2 problems"), "{}", wrong.message);
        assert_eq!(kit.call::<CreateContactExclusion>(json!({ "contact_id": 99, "reason": "OTHER" })).await.unwrap_err().kind, ErrorKind::NotFound);
    }
}

async fn send(kit: &TestApp, rows: &str) -> g8_domain::Result<super::Uploaded> {
    kit.as_key(&kit.key).send_file::<ImportExclusions>(Args::new(), Incoming::of(rows.to_owned())).await
}

on_both! {
    async fn a_file_goes_in_and_comes_out_again(test) {
        let kit = test_app(test).await;
        let rows = "E-Mail,LinkedIn,Phone,Domain,Reason,Until,Message\n\
            a@x.com,,,,unsubscribed,,=1+1\n,,'+49 211 12345,,,,\n,,,evil.example,COMPETITOR,2200-01-01,\n\
            a@x.com,,,,UNSUBSCRIBED,,again\nnobody,,,,OTHER,,\n,,,,OTHER,,\nb@x.com,,,,BORED,soon,\n";
        let done = send(&kit, rows).await.unwrap();
        assert_eq!((done.total, done.created, done.unchanged, done.refused), (7, 3, 1, 3));
        let faults: Vec<(i64, &str)> = done.errors.iter().map(|fault| (fault.row, fault.column.as_str())).collect();
        assert_eq!(faults, [(6, "email"), (7, "email"), (8, "reason"), (8, "until")]);
        assert_eq!(told(&kit).await.len(), 3);
        let file = kit.as_key(&kit.key).fetch_file::<ExportExclusions>(Args::new()).await.unwrap();
        let text = String::from_utf8(file.read().await.unwrap()).unwrap();
        assert!(text.contains("a@x.com,,,,all,UNSUBSCRIBED,,'=1+1,contact_initiated"), "{text}");
        assert_eq!(text.lines().count(), 4);
        let again = send(&kit, &text).await.unwrap();
        assert_eq!((again.created, again.unchanged, again.refused), (0, 3, 0), "{:?}", again.errors);
        let refused = send(&kit, "PK\u{3}\u{4}").await.unwrap_err();
        assert!(refused.message.contains("ZIP"), "{}", refused.message);
    }
}

#[tokio::test]
async fn a_file_of_too_many_rows_is_refused_where_they_begin() {
    let kit = test_app(g8_storage::testing::TestDb::sqlite().await).await;
    let rows = format!("email\n{}", "\"\"\n".repeat(100_001));
    let refused = send(&kit, &rows).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Rule, "{}", refused.message);
}

on_both! {
    async fn somebody_who_was_erased_is_never_written_to(test) {
        let kit = test_app(test).await;
        let id = ann(&kit).await;
        let who = somebody(&kit, id).await;
        kit.call::<CreateContactExclusion>(json!({ "contact_id": id, "reason": "OTHER" })).await.unwrap();
        kit.call::<privacy::ErasePerson>(json!({ "contact_id": id })).await.unwrap();
        assert_eq!(kit.call::<ListContactExclusions>(json!({})).await.unwrap().pagination.total, 0);
        let who = Recipient { contact_id: None, ..who };
        assert_eq!(barred(&kit, &who, Channel::Email).await, Some(Reason::ContactRefused));
        kit.call::<privacy::ReadmitPerson>(json!({ "email": "ann@mail.acme.com", "linkedin_url": "linkedin.com/in/ann" })).await.unwrap();
        let who = Recipient { emails: vec!["ann@mail.acme.com".into()], ..Recipient::default() };
        assert_eq!(barred(&kit, &who, Channel::Email).await, None);
    }
}

on_both! {
    async fn without_the_right_to_read_contacts_their_ids_name_nobody(test) {
        let kit = test_app(test).await;
        let id = ann(&kit).await;
        let blind = kit.as_key(&kit.key_with(&["exclusions:write"]).await);
        let asked: Value = json!({ "contact_id": id, "reason": "OTHER" });
        let refused = blind.call::<CreateContactExclusion>(asked.as_object().unwrap().clone()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotFound);
    }
}
