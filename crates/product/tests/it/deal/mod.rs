//! Deals, as their users see them.

mod places;
mod sums;

use g8_core::{Backend, testing::TestApp};
use g8_deals::deal::{
    AssertDeal, CreateDeal, DealView, DeleteDeal, GetDeal, LinkDeal, ListDeals, ListDealsOfCompany,
    ListDealsOfContact, SetDealRole, UpdateDeal,
};
use g8_domain::{
    ErrorKind,
    record::{DealRole, StageType},
    value::Money,
};
use g8_product::testing::test_app;
use g8_records::{company, contact, note, privacy};
use g8_storage::{events, on_both};
use serde_json::{Value, json};

async fn person(kit: &TestApp, email: &str) -> i64 {
    let contact = json!({ "work_email": email, "first_name": "Ann", "last_name": "Lee", "job_title": "CEO" });
    kit.call::<contact::CreateContact>(contact).await.unwrap().id
}

async fn acme(kit: &TestApp) -> i64 {
    kit.call::<company::CreateCompany>(json!({ "name": "Acme" })).await.unwrap().row.id
}

async fn create(kit: &TestApp, deal: Value) -> DealView {
    kit.call::<CreateDeal>(deal).await.unwrap()
}

/// What was told of deals, oldest first, and the last of it.
async fn told(kit: &TestApp) -> (Vec<String>, Value) {
    let all = events::after(&mut &kit.app.db, kit.org, uuid::Uuid::nil(), 100).await.unwrap();
    let of_deals: Vec<_> = all.into_iter().filter(|event| event.name.starts_with("deal.")).collect();
    let last = of_deals.last().map(|event| event.data.clone()).unwrap_or_default();
    (of_deals.into_iter().map(|event| event.name).collect(), last)
}

on_both! {
    async fn a_deal_begins_with_its_defaults_and_shows_who_takes_part(test) {
        let kit = test_app(test).await;
        let plain = create(&kit, json!({ "name": " Big one " })).await;
        assert_eq!((plain.name.as_str(), plain.currency.as_str(), plain.stage_name.as_str()), ("Big one", "USD", "Lead"));
        assert_eq!((plain.status, plain.amount, plain.contacts), (StageType::Open, None, Some(vec![])));
        let (ann, bob, acme) = (person(&kit, "ann@x.com").await, person(&kit, "bob@x.com").await, acme(&kit).await);
        let full = json!({ "name": "Seats", "amount": 1250.5, "currency": "eur", "close_date": "2026-03-31T10:00:00Z", "company_id": acme,
            "owner_id": "ann@example.com", "description": "20 seats", "contact_ids": [bob, ann, bob] });
        let full = create(&kit, full).await;
        assert_eq!((full.amount, full.currency.as_str(), full.close_date.as_deref()), (Some(Money(125_050)), "EUR", Some("2026-03-31")));
        assert_eq!((full.contact_count, full.primary_contact.as_ref().unwrap().id), (2, bob), "the first one given");
        let got = kit.call::<GetDeal>(json!({ "deal_id": full.id })).await.unwrap();
        assert_eq!(got, full);
        assert_eq!(got.contacts.unwrap()[1].name.as_deref(), Some("Ann Lee"));
        let listed = kit.call::<ListDeals>(json!({ "company_id": acme })).await.unwrap().data.remove(0);
        assert_eq!((listed.contacts.clone(), listed.primary_contact.clone()), (None, full.primary_contact.clone()));
        assert_eq!(json!(listed)["amount"], json!(1250.5));
    }
}

