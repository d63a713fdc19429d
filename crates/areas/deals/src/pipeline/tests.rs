//! Pipelines and their stages, as their users see them.

use super::{
    CreatePipeline, DeletePipeline, GetPipeline, ListDealPipelines, ListEvidence, ListPipelines,
    PipelineView, SetDefaultPipeline, UpdatePipeline,
};
use crate::testing::test_app;
use crate::{deal, stage};
use g8_core::{Backend, testing::TestApp};
use g8_domain::{
    ErrorKind,
    record::{PipelineTarget, StageType},
};
use g8_storage::{events, on_both};
use serde_json::{Value, json};
use std::collections::HashSet;

fn names(pipeline: &PipelineView) -> Vec<&str> {
    pipeline.stages.iter().map(|stage| stage.name.as_str()).collect()
}

async fn default(kit: &TestApp) -> PipelineView {
    kit.call::<ListDealPipelines>(json!({}))
        .await
        .unwrap()
        .into_iter()
        .find(|pipeline| pipeline.is_default)
        .unwrap()
}

fn args(value: Value) -> g8_core::Args {
    value.as_object().unwrap().clone()
}

on_both! {
    async fn everybody_has_a_pipeline_with_the_usual_stages(test) {
        let kit = test_app(test).await;
        let all = kit.call::<ListDealPipelines>(json!({})).await.unwrap();
        let stages: Vec<_> =
            all[0].stages.iter().map(|stage| (stage.name.as_str(), stage.probability, stage.order)).collect();
        let usual = [
            ("Lead", 10, 0), ("Qualified", 20, 1), ("Discovery", 30, 2), ("Proposal", 50, 3),
            ("Negotiation", 70, 4), ("Closed Won", 100, 5), ("Closed Lost", 0, 6),
        ];
        assert_eq!((all.len(), all[0].is_default, stages.as_slice()), (1, true, usual.as_slice()));
        assert_eq!(all[0].stages[5].stage_type, StageType::Won);
        assert_eq!(kit.call::<ListPipelines>(json!({})).await.unwrap(), all);
        for scope in ["deals:read", "pipelines:read"] {
            let reader = kit.as_key(&kit.key_with(&[scope]).await);
            assert_eq!(reader.call::<ListDealPipelines>(args(json!({}))).await.unwrap(), all);
        }
    }
}

on_both! {
    async fn two_who_ask_first_at_once_make_one_pipeline(test) {
        let kit = test_app(test).await;
        let (read, made) = (|| kit.call::<ListDealPipelines>(json!({})), || kit.call::<deal::CreateDeal>(json!({ "name": "One" })));
        let (a, b, c, d) = tokio::join!(read(), made(), read(), made());
        let mut ids: HashSet<_> = [a.unwrap(), c.unwrap()].concat().iter().map(|pipeline| pipeline.id).collect();
        ids.extend([b.unwrap().pipeline_id, d.unwrap().pipeline_id]);
        assert_eq!(ids.len(), 1);
        assert_eq!(kit.call::<ListPipelines>(json!({})).await.unwrap()[0].stages.len(), 7);
    }
}

on_both! {
    async fn pipelines_are_made_changed_and_chosen(test) {
        let kit = test_app(test).await;
        let made = kit.call::<CreatePipeline>(json!({ "name": "Meetings", "target": "prospects_meeting", "blank": true })).await.unwrap();
        assert_eq!((made.target, made.is_default), (Some(PipelineTarget::ProspectsMeeting), false));
        assert_eq!(names(&made), ["New", "Closed Won", "Closed Lost"]);
        assert_eq!(kit.call::<CreatePipeline>(json!({})).await.unwrap().name, "Sales Pipeline");
        let renamed = kit.call::<UpdatePipeline>(json!({ "pipeline_id": made.id, "name": " Calls ", "target": null })).await.unwrap();
        assert_eq!((renamed.name.as_str(), renamed.target, renamed.stages.len()), ("Calls", None, 3));
        assert_eq!(kit.call::<UpdatePipeline>(json!({ "pipeline_id": made.id })).await.unwrap_err().kind, ErrorKind::Invalid);
        assert_eq!(kit.call::<CreatePipeline>(json!({ "target": "friends" })).await.unwrap_err().kind, ErrorKind::Invalid);
        assert!(kit.call::<SetDefaultPipeline>(json!({ "pipeline_id": made.id })).await.unwrap().is_default);
        assert_eq!(default(&kit).await.id, made.id);
        assert_eq!(kit.call::<deal::CreateDeal>(json!({ "name": "x" })).await.unwrap().stage_name, "New");
        let other = kit.call::<ListPipelines>(json!({})).await.unwrap()[0].id;
        kit.call::<UpdatePipeline>(json!({ "pipeline_id": other, "set_default": true })).await.unwrap();
        let defaults = kit.call::<ListPipelines>(json!({})).await.unwrap().into_iter().filter(|one| one.is_default);
        assert_eq!(defaults.map(|one| one.id).collect::<Vec<_>>(), [other]);
    }
}

