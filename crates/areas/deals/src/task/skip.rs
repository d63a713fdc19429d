//! `POST /tasks/{task_id}/skip`

use super::{GetTaskInput, TaskView, write::turn};
use g8_core::{Ctx, Effect, Operation, Spec, Verb};
use g8_domain::{Result, Scope, record::TaskStatus};

/// Leave a task undone.
pub struct SkipTask;

impl Operation for SkipTask {
    const SPEC: Spec = Spec::on(Verb::Post, "/tasks/{task_id}/skip", "task.skip", &[Scope::TASKS_WRITE])
        .about("Skip a task: it will not be done")
        .effect(Effect::Put)
        .command(&["skip-task"]);
    type Input = GetTaskInput;
    type Output = TaskView;

    async fn run(ctx: &Ctx, input: GetTaskInput) -> Result<TaskView> {
        turn(ctx, input.task_id, TaskStatus::Skipped, |was| !was.is_over(), "open can be skipped").await
    }
}