on_both! {
    async fn every_fault_is_told_at_once_and_strangers_do_not_exist(test) {
        let kit = test_app(test).await;
        let bad = json!({ "name": "  ", "amount": 0.001, "currency": "€ur", "close_date": "soon" });
        let refused = kit.call::<CreateDeal>(bad).await.unwrap_err();
        for part in ["4 problems", "`name` must not be empty", "at most 2 decimals", "three letters", "a day like 2026-12-31"] {
            assert!(refused.message.contains(part), "{part}: {}", refused.message);
        }
        assert_eq!(kit.call::<CreateDeal>(json!({ "name": "x", "amount": 1e13 })).await.unwrap_err().kind, ErrorKind::Invalid);
        let nowhere = "00000000-0000-7000-8000-000000000000";
        for unknown in [json!({ "company_id": 9 }), json!({ "contact_ids": [9] }), json!({ "stage_id": nowhere }), json!({ "pipeline_id": nowhere })] {
            let mut deal = json!({ "name": "x" });
            deal.as_object_mut().unwrap().extend(unknown.as_object().unwrap().clone());
            assert_eq!(kit.call::<CreateDeal>(deal).await.unwrap_err().kind, ErrorKind::NotFound, "{unknown}");
        }
        assert_eq!(kit.call::<ListDeals>(json!({})).await.unwrap().pagination.total, 0, "nothing is left of those");
    }
}

on_both! {
    async fn contacts_leave_join_and_get_roles_in_that_order(test) {
        let kit = test_app(test).await;
        let (ann, bob) = (person(&kit, "ann@x.com").await, person(&kit, "bob@x.com").await);
        let id = create(&kit, json!({ "name": "x", "contact_ids": [ann] })).await.id;
        let change = json!({ "deal_id": id, "remove_contact_ids": [ann], "add_contact_ids": [bob, ann], "contact_roles": { ann.to_string(): "champion" } });
        let changed = kit.call::<UpdateDeal>(change).await.unwrap();
        let contacts: Vec<_> = changed.contacts.unwrap().iter().map(|party| (party.id, party.role)).collect();
        assert_eq!(contacts, [(bob, None), (ann, Some(DealRole::Champion))], "who came back comes last");
        for (bad, part) in [
            (json!({ ann.to_string(): "boss" }), "champion, decision_maker"),
            (json!({ "99": "coach" }), "contact 99, who is not on the deal"),
            (json!({ "ann": "coach" }), "must be the id of a contact"),
        ] {
            let refused = kit.call::<UpdateDeal>(json!({ "deal_id": id, "contact_roles": bad })).await.unwrap_err();
            assert!(refused.kind == ErrorKind::Rule && refused.message.contains(part), "{}", refused.message);
        }
        let undone = json!({ "deal_id": id, "remove_contact_ids": [bob], "contact_roles": { bob.to_string(): "coach" } });
        assert_eq!(kit.call::<UpdateDeal>(undone).await.unwrap_err().kind, ErrorKind::Rule);
        assert_eq!(kit.call::<GetDeal>(json!({ "deal_id": id })).await.unwrap().contact_count, 2, "all or nothing");
        let coach = kit.call::<SetDealRole>(json!({ "deal_id": id, "contact_id": bob, "role": "coach" })).await.unwrap();
        assert_eq!(coach.primary_contact.unwrap().role, Some(DealRole::Coach));
        assert_eq!(kit.call::<SetDealRole>(json!({ "deal_id": id, "contact_id": bob, "role": null })).await.unwrap().primary_contact.unwrap().role, None);
        let missing = kit.call::<SetDealRole>(json!({ "deal_id": id, "contact_id": bob })).await.unwrap_err();
        assert_eq!(missing.message, "`role` is required.");
        assert_eq!(kit.call::<SetDealRole>(json!({ "deal_id": id, "contact_id": 99, "role": "coach" })).await.unwrap_err().kind, ErrorKind::NotFound);
        assert_eq!(kit.call::<SetDealRole>(json!({ "deal_id": id, "contact_id": bob, "role": "boss" })).await.unwrap_err().kind, ErrorKind::Rule);
    }
}

on_both! {
    async fn fields_left_out_stay_and_null_clears(test) {
        let kit = test_app(test).await;
        let deal = create(&kit, json!({ "name": "x", "amount": 5, "owner_id": "ann@x.com", "close_date": "2026-05-01" })).await;
        let changed = kit.call::<UpdateDeal>(json!({ "deal_id": deal.id, "owner_id": null, "amount": 7 })).await.unwrap();
        assert_eq!((changed.owner_id, changed.amount, changed.close_date), (None, Some(Money(700)), deal.close_date));
        assert_eq!(kit.call::<UpdateDeal>(json!({ "deal_id": deal.id })).await.unwrap_err().kind, ErrorKind::Invalid);
        assert_eq!(told(&kit).await.0, ["deal.created", "deal.updated"]);
        kit.call::<DeleteDeal>(json!({ "deal_id": deal.id })).await.unwrap();
        assert_eq!(kit.call::<GetDeal>(json!({ "deal_id": deal.id })).await.unwrap_err().kind, ErrorKind::NotFound);
        assert_eq!(told(&kit).await.0.last().unwrap(), "deal.deleted");
    }
}

