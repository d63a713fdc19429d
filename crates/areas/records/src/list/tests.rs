//! Lists, as their users see them.

use super::{
    AddCompaniesToList, AddContactsToList, CreateList, DeleteList, GetList, ListCompaniesOfList,
    ListContactsOfList, ListLists, ListListsOfCompany, ListListsOfContact, RemoveContactsFromList,
    UpdateList,
};
use crate::testing::test_app;
use crate::{company, contact};
use g8_core::Backend;
use g8_domain::{ErrorKind, record::ListKind};
use g8_storage::on_both;
use serde_json::{Value, json};

fn args(value: Value) -> g8_core::Args {
    value.as_object().unwrap().clone()
}

on_both! {
    async fn people_go_on_a_list_once_and_come_off_it(test) {
        let kit = test_app(test).await;
        let list = kit.call::<CreateList>(json!({ "title": "Fair" })).await.unwrap();
        assert_eq!((list.kind, list.total, list.status.as_str()), (ListKind::Contacts, 0, "completed"));
        let ann = kit.call::<contact::CreateContact>(json!({ "work_email": "a@x.com", "list_id": list.id })).await.unwrap().id;
        let bob = kit.call::<contact::CreateContact>(json!({ "work_email": "b@x.com" })).await.unwrap().id;
        let added = kit.call::<AddContactsToList>(json!({ "list_id": list.id, "contact_ids": [ann, bob, 99] })).await.unwrap();
        assert_eq!((added.added, added.not_found), (1, vec![99]));
        let on_it = kit.call::<ListContactsOfList>(json!({ "list_id": list.id })).await.unwrap();
        assert_eq!(on_it.data.iter().map(|row| row.id).collect::<Vec<_>>(), [bob, ann]);
        let filtered = kit.call::<contact::ListContacts>(json!({ "list_id": list.id, "email": "a@x.com" })).await.unwrap();
        assert_eq!(filtered.pagination.total, 1);
        let off = kit.call::<RemoveContactsFromList>(json!({ "list_id": list.id, "contact_ids": [ann, 99] })).await.unwrap();
        assert_eq!(off.removed, 1);
        kit.call::<contact::DeleteContact>(json!({ "contact_id": bob })).await.unwrap();
        assert_eq!(kit.call::<GetList>(json!({ "list_id": list.id })).await.unwrap().total, 0);
        kit.call::<DeleteList>(json!({ "list_id": list.id })).await.unwrap();
        assert_eq!(kit.call::<GetList>(json!({ "list_id": list.id })).await.unwrap_err().kind, ErrorKind::NotFound);
        kit.call::<contact::GetContact>(json!({ "contact_id": ann })).await.unwrap();
    }
}

on_both! {
    async fn a_list_holds_what_its_type_says(test) {
        let kit = test_app(test).await;
        let list = kit.call::<CreateList>(json!({ "title": "Accounts", "type": "companies" })).await.unwrap();
        let acme = kit.call::<company::CreateCompany>(json!({ "name": "Acme" })).await.unwrap().row.id;
        kit.call::<AddCompaniesToList>(json!({ "list_id": list.id, "company_ids": [acme] })).await.unwrap();
        assert_eq!(kit.call::<ListCompaniesOfList>(json!({ "list_id": list.id })).await.unwrap().data[0].id, acme);
        let mixed = kit.call::<AddContactsToList>(json!({ "list_id": list.id, "contact_ids": [1] })).await.unwrap_err();
        assert_eq!(mixed.kind, ErrorKind::Rule);
        let unknown = kit.call::<CreateList>(json!({ "title": "x", "type": "shoes" })).await.unwrap_err();
        assert_eq!(unknown.message, "`type` must be one of contacts, companies, suppressions, deals, leads.");
        let renamed = kit.call::<UpdateList>(json!({ "list_id": list.id, "title": "Key accounts", "description": "Ours" })).await;
        assert_eq!(renamed.unwrap().title, "Key accounts");
    }
}

on_both! {
    async fn a_typed_scope_opens_lists_of_its_type_only(test) {
        let kit = test_app(test).await;
        let people = kit.call::<CreateList>(json!({ "title": "People" })).await.unwrap().id;
        let accounts = kit.call::<CreateList>(json!({ "title": "Accounts", "type": "companies" })).await.unwrap().id;
        let typed = kit.as_key(&kit.key_with(&["account_lists:read", "account_lists:write"]).await);
        let seen = typed.call::<ListLists>(args(json!({}))).await.unwrap();
        assert_eq!(seen.data.iter().map(|list| list.id).collect::<Vec<_>>(), [accounts]);
        let hidden = typed.call::<GetList>(args(json!({ "list_id": people }))).await.unwrap_err();
        assert_eq!(hidden.kind, ErrorKind::NotFound);
        let refused = typed.call::<CreateList>(args(json!({ "title": "More people" }))).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Forbidden);
    }
}

on_both! {
    async fn another_organizations_list_has_no_members_to_count(test) {
        let kit = test_app(test).await;
        kit.call::<CreateList>(json!({ "title": "Ours" })).await.unwrap();
        kit.call::<contact::CreateContact>(json!({ "work_email": "a@x.com", "list_id": 1 })).await.unwrap();
        let listed = json!({ "list_id": 1 });
        assert_eq!(kit.call::<contact::ListContacts>(listed.clone()).await.unwrap().pagination.total, 1);
        let stranger = kit.as_key(&kit.stranger().await);
        let seen = stranger.call::<contact::ListContacts>(listed.as_object().unwrap().clone()).await.unwrap();
        assert_eq!((seen.pagination.total, seen.data.len()), (0, 0));
    }
}

on_both! {
    async fn a_record_says_which_lists_it_is_on(test) {
        let kit = test_app(test).await;
        let ann = kit.call::<contact::CreateContact>(json!({ "work_email": "a@x.com" })).await.unwrap().id;
        let acme = kit.call::<company::CreateCompany>(json!({ "name": "Acme" })).await.unwrap().row.id;
        for title in ["Fair", "Autumn", "Nobody's"] {
            let list = kit.call::<CreateList>(json!({ "title": title })).await.unwrap().id;
            if title != "Nobody's" {
                kit.call::<AddContactsToList>(json!({ "list_id": list, "contact_ids": [ann] })).await.unwrap();
            }
        }
        let firms = kit.call::<CreateList>(json!({ "title": "Key accounts", "type": "companies" })).await.unwrap().id;
        kit.call::<AddCompaniesToList>(json!({ "list_id": firms, "company_ids": [acme] })).await.unwrap();
        let lists = kit.call::<ListListsOfContact>(json!({ "contact_id": ann })).await.unwrap();
        assert_eq!(lists.data.iter().map(|list| list.title.as_str()).collect::<Vec<_>>(), ["Autumn", "Fair"]);
        assert_eq!(kit.call::<ListListsOfCompany>(json!({ "company_id": acme })).await.unwrap().data[0].id, firms);
        assert_eq!(kit.call::<ListListsOfContact>(json!({ "contact_id": 99 })).await.unwrap_err().kind, ErrorKind::NotFound);
        let others = kit.as_key(&kit.key_with(&["account_lists:read"]).await);
        assert!(others.call::<ListListsOfContact>(args(json!({ "contact_id": ann }))).await.unwrap().data.is_empty());
    }
}
