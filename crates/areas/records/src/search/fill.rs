//! The work of saving a search: puts what it finds on a list.

use super::{Criterion, conditions};
use crate::{membership, record::NamedRecord};
use g8_core::{
    App, Ctx,
    jobs::{Job, Next, Run},
};
use g8_domain::{
    Result,
    record::{Company, Contact, Subject},
};
use g8_storage::{Arg, Slice, Tx, lists, search::SearchCondition};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Records that one transaction puts on the list.
const BATCH: i64 = 1000;

/// Fills a list with what a search finds.
#[derive(Debug, Serialize, Deserialize)]
pub struct Fill {
    /// Which list.
    pub list: i64,
    /// What is on it.
    pub subject: Subject,
    /// The search.
    pub criteria: Vec<Criterion>,
    /// Most members.
    pub most: i64,
    /// Whose search.
    pub key_id: Uuid,
}

impl Job for Fill {
    const KIND: &'static str = "search.fill";

    async fn run(&self, run: &Run) -> Result<Next> {
        let ctx = run.ctx(self.key_id).await?;
        let org = run.org()?;
        let search = conditions(&ctx, self.subject, &self.criteria).await?;
        let (mut after, mut left) = (None, self.most);
        while left > 0 {
            let slice = Slice { after: after.map(Arg::from), offset: 0, limit: left.min(BATCH) - 1 };
            let ids = match self.subject {
                Subject::Contact => found::<Contact>(&ctx, search.clone(), &slice).await?,
                Subject::Company => found::<Company>(&ctx, search.clone(), &slice).await?,
            };
            let Some(last) = ids.last() else { break };
            after = Some(*last);
            left -= i64::try_from(ids.len()).unwrap_or(left);
            let mut tx = run.begin().await?;
            let joined = match self.subject {
                Subject::Contact => Contact::join(&mut tx, org, self.list, ids, ctx.now()).await?,
                Subject::Company => Company::join(&mut tx, org, self.list, ids, ctx.now()).await?,
            };
            membership::emit_added(&ctx, &mut tx, self.list, (self.subject, joined)).await?;
            tx.commit().await?;
        }
        let mut tx = run.begin().await?;
        lists::processing(&mut tx, org, self.list, false).await?;
        tx.commit().await?;
        Ok(Next::Done)
    }

    async fn on_dead(&self, _: &App, tx: &mut Tx, org: Option<Uuid>) -> Result<()> {
        Ok(lists::processing(tx, org.unwrap_or_default(), self.list, false).await?)
    }
}

/// The next records that a search finds.
async fn found<R: NamedRecord>(ctx: &Ctx, search: Vec<SearchCondition>, slice: &Slice) -> Result<Vec<i64>> {
    let found = R::slice(&mut ctx.db(), ctx.org(), search.into(), slice).await?;
    Ok(found.iter().map(R::id).collect())
}