on_both! {
    async fn an_asserted_deal_is_recognised_by_name_and_company(test) {
        let kit = test_app(test).await;
        let acme = acme(&kit).await;
        let assert = |extra: Value| {
            let mut deal = json!({ "name": "Seats", "company_id": acme });
            deal.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            kit.call::<AssertDeal>(deal)
        };
        let (one, two) = tokio::join!(assert(json!({})), assert(json!({ "amount": 9, "name": "SEATS" })));
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_eq!(one.deal_id, two.deal_id, "two at once make one");
        let deal = kit.call::<GetDeal>(json!({ "deal_id": one.deal_id })).await.unwrap();
        assert!(deal.amount == Some(Money(900)) || two.action == "created");
        kit.call::<AssertDeal>(json!({ "name": "seats", "company_id": acme })).await.unwrap();
        assert_eq!(kit.call::<GetDeal>(json!({ "deal_id": one.deal_id })).await.unwrap(), deal, "it is not renamed");
        let mut actions = [one.action, two.action];
        actions.sort();
        assert_eq!(actions, ["created", "updated"]);
        let without = kit.call::<AssertDeal>(json!({ "name": "Seats" })).await.unwrap();
        assert!(without.action == "created" && without.deal_id != one.deal_id);
    }
}

on_both! {
    async fn contacts_and_companies_show_their_deals_until_they_go(test) {
        let kit = test_app(test).await;
        let (ann, acme) = (person(&kit, "ann@x.com").await, acme(&kit).await);
        let deal = create(&kit, json!({ "name": "x", "amount": 3, "company_id": acme })).await.id;
        let link = json!({ "contact_id": ann, "deal_id": deal });
        assert_eq!(kit.call::<LinkDeal>(link.clone()).await.unwrap().action, "created");
        assert_eq!(kit.call::<LinkDeal>(link).await.unwrap().action, "exists");
        kit.call::<SetDealRole>(json!({ "deal_id": deal, "contact_id": ann, "role": "blocker" })).await.unwrap();
        let of_ann = kit.call::<ListDealsOfContact>(json!({ "contact_id": ann })).await.unwrap().data;
        assert_eq!((of_ann[0].deal_id, of_ann[0].stage.as_str(), of_ann[0].value, of_ann[0].role), (deal, "Lead", Some(Money(300)), Some(DealRole::Blocker)));
        let of_acme = kit.call::<ListDealsOfCompany>(json!({ "company_id": acme })).await.unwrap().data;
        assert_eq!((of_acme[0].deal_id, of_acme[0].role), (deal, None));
        kit.call::<contact::DeleteContact>(json!({ "contact_id": ann })).await.unwrap();
        kit.call::<company::DeleteCompany>(json!({ "company_id": acme })).await.unwrap();
        let left = kit.call::<GetDeal>(json!({ "deal_id": deal })).await.unwrap();
        assert_eq!((left.contact_count, left.primary_contact, left.company_id), (0, None, None));
        assert_eq!(kit.call::<ListDealsOfContact>(json!({ "contact_id": ann })).await.unwrap_err().kind, ErrorKind::NotFound);
    }
}

