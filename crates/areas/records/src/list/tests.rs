//! Lists, as their users see them.

use super::{
    AddCompanies, AddContacts, Companies, Contacts, Create, Delete, Get, Lists, OfCompany, OfContact,
    RemoveContacts, Update,
};
use crate::testing::test_app;
use crate::{company, contact};
use g8_core::Backend;
use g8_domain::{Kind, record::ListKind};
use g8_storage::on_both;
use serde_json::{Value, json};

fn args(value: Value) -> g8_core::Args {
    value.as_object().unwrap().clone()
}

on_both! {
    async fn people_go_on_a_list_once_and_come_off_it(test) {
        let kit = test_app(test).await;
        let list = kit.call::<Create>(json!({ "title": "Fair" })).await.unwrap();
        assert_eq!((list.kind, list.total, list.status.as_str()), (ListKind::Contacts, 0, "completed"));
        let ann = kit.call::<contact::Create>(json!({ "work_email": "a@x.com", "list_id": list.id })).await.unwrap().id;
        let bob = kit.call::<contact::Create>(json!({ "work_email": "b@x.com" })).await.unwrap().id;
        let added = kit.call::<AddContacts>(json!({ "list_id": list.id, "contact_ids": [ann, bob, 99] })).await.unwrap();
        assert_eq!((added.added, added.not_found), (1, vec![99]));
        let on_it = kit.call::<Contacts>(json!({ "list_id": list.id })).await.unwrap();
        assert_eq!(on_it.data.iter().map(|row| row.id).collect::<Vec<_>>(), [bob, ann]);
        let filtered = kit.call::<contact::List>(json!({ "list_id": list.id, "email": "a@x.com" })).await.unwrap();
        assert_eq!(filtered.pagination.total, 1);
        let off = kit.call::<RemoveContacts>(json!({ "list_id": list.id, "contact_ids": [ann, 99] })).await.unwrap();
        assert_eq!(off.removed, 1);
        kit.call::<contact::Delete>(json!({ "contact_id": bob })).await.unwrap();
        assert_eq!(kit.call::<Get>(json!({ "list_id": list.id })).await.unwrap().total, 0);
        kit.call::<Delete>(json!({ "list_id": list.id })).await.unwrap();
        assert_eq!(kit.call::<Get>(json!({ "list_id": list.id })).await.unwrap_err().kind, Kind::NotFound);
        kit.call::<contact::Get>(json!({ "contact_id": ann })).await.unwrap();
    }
}

on_both! {
    async fn a_list_holds_what_its_type_says(test) {
        let kit = test_app(test).await;
        let list = kit.call::<Create>(json!({ "title": "Accounts", "type": "companies" })).await.unwrap();
        let acme = kit.call::<company::Create>(json!({ "name": "Acme" })).await.unwrap().row.id;
        kit.call::<AddCompanies>(json!({ "list_id": list.id, "company_ids": [acme] })).await.unwrap();
        assert_eq!(kit.call::<Companies>(json!({ "list_id": list.id })).await.unwrap().data[0].id, acme);
        let mixed = kit.call::<AddContacts>(json!({ "list_id": list.id, "contact_ids": [1] })).await.unwrap_err();
        assert_eq!(mixed.kind, Kind::Rule);
        let unknown = kit.call::<Create>(json!({ "title": "x", "type": "shoes" })).await.unwrap_err();
        assert_eq!(unknown.message, "`type` must be one of contacts, companies, suppressions, deals, leads.");
        let renamed = kit.call::<Update>(json!({ "list_id": list.id, "title": "Key accounts", "description": "Ours" })).await;
        assert_eq!(renamed.unwrap().title, "Key accounts");
    }
}

on_both! {
    async fn a_typed_scope_opens_lists_of_its_type_only(test) {
        let kit = test_app(test).await;
        let people = kit.call::<Create>(json!({ "title": "People" })).await.unwrap().id;
        let accounts = kit.call::<Create>(json!({ "title": "Accounts", "type": "companies" })).await.unwrap().id;
        let typed = kit.as_key(&kit.key_with(&["account_lists:read", "account_lists:write"]).await);
        let seen = typed.call::<Lists>(args(json!({}))).await.unwrap();
        assert_eq!(seen.data.iter().map(|list| list.id).collect::<Vec<_>>(), [accounts]);
        let hidden = typed.call::<Get>(args(json!({ "list_id": people }))).await.unwrap_err();
        assert_eq!(hidden.kind, Kind::NotFound);
        let refused = typed.call::<Create>(args(json!({ "title": "More people" }))).await.unwrap_err();
        assert_eq!(refused.kind, Kind::Forbidden);
    }
}

on_both! {
    async fn another_organizations_list_has_no_members_to_count(test) {
        let kit = test_app(test).await;
        kit.call::<Create>(json!({ "title": "Ours" })).await.unwrap();
        kit.call::<contact::Create>(json!({ "work_email": "a@x.com", "list_id": 1 })).await.unwrap();
        let listed = json!({ "list_id": 1 });
        assert_eq!(kit.call::<contact::List>(listed.clone()).await.unwrap().pagination.total, 1);
        let stranger = kit.as_key(&kit.stranger().await);
        let seen = stranger.call::<contact::List>(listed.as_object().unwrap().clone()).await.unwrap();
        assert_eq!((seen.pagination.total, seen.data.len()), (0, 0));
    }
}

on_both! {
    async fn a_record_says_which_lists_it_is_on(test) {
        let kit = test_app(test).await;
        let ann = kit.call::<contact::Create>(json!({ "work_email": "a@x.com" })).await.unwrap().id;
        let acme = kit.call::<company::Create>(json!({ "name": "Acme" })).await.unwrap().row.id;
        for title in ["Fair", "Autumn", "Nobody's"] {
            let list = kit.call::<Create>(json!({ "title": title })).await.unwrap().id;
            if title != "Nobody's" {
                kit.call::<AddContacts>(json!({ "list_id": list, "contact_ids": [ann] })).await.unwrap();
            }
        }
        let firms = kit.call::<Create>(json!({ "title": "Key accounts", "type": "companies" })).await.unwrap().id;
        kit.call::<AddCompanies>(json!({ "list_id": firms, "company_ids": [acme] })).await.unwrap();
        let lists = kit.call::<OfContact>(json!({ "contact_id": ann })).await.unwrap();
        assert_eq!(lists.data.iter().map(|list| list.title.as_str()).collect::<Vec<_>>(), ["Autumn", "Fair"]);
        assert_eq!(kit.call::<OfCompany>(json!({ "company_id": acme })).await.unwrap().data[0].id, firms);
        assert_eq!(kit.call::<OfContact>(json!({ "contact_id": 99 })).await.unwrap_err().kind, Kind::NotFound);
        let others = kit.as_key(&kit.key_with(&["account_lists:read"]).await);
        assert!(others.call::<OfContact>(args(json!({ "contact_id": ann }))).await.unwrap().data.is_empty());
    }
}
