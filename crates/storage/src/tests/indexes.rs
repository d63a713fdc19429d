//! Whether what is asked often is found by an index: the stream, exclusions, tasks, credentials.

use crate::{
    Arg, Db, FromRow, Session, Slice, StorageResult,
    activities::{ActivityFilter, page},
    columns, exclusions,
    row::record,
    sealed,
    sql::Sql,
    tasks,
    testing::TestDb,
};
use g8_domain::{Ts, record::Subject};
use uuid::Uuid;

/// Asks the engine how it would do it, and does nothing.
struct Asking<'a>(&'a Db, Vec<String>);

struct Step {
    detail: String,
}
record!(Step => detail);

impl Session for Asking<'_> {
    fn is_sqlite(&self) -> bool {
        true
    }

    async fn run<T: FromRow>(&mut self, sql: Sql, args: Vec<Arg>) -> StorageResult<Vec<T>> {
        let text = format!("EXPLAIN QUERY PLAN {}", sql.sqlite());
        let steps: Vec<Step> = (&mut &*self.0).run(Sql::built(text), args).await?;
        self.1.extend(steps.into_iter().map(|step| step.detail));
        Ok(Vec::new())
    }
}

#[tokio::test]
async fn no_question_reads_events_that_it_does_not_show() {
    let test = TestDb::sqlite().await;
    let one = |about: &[&str]| about.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let names = Some(vec!["contact.created", "contact.updated"]);
    let times = ActivityFilter { after: Some(Ts(1)), before: Some(Ts(9)), ..ActivityFilter::default() };
    for filter in [
        ActivityFilter::default(),
        times.clone(),
        ActivityFilter { about: one(&["contact:1"]), ..times.clone() },
        ActivityFilter { about: one(&["contact:1", "company:2"]), ..ActivityFilter::default() },
        ActivityFilter { about: one(&["contact:1"]), names: names.clone(), ..ActivityFilter::default() },
        ActivityFilter { names: names.clone(), ..times },
        ActivityFilter { channel: Some("EMAIL"), names, ..ActivityFilter::default() },
    ] {
        for after in [None, Some(Arg::from(Uuid::max()))] {
            let mut asking = Asking(&test.db, Vec::new());
            let slice = Slice { after, offset: 0, limit: 50 };
            page(&mut asking, Uuid::nil(), filter.clone(), &slice).await.unwrap();
            for step in &asking.1 {
                let reads_all = step.starts_with("SCAN") && !step.contains("hits");
                assert!(!reads_all && !step.contains("TEMP B-TREE"), "{step} for {filter:?}");
            }
            assert!(asking.1.iter().any(|step| step.contains("USING INDEX")), "{:?}", asking.1);
        }
    }
}

#[tokio::test]
async fn a_sender_and_a_record_page_ask_indexes() {
    let test = TestDb::sqlite().await;
    let mut asking = Asking(&test.db, Vec::new());
    let names = vec!["email:a@x.com".to_owned(), "domain:x.com".to_owned()];
    exclusions::named(&mut asking, Uuid::nil(), names, Ts(1)).await.unwrap();
    let slice = Slice { after: None, offset: 0, limit: 50 };
    let filter = tasks::TaskFilter { subject: Some("contact:1".to_owned()), ..tasks::TaskFilter::default() };
    tasks::page(&mut asking, Uuid::nil(), filter, &slice).await.unwrap();
    let reads_all = asking.1.iter().find(|step| step.starts_with("SCAN") && !step.contains("hits"));
    assert_eq!(reads_all, None, "{:?}", asking.1);
}

#[tokio::test]
async fn custom_values_are_found_by_their_records() {
    let test = TestDb::sqlite().await;
    let mut asking = Asking(&test.db, Vec::new());
    columns::values(&mut asking, Uuid::nil(), Subject::Contact, &[1, 70_000]).await.unwrap();
    assert!(asking.1.iter().all(|step| !step.starts_with("SCAN")), "{:?}", asking.1);
    assert!(asking.1.iter().any(|step| step.contains("record_id=?")), "{:?}", asking.1);
}

#[tokio::test]
async fn credentials_are_found_by_their_keys() {
    let test = TestDb::sqlite().await;
    let mut asking = Asking(&test.db, Vec::new());
    sealed::of_retired_keys(&mut asking, (Uuid::nil(), Uuid::nil()), 50).await.unwrap();
    sealed::count(&mut asking, Uuid::nil()).await.unwrap();
    let values: Vec<_> = asking.1.iter().filter(|step| !step.contains("sealing_keys")).collect();
    assert!(values.iter().any(|step| step.contains("INDEX sealed_values_by_key")), "{:?}", asking.1);
    assert!(values.iter().all(|step| !step.contains("TEMP B-TREE")), "{:?}", asking.1);
}
