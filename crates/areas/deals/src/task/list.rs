//! `GET /tasks`

use super::{
    Priority, RecordId, Status, TaskView,
    input::{EntityType, pair},
    links::show,
};
use g8_core::{Ctx, Operation, Paging, Spec, ToolAudience, Verb};
use g8_domain::{Page, Result, Scope, Ts, record::TaskKind};
use g8_storage::tasks::{self, TaskFilter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// List tasks.
pub struct ListTasks;

/// Which tasks; every condition must hold.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Where they stand
    pub status: Option<Status>,
    /// 0 none, 1 urgent, 2 high, 3 normal, 4 low, the word, or HOT, TODAY, EXTRA
    pub priority: Option<Priority>,
    /// User who is to do them
    #[schemars(extend("x-alias" = ["assignee_user_id"]))]
    pub assignee_id: Option<Uuid>,
    /// Part of the title or the description
    #[schemars(length(max = 255))]
    pub search: Option<String>,
    /// Type of the record they are about, with `entity_id`
    pub entity_type: Option<EntityType>,
    /// Id of the record they are about
    pub entity_id: Option<RecordId>,
    /// What a sequence wants of a person
    #[serde(rename = "type")]
    pub kind: Option<TaskKind>,
    /// Parts of this task
    pub parent_task_id: Option<Uuid>,
    /// Created later than
    pub created_at_after: Option<Ts>,
    /// Created earlier than
    pub created_at_before: Option<Ts>,
    /// Due earlier than
    pub due_before: Option<Ts>,
    /// Which of them.
    #[serde(flatten)]
    pub part: TaskPart,
}

/// Which part of a list of tasks.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Part")]
pub struct TaskPart {
    /// Rows at most, 100 unless given; more than 200 is taken as 200
    #[schemars(range(min = 1))]
    pub limit: Option<i64>,
    /// Rows to skip
    #[schemars(range(min = 0, max = 1_000_000))]
    pub offset: Option<i64>,
    /// `next_cursor` of the page before; wins over `offset`
    #[schemars(length(max = 128))]
    pub cursor: Option<String>,
}

impl Operation for ListTasks {
    const SPEC: Spec = Spec::on(Verb::Get, "/tasks", "task.list", &[Scope::TASKS_READ])
        .about("List tasks, newest first")
        .page()
        .tool(ToolAudience::Shared, &["g8_get_tasks"])
        .command(&["tasks"]);
    type Input = Input;
    type Output = Page<TaskView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<TaskView>> {
        let filter = TaskFilter {
            status: input.status.map(|status| status.0),
            priorities: input.priority.map(Priority::all).unwrap_or_default(),
            kind: input.kind,
            assignee_id: input.assignee_id,
            parent_task_id: input.parent_task_id,
            search: input.search,
            subject: pair(input.entity_type, input.entity_id)?.map(|record| record.subject()),
            created_after: input.created_at_after,
            created_before: input.created_at_before,
            due_before: input.due_before,
        };
        page(ctx, filter, input.part).await
    }
}

/// A part of the tasks that meet a filter.
pub(super) async fn page(ctx: &Ctx, filter: TaskFilter, part: TaskPart) -> Result<Page<TaskView>> {
    let paging =
        Paging { limit: Some(part.limit.unwrap_or(100)), cursor: part.cursor, page: None, skip: part.offset };
    let slice = paging.slice::<Uuid>(ctx)?;
    let rows = tasks::page(&mut ctx.db(), ctx.org(), filter, &slice).await?;
    let Page { data, pagination } = paging.page(ctx, rows, |task| task.id);
    Ok(Page { data: show(ctx, &mut ctx.db(), data).await?, pagination })
}
