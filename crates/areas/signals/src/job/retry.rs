//! `POST /jobs/{job_id}/retry`

use super::JobView;
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Result, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Try a dead job again.
pub struct RetryJob;

/// Which job.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the job
    pub job_id: i64,
}

impl Operation for RetryJob {
    const SPEC: Spec = Spec::on(Verb::Post, "/jobs/{job_id}/retry", "job.retry", &[Scope::JOBS_WRITE])
        .about("Try a dead job again, with its failures forgotten")
        .accepted()
        .command(&["retry-job"]);
    type Input = Input;
    type Output = JobView;

    async fn run(ctx: &Ctx, input: Input) -> Result<JobView> {
        let mut tx = ctx.begin().await?;
        let job = super::revive_job(&mut tx, Some(ctx.org()), input.job_id, ctx.now()).await?;
        ctx.wake_later();
        tx.commit(JobView::of_org(job)).await
    }
}