on_both! {
    async fn a_pipeline_with_deals_and_the_last_one_stay(test) {
        let kit = test_app(test).await;
        let first = default(&kit).await.id;
        let last = kit.call::<DeletePipeline>(json!({ "pipeline_id": first })).await.unwrap_err();
        assert_eq!((last.kind, last.message.as_str()), (ErrorKind::Rule, "This is the last pipeline; create another one first."));
        let other = kit.call::<CreatePipeline>(json!({ "name": "Other" })).await.unwrap().id;
        let made = kit.call::<deal::CreateDeal>(json!({ "name": "x", "pipeline_id": first })).await.unwrap();
        let full = kit.call::<DeletePipeline>(json!({ "pipeline_id": first })).await.unwrap_err();
        assert!(full.kind == ErrorKind::Rule && full.message.starts_with("This pipeline has deals (1); move them"), "{}", full.message);
        kit.call::<deal::DeleteDeal>(json!({ "deal_id": made.id })).await.unwrap();
        kit.call::<DeletePipeline>(json!({ "pipeline_id": first })).await.unwrap();
        assert_eq!(default(&kit).await.id, other, "there is always a default");
        assert_eq!(kit.call::<GetPipeline>(json!({ "pipeline_id": first })).await.unwrap_err().kind, ErrorKind::NotFound);
    }
}

on_both! {
    async fn stages_are_added_where_they_belong_and_changed(test) {
        let kit = test_app(test).await;
        let id = default(&kit).await.id;
        let demo = json!({ "pipeline_id": id, "name": "Demo", "color": "#22c55e", "channel_scripts": { "call": "Hi" },
            "required_elements": ["next_step_scheduled", "made_up", "pain_identified", "pain_identified"] });
        let demo = kit.call::<stage::CreateStage>(demo).await.unwrap();
        assert_eq!(demo.required_elements, ["pain_identified", "next_step_scheduled"], "unknown keys are dropped");
        assert_eq!((demo.probability, demo.stage_type, demo.position), (50, StageType::Open, 5));
        kit.call::<stage::CreateStage>(json!({ "pipeline_id": id, "name": "First", "position": 0 })).await.unwrap();
        let on_hold = json!({ "pipeline_id": id, "name": "Gone", "stage_type": "lost" });
        assert_eq!(kit.call::<stage::CreateStage>(on_hold).await.unwrap().probability, 0);
        let now = default(&kit).await;
        assert_eq!(names(&now), ["First", "Lead", "Qualified", "Discovery", "Proposal", "Negotiation", "Demo", "Closed Won", "Closed Lost", "Gone"]);
        assert!(now.stages.iter().zip(0..).all(|(stage, position)| stage.position == position));
        let change = json!({ "pipeline_id": id, "stage_id": demo.id, "probability": 60, "color": null });
        let changed = kit.call::<stage::UpdateStage>(change).await.unwrap();
        assert_eq!((changed.probability, changed.color, changed.channel_scripts.call.as_deref()), (60, None, Some("Hi")));
        let wild = json!({ "pipeline_id": id, "stage_id": demo.id, "probability": 101 });
        assert_eq!(kit.call::<stage::UpdateStage>(wild).await.unwrap_err().message, "`probability` must be at most 100.");
        let other = kit.call::<CreatePipeline>(json!({})).await.unwrap().id;
        let foreign = kit.call::<stage::UpdateStage>(json!({ "pipeline_id": other, "stage_id": demo.id })).await.unwrap_err();
        assert_eq!(foreign.kind, ErrorKind::NotFound);
        let library = kit.call::<ListEvidence>(json!({})).await.unwrap();
        assert_eq!((library.len(), library[7].key.as_str()), (8, "risk_or_blocker_logged"));
    }
}