on_both! {
    async fn notes_are_on_deals_too(test) {
        let kit = test_app(test).await;
        let deal = create(&kit, json!({ "name": "x" })).await.id;
        let made = kit.call::<note::CreateNoteOnDeal>(json!({ "deal_id": deal, "content": "one" })).await.unwrap();
        assert_eq!((json!(made)["entity_type"].clone(), json!(made)["entity_id"].clone()), (json!("deal"), json!(deal)));
        let changed = kit.call::<note::UpdateNote>(json!({ "note_id": made.id, "content": "two" })).await.unwrap();
        assert_eq!(changed.content, "two");
        assert_eq!(kit.call::<note::ListNotesOfDeal>(json!({ "deal_id": deal })).await.unwrap().data, [changed]);
        kit.call::<note::DeleteNote>(json!({ "note_id": made.id })).await.unwrap();
        kit.call::<note::CreateNoteOnDeal>(json!({ "deal_id": deal, "content": "three" })).await.unwrap();
        kit.call::<DeleteDeal>(json!({ "deal_id": deal })).await.unwrap();
        assert_eq!(kit.call::<note::ListNotesOfDeal>(json!({ "deal_id": deal })).await.unwrap_err().kind, ErrorKind::NotFound);
    }
}

on_both! {
    async fn deals_are_found_by_every_filter(test) {
        let kit = test_app(test).await;
        let one = create(&kit, json!({ "name": "Müller, 20 seats", "owner_id": "ann@x.com" })).await;
        create(&kit, json!({ "name": "Other 100%" })).await;
        for filter in [json!({ "search": "MÜLLER" }), json!({ "owner_id": "ann@x.com" }), json!({ "stage_id": one.stage_id, "search": "seats" })] {
            let found = kit.call::<ListDeals>(filter).await.unwrap();
            assert_eq!((found.pagination.total, found.data[0].id), (1, one.id));
        }
        for (filter, n) in [(json!({ "search": "0%" }), 1), (json!({ "status": "open", "pipeline_id": one.pipeline_id }), 2), (json!({ "status": "won" }), 0)] {
            assert_eq!(kit.call::<ListDeals>(filter).await.unwrap().pagination.total, n);
        }
        let first = kit.call::<ListDeals>(json!({ "limit": 1 })).await.unwrap();
        let next = kit.call::<ListDeals>(json!({ "limit": 1, "cursor": first.pagination.next_cursor })).await.unwrap();
        assert_eq!(next.data[0].id, one.id);
    }
}

on_both! {
    async fn an_erased_person_is_in_no_deal_and_in_no_event_of_one(test) {
        let kit = test_app(test).await;
        let ann = kit.call::<contact::CreateContact>(json!({ "work_email": "quintessa@x.com", "first_name": "Quintessa" })).await.unwrap().id;
        let deal = create(&kit, json!({ "name": "x", "contact_ids": [ann] })).await;
        kit.call::<SetDealRole>(json!({ "deal_id": deal.id, "contact_id": ann, "role": "coach" })).await.unwrap();
        let dossier = kit.call::<privacy::ExportPerson>(json!({ "contact_id": ann })).await.unwrap();
        let kept = &dossier.contacts[0].deals[0];
        assert_eq!((kept.deal_id, kept.stage.as_str(), kept.role), (deal.id, "Lead", Some(DealRole::Coach)));
        kit.call::<privacy::ErasePerson>(json!({ "contact_id": ann })).await.unwrap();
        assert!(!kit.db.db.dump().await.unwrap().to_lowercase().contains("quintessa"));
        assert_eq!(kit.call::<GetDeal>(json!({ "deal_id": deal.id })).await.unwrap().contact_count, 0);
    }
}

on_both! {
    async fn who_may_not_read_people_sees_ids_and_adds_nobody(test) {
        let kit = test_app(test).await;
        let ann = kit.call::<contact::CreateContact>(json!({ "work_email": "ann@x.com", "first_name": "Ann" })).await.unwrap().id;
        let deal = create(&kit, json!({ "name": "Seats", "contact_ids": [ann] })).await;
        let blind = kit.as_key(&kit.key_with(&["deals:read", "deals:write"]).await);
        let seen = blind.call::<GetDeal>(json!({ "deal_id": deal.id }).as_object().unwrap().clone()).await.unwrap();
        let party = &seen.contacts.unwrap()[0];
        assert_eq!((party.id, &party.name, &party.email), (ann, &None, &None));
        let more = json!({ "name": "More", "contact_ids": [ann] });
        let refused = blind.call::<CreateDeal>(more.as_object().unwrap().clone()).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotFound);
    }
}
