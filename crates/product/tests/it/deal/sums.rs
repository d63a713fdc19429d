//! What deals add up to.

use super::create;
use chrono::{DateTime, Datelike};
use g8_core::Backend;
use g8_deals::{
    deal::{ForecastDeals, GetDeal, TotalDeals},
    pipeline,
};
use g8_domain::{ErrorKind, value::Money};
use g8_product::testing::test_app;
use g8_records::company;
use g8_storage::on_both;
use serde_json::json;

on_both! {
    async fn open_deals_are_weighted_by_month_and_won_ones_are_counted(test) {
        let kit = test_app(test).await;
        let pipelines = kit.call::<pipeline::ListDealPipelines>(json!({})).await.unwrap();
        let stages = &pipelines[0].stages;
        let now = DateTime::from_timestamp_micros(kit.now().0).unwrap();
        let (this, past) = (now.format("%Y-%m").to_string(), format!("{}-06-15", now.year() - 1));
        create(&kit, json!({ "name": "a", "amount": 100.5, "close_date": format!("{this}-28"), "stage_id": stages[3].id })).await;
        create(&kit, json!({ "name": "b", "amount": 200, "close_date": format!("{this}-28") })).await;
        create(&kit, json!({ "name": "c", "amount": 1000 })).await;
        create(&kit, json!({ "name": "d", "amount": 50, "close_date": past })).await;
        create(&kit, json!({ "name": "e", "close_date": "2999-01-01" })).await;
        create(&kit, json!({ "name": "f", "amount": 70, "stage_id": stages[5].id })).await;
        create(&kit, json!({ "name": "g", "amount": 10, "stage_id": stages[6].id })).await;
        create(&kit, json!({ "name": "h", "amount": 8, "currency": "EUR", "stage_id": stages[5].id })).await;
        let forecast = kit.call::<ForecastDeals>(json!({ "months": 2 })).await.unwrap();
        assert_eq!(forecast.from, this);
        let [eur, usd] = forecast.currencies.as_slice() else { panic!("{forecast:?}") };
        assert_eq!((eur.currency.as_str(), eur.won.amount, eur.open.count, eur.months.len()), ("EUR", Money(800), 0, 2));
        let month = &usd.months[0].sum;
        assert_eq!((month.count, month.amount, month.weighted), (2, Money(30_050), Money(5_025 + 2_000)));
        assert_eq!((usd.undated.weighted, usd.overdue.count, usd.later.count, usd.open.count), (Money(10_000), 1, 1, 5));
        assert_eq!((usd.won.count, usd.won_this_month.amount), (1, Money(7_000)));
        kit.advance_seconds(86_400 * 40);
        let later = kit.call::<ForecastDeals>(json!({ "pipeline_id": pipelines[0].id })).await.unwrap();
        assert_eq!((later.currencies[1].won.count, later.currencies[1].won_this_month.count), (1, 0));
        let other = kit.call::<pipeline::CreatePipeline>(json!({})).await.unwrap().id;
        assert!(kit.call::<ForecastDeals>(json!({ "pipeline_id": other })).await.unwrap().currencies.is_empty());
        let nowhere = json!({ "pipeline_id": "00000000-0000-7000-8000-000000000000" });
        assert_eq!(kit.call::<ForecastDeals>(nowhere).await.unwrap_err().kind, ErrorKind::NotFound);
    }
}

on_both! {
    async fn a_board_adds_up_its_stages_and_names_companies(test) {
        let kit = test_app(test).await;
        let pipelines = kit.call::<pipeline::ListDealPipelines>(json!({})).await.unwrap();
        let (home, stages) = (pipelines[0].id, &pipelines[0].stages);
        let acme = kit.call::<company::CreateCompany>(json!({ "name": "Acme" })).await.unwrap().row.id;
        let deal = create(&kit, json!({ "name": "a", "amount": 100.5, "company_id": acme })).await;
        create(&kit, json!({ "name": "b", "amount": 1 })).await;
        create(&kit, json!({ "name": "c", "currency": "EUR" })).await;
        create(&kit, json!({ "name": "d", "amount": 7, "stage_id": stages[5].id })).await;
        let totals = kit.call::<TotalDeals>(json!({ "pipeline_id": home })).await.unwrap();
        let of = |stage: usize| -> Vec<(&str, i64, Money)> {
            let own = totals.iter().filter(|total| total.stage_id == stages[stage].id);
            own.map(|total| (total.currency.as_str(), total.count, total.amount)).collect()
        };
        assert_eq!(of(0), [("EUR", 1, Money(0)), ("USD", 2, Money(10_150))]);
        assert_eq!((of(5), of(1)), (vec![("USD", 1, Money(700))], vec![]));
        assert_eq!(deal.company_name.as_deref(), Some("Acme"));
        let narrow = kit.as_key(&kit.key_with(&["deals:read"]).await);
        let args = json!({ "deal_id": deal.id }).as_object().unwrap().clone();
        let seen = narrow.call::<GetDeal>(args).await.unwrap();
        assert_eq!((seen.company_id, seen.company_name), (Some(acme), None));
        let nowhere = json!({ "pipeline_id": "00000000-0000-7000-8000-000000000000" });
        assert_eq!(kit.call::<TotalDeals>(nowhere).await.unwrap_err().kind, ErrorKind::NotFound);
    }
}
