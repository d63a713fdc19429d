//! Deals going from stage to stage.

use super::{create, person, told};
use futures_util::future::join_all;
use g8_core::testing::TestApp;
use g8_deals::{
    deal::{AssertDeal, GetDeal, ListDealHistory, ListDeals, MoveDeal, UpdateDeal},
    pipeline, stage,
};
use g8_domain::{ErrorKind, event::Ref, record::StageType};
use g8_product::testing::test_app;
use g8_storage::{events, on_both};
use serde_json::json;

async fn stages(kit: &TestApp) -> Vec<pipeline::StageView> {
    kit.call::<pipeline::ListDealPipelines>(json!({})).await.unwrap().remove(0).stages
}

on_both! {
    async fn a_deal_goes_through_its_stages_and_its_way_is_kept(test) {
        let kit = test_app(test).await;
        let stages = stages(&kit).await;
        let ann = person(&kit, "ann@x.com").await;
        let id = create(&kit, json!({ "name": "x", "contact_ids": [ann] })).await.id;
        kit.advance_seconds(86_400 * 3);
        kit.call::<MoveDeal>(json!({ "deal_id": id, "stage_id": stages[1].id })).await.unwrap();
        kit.advance_seconds(86_400 / 2);
        let won = kit.call::<UpdateDeal>(json!({ "deal_id": id, "stage_id": stages[5].id, "amount": 5 })).await.unwrap();
        assert_eq!((won.status, won.stage_changed_at), (StageType::Won, kit.now()));
        kit.call::<MoveDeal>(json!({ "deal_id": id, "stage_id": stages[5].id })).await.unwrap();
        let (names, last) = told(&kit).await;
        assert_eq!(names, ["deal.created", "deal.stage_changed", "deal.updated", "deal.stage_changed", "deal.won"], "where it is it does not go");
        assert_eq!((&last["from_stage"]["name"], &last["to_stage"]["name"], &last["deal"]["contact_ids"]), (&json!("Qualified"), &json!("Closed Won"), &json!([ann])));
        assert_eq!(last["pipeline"]["name"], "Sales Pipeline");
        let history = kit.call::<ListDealHistory>(json!({ "deal_id": id })).await.unwrap().data;
        let way: Vec<_> = history.iter().map(|step| (step.to_stage.name.as_str(), step.days_in_stage)).collect();
        assert_eq!(way, [("Closed Won", 0.0), ("Qualified", 0.5), ("Lead", 3.0)]);
        assert_eq!((history[2].from_stage.is_none(), history[0].moved_by.as_deref()), (true, Some("First key")));
        let filter = events::EventFilter { subject: Some(Ref::Deal(id).to_string()), ..Default::default() };
        let slice = g8_storage::Slice { after: None, offset: 0, limit: 10 };
        assert_eq!(events::page(&mut &kit.app.db, kit.org, filter, &slice).await.unwrap().len(), 5);
    }
}

on_both! {
    async fn a_deal_made_where_it_is_lost_says_so(test) {
        let kit = test_app(test).await;
        let lost = stages(&kit).await[6].id;
        create(&kit, json!({ "name": "x", "stage_id": lost })).await;
        let (names, last) = told(&kit).await;
        assert_eq!((names.as_slice(), last.get("from_stage")), (["deal.created".to_owned(), "deal.lost".to_owned()].as_slice(), Some(&json!(null))));
    }
}

on_both! {
    async fn a_stage_of_another_pipeline_is_refused_unless_that_is_named(test) {
        let kit = test_app(test).await;
        let home = stages(&kit).await[0].id;
        let other = kit.call::<pipeline::CreatePipeline>(json!({ "name": "Other" })).await.unwrap();
        let deal = create(&kit, json!({ "name": "x" })).await;
        let away = other.stages[2].id;
        let refused = kit.call::<MoveDeal>(json!({ "deal_id": deal.id, "stage_id": away })).await.unwrap_err();
        assert_eq!((refused.kind, refused.data.unwrap()["field"].clone()), (ErrorKind::Rule, json!("stage_id")));
        let mixed = json!({ "deal_id": deal.id, "stage_id": home, "pipeline_id": other.id });
        assert_eq!(kit.call::<UpdateDeal>(mixed).await.unwrap_err().kind, ErrorKind::Rule);
        let moved = kit.call::<UpdateDeal>(json!({ "deal_id": deal.id, "stage_id": away, "pipeline_id": other.id })).await.unwrap();
        assert_eq!((moved.pipeline_id, moved.stage_name.as_str()), (other.id, "Discovery"));
        let back = kit.call::<UpdateDeal>(json!({ "deal_id": deal.id, "pipeline_id": deal.pipeline_id })).await.unwrap();
        assert_eq!(back.stage_id, home, "the first stage");
        assert_eq!(create(&kit, json!({ "name": "y", "stage_id": away })).await.pipeline_id, other.id);
        let strange = kit.call::<MoveDeal>(json!({ "deal_id": other.id, "stage_id": home })).await.unwrap_err();
        assert_eq!(strange.kind, ErrorKind::NotFound);
        assert_eq!(kit.call::<GetDeal>(json!({ "deal_id": deal.id })).await.unwrap().stage_id, home);
    }
}

on_both! {
    async fn moves_and_a_stage_that_goes_do_not_stand_in_each_others_way(test) {
        let kit = test_app(test).await;
        let stages = stages(&kit).await;
        let mut deals = Vec::new();
        for n in 0..6 {
            deals.push(create(&kit, json!({ "name": format!("deal {n}") })).await.id);
        }
        let moves = deals.iter().zip([0, 0, 1, 1, 2, 2]).map(|(deal, to)| {
            kit.call::<UpdateDeal>(json!({ "deal_id": deal, "stage_id": stages[to].id, "amount": 1 }))
        });
        let renames = deals.iter().map(|deal| kit.call::<UpdateDeal>(json!({ "deal_id": deal, "description": "new" })));
        let asserts = (0..6).map(|n| kit.call::<AssertDeal>(json!({ "name": format!("deal {n}"), "currency": "EUR" })));
        let gone = json!({ "pipeline_id": stages[0].pipeline_id, "stage_id": stages[0].id, "move_to_stage_id": stages[3].id });
        let (moves, renames, asserts, gone) =
            tokio::join!(join_all(moves), join_all(renames), join_all(asserts), kit.call::<stage::DeleteStage>(gone));
        gone.unwrap();
        let faults: Vec<_> = moves.into_iter().filter_map(Result::err).map(|error| error.kind).collect();
        assert!(faults.iter().all(|kind| *kind == ErrorKind::NotFound), "{faults:?}");
        let faults: Vec<_> = renames.into_iter().filter_map(Result::err).collect();
        let others: Vec<_> = asserts.into_iter().filter_map(Result::err).collect();
        assert!(faults.is_empty() && others.is_empty(), "{faults:?} {others:?}");
        for deal in kit.call::<ListDeals>(json!({})).await.unwrap().data {
            let steps = kit.call::<ListDealHistory>(json!({ "deal_id": deal.id })).await.unwrap().data;
            assert_eq!(steps[0].to_stage.id, deal.stage_id);
            assert!(deal.stage_id != stages[0].id && deal.currency == "EUR");
        }
    }
}
