//! `GET /jobs`

use super::JobView;
use g8_core::{Ctx, Operation, Paging, Spec, Verb};
use g8_domain::{Page, Result, Scope, record::JobState};
use g8_storage::jobs::{self, JobFilter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the background jobs.
pub struct ListJobs;

/// Which jobs.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Only those that stand so, as dead
    pub state: Option<JobState>,
    /// Only those of this kind, as import
    #[schemars(length(max = 100))]
    pub kind: Option<String>,
    /// Which page
    #[serde(flatten)]
    pub paging: Paging,
}

impl Operation for ListJobs {
    const SPEC: Spec = Spec::on(Verb::Get, "/jobs", "job.list", &[Scope::JOBS_READ])
        .about("List the background jobs, newest first; dead ones have failed too often")
        .page()
        .command(&["jobs"]);
    type Input = Input;
    type Output = Page<JobView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<JobView>> {
        let slice = input.paging.slice::<i64>(ctx)?;
        let filter = JobFilter { org: Some(ctx.org()), state: input.state, kind: input.kind };
        let rows = jobs::page(&mut ctx.db(), filter, &slice).await?;
        Ok(input.paging.page(ctx, rows, |job| job.id).map(JobView::of_org))
    }
}