on_both! {
    async fn stages_are_reordered_all_together(test) {
        let kit = test_app(test).await;
        let pipeline = kit.call::<CreatePipeline>(json!({ "blank": true })).await.unwrap();
        let mut ids: Vec<_> = pipeline.stages.iter().map(|stage| stage.id).collect();
        ids.swap(1, 2);
        let turned = kit.call::<stage::ReorderStages>(json!({ "pipeline_id": pipeline.id, "stage_ids": ids })).await.unwrap();
        assert_eq!(names(&turned), ["New", "Closed Lost", "Closed Won"]);
        let wrong = json!({ "pipeline_id": pipeline.id, "stage_ids": [ids[0], ids[0], default(&kit).await.stages[0].id] });
        let refused = kit.call::<stage::ReorderStages>(wrong).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Invalid);
        for part in ["`stage_ids[1]` is there twice", "`stage_ids[2]` is no stage of this pipeline", "(Closed Won)", "(Closed Lost)"] {
            assert!(refused.message.contains(part), "{part}: {}", refused.message);
        }
    }
}

on_both! {
    async fn a_stage_with_deals_goes_only_when_they_have_somewhere_to_go(test) {
        let kit = test_app(test).await;
        let pipeline = default(&kit).await;
        let (lead, won) = (pipeline.stages[0].id, pipeline.stages[5].id);
        let deal = kit.call::<deal::CreateDeal>(json!({ "name": "x" })).await.unwrap().id;
        let gone = |to: Value| json!({ "pipeline_id": pipeline.id, "stage_id": lead, "move_to_stage_id": to });
        let kept = kit.call::<stage::DeleteStage>(json!({ "pipeline_id": pipeline.id, "stage_id": lead })).await.unwrap_err();
        assert!(kept.kind == ErrorKind::Rule && kept.message.contains("`move_to_stage_id`"), "{}", kept.message);
        assert_eq!(kit.call::<stage::DeleteStage>(gone(json!(lead))).await.unwrap_err().kind, ErrorKind::Rule);
        let retyped = json!({ "pipeline_id": pipeline.id, "stage_id": lead, "stage_type": "won" });
        assert_eq!(kit.call::<stage::UpdateStage>(retyped).await.unwrap_err().kind, ErrorKind::Rule);
        assert_eq!(kit.call::<stage::DeleteStage>(gone(json!(won))).await.unwrap().moved, 1);
        let moved = kit.call::<deal::GetDeal>(json!({ "deal_id": deal })).await.unwrap();
        assert_eq!((moved.stage_name.as_str(), moved.status), ("Closed Won", StageType::Won));
        let history = kit.call::<deal::ListDealHistory>(json!({ "deal_id": deal })).await.unwrap().data;
        assert_eq!(history[0].from_stage.as_ref().unwrap().name, "Lead", "the name outlives the stage");
        let several = futures_util::future::join_all((0..7).map(|_| kit.call::<deal::CreateDeal>(json!({ "name": "y" })))).await;
        assert!(several.iter().all(|made| made.as_ref().is_ok_and(|made| made.stage_name == "Qualified")));
        let to = json!({ "pipeline_id": pipeline.id, "stage_id": pipeline.stages[1].id, "move_to_stage_id": pipeline.stages[6].id });
        assert_eq!(kit.call::<stage::DeleteStage>(to).await.unwrap().moved, 7);
        assert_eq!(kit.call::<deal::ListDeals>(json!({ "status": "lost" })).await.unwrap().pagination.total, 7);
        let events = events::after(&mut &kit.app.db, kit.org, uuid::Uuid::nil(), 100).await.unwrap();
        assert_eq!(events.iter().filter(|event| event.name == "deal.lost").count(), 7);
        let small = kit.call::<CreatePipeline>(json!({ "blank": true })).await.unwrap();
        let delete = |at: usize| json!({ "pipeline_id": small.id, "stage_id": small.stages[at].id });
        kit.call::<stage::DeleteStage>(delete(0)).await.unwrap();
        assert_eq!(kit.call::<stage::DeleteStage>(delete(1)).await.unwrap_err().kind, ErrorKind::Rule, "two stay");
    }
}
