//! `GET /deals/forecast`

use crate::pipeline;
use chrono::{DateTime, Datelike, Months, NaiveDate};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::{Error, Result, Scope, Ts, value::Money};
use g8_storage::{
    forecast::{self, Expected, Won},
    pipelines,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Add up what is expected.
pub struct ForecastDeals;

/// Of which pipeline, and how far ahead.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Input {
    /// Of this pipeline; of all unless given
    pub pipeline_id: Option<Uuid>,
    /// Months ahead, this one included; 6 unless given
    #[schemars(range(min = 1, max = 36))]
    pub months: Option<i64>,
}

/// What is expected, by currency: amounts of different ones are never added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DealForecast")]
pub struct ForecastView {
    /// Of this pipeline; null for all
    pub pipeline_id: Option<Uuid>,
    /// The first month, as 2026-12
    pub from: String,
    /// The last month
    pub to: String,
    /// Those that deals are in, by code
    pub currencies: Vec<InCurrency>,
}

/// What is expected in one currency.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InCurrency {
    /// ISO 4217
    pub currency: String,
    /// Open deals by the month they are expected to close in
    pub months: Vec<Month>,
    /// Open deals whose day has passed before the first month
    pub overdue: Sum,
    /// Open deals after the last month
    pub later: Sum,
    /// Open deals without a day
    pub undated: Sum,
    /// Every open deal
    pub open: Sum,
    /// Every won deal
    pub won: Closed,
    /// Those of them that were won in the first month
    pub won_this_month: Closed,
}

/// One month's open deals.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Month {
    /// As 2026-12
    pub month: String,
    /// What is expected
    #[serde(flatten)]
    pub sum: Sum,
}

/// Open deals added up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub struct Sum {
    /// How many
    pub count: i64,
    /// What they are worth
    pub amount: Money,
    /// What they are worth times the chance of their stages
    pub weighted: Money,
}

/// Won deals added up.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub struct Closed {
    /// How many
    pub count: i64,
    /// What they are worth
    pub amount: Money,
}

impl Operation for ForecastDeals {
    const SPEC: Spec = Spec::on(Verb::Get, "/deals/forecast", "deal.forecast", &[Scope::DEALS_READ])
        .about("Forecast revenue: open deals by month, weighted by the chance of their stages, and won ones")
        .tool(ToolAudience::Shared, &["g8_get_forecast"])
        .command(&["forecast"]);
    type Input = Input;
    type Output = ForecastView;

    async fn run(ctx: &Ctx, input: Input) -> Result<ForecastView> {
        if let Some(id) = input.pipeline_id {
            pipeline::one(&pipelines::all(&mut ctx.db(), ctx.org()).await?, id)?;
        }
        let months = months(ctx.now(), input.months.unwrap_or(6))?;
        let [first, .., end] = months.as_slice() else { return Err(Error::internal("no months")) };
        let days = (first.to_string(), end.to_string());
        let since = Ts(first.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_micros());
        let (org, pipeline) = (ctx.org(), input.pipeline_id);
        let expected =
            forecast::expected(&mut ctx.db(), org, pipeline, (days.0.as_str(), days.1.as_str())).await?;
        let won = forecast::won(&mut ctx.db(), org, pipeline, since).await?;
        let names: Vec<String> = months.iter().map(|day| day.format("%Y-%m").to_string()).collect();
        let shown = &names[..names.len() - 1];
        Ok(ForecastView {
            pipeline_id: pipeline,
            from: shown.first().cloned().unwrap_or_default(),
            to: shown.last().cloned().unwrap_or_default(),
            currencies: by_currency(shown, expected, won),
        })
    }
}

/// The first days of this month and those that follow it, and of the one after the last.
fn months(now: Ts, count: i64) -> Result<Vec<NaiveDate>> {
    let today = DateTime::from_timestamp_micros(now.0).unwrap_or_default().date_naive();
    let first = today.with_day(1).unwrap_or(today);
    let count = u32::try_from(count).map_err(Error::internal)?;
    let day = |ahead| first.checked_add_months(Months::new(ahead));
    (0..=count).map(day).collect::<Option<_>>().ok_or_else(|| Error::internal("the calendar has ended"))
}

fn by_currency(months: &[String], expected: Vec<Expected>, won: Vec<Won>) -> Vec<InCurrency> {
    let mut all: BTreeMap<String, InCurrency> = BTreeMap::new();
    let empty = |currency: &String| InCurrency {
        currency: currency.clone(),
        months: months.iter().map(|month| Month { month: month.clone(), sum: Sum::default() }).collect(),
        ..InCurrency::default()
    };
    for row in expected {
        let into = all.entry(row.currency.clone()).or_insert_with_key(empty);
        into.open.add(&row);
        match row.month.as_deref() {
            None => into.undated.add(&row),
            Some("overdue") => into.overdue.add(&row),
            Some("later") => into.later.add(&row),
            Some(month) => {
                let found = into.months.iter_mut().find(|known| known.month == month);
                found.into_iter().for_each(|known| known.sum.add(&row));
            }
        }
    }
    for row in won {
        let into = all.entry(row.currency.clone()).or_insert_with_key(empty);
        into.won = Closed { count: row.n, amount: Money(row.amount) };
        into.won_this_month = Closed { count: row.late_n, amount: Money(row.late_amount) };
    }
    all.into_values().collect()
}

impl Sum {
    /// Adds deals of one chance; half a hundredth is rounded up.
    fn add(&mut self, row: &Expected) {
        self.count += row.n;
        self.amount = Money(self.amount.0.saturating_add(row.amount));
        let weighted = (i128::from(row.amount) * i128::from(row.probability) + 50).div_euclid(100);
        let weighted = i64::try_from(weighted).unwrap_or(i64::MAX);
        self.weighted = Money(self.weighted.0.saturating_add(weighted));
    }
}
