//! `DELETE /jobs/{job_id}`

use super::RetryJobInput;
use g8_core::{Ctx, Deleted, Operation, Spec, Verb};
use g8_domain::{Result, Scope};

/// Give a dead job up.
pub struct DiscardJob;

impl Operation for DiscardJob {
    const SPEC: Spec = Spec::on(Verb::Delete, "/jobs/{job_id}", "job.discard", &[Scope::JOBS_WRITE])
        .about("Discard a dead job")
        .command(&["discard-job"]);
    type Input = RetryJobInput;
    type Output = Deleted;

    async fn run(ctx: &Ctx, input: RetryJobInput) -> Result<Deleted> {
        let mut tx = ctx.begin().await?;
        super::discard_job(&mut tx, Some(ctx.org()), input.job_id).await?;
        tx.commit(Deleted { deleted: true }).await
    }
}
