//! `GET /companies/{company_id}/tasks`

use super::{
    RecordId, RecordRef, Status, TaskView,
    input::EntityType,
    links::there,
    list::{TaskPart, page},
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Page, Result, Scope};
use g8_storage::tasks::TaskFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// List the tasks about a company.
pub struct ListTasksOfCompany;

/// About which company, and which of them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Id of the company
    pub company_id: i64,
    /// Where they stand
    pub status: Option<Status>,
    /// Which of them.
    #[serde(flatten)]
    pub part: TaskPart,
}

impl Operation for ListTasksOfCompany {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/companies/{company_id}/tasks", "task.list_of_company", &[Scope::TASKS_READ])
            .about("List the tasks about a company, newest first")
            .page()
            .command(&["company-tasks"]);
    type Input = Input;
    type Output = Page<TaskView>;

    async fn run(ctx: &Ctx, input: Input) -> Result<Page<TaskView>> {
        let entity_id = RecordId(input.company_id.to_string());
        let record = RecordRef { entity_type: EntityType::Company, entity_id };
        let subject = there(ctx, &mut ctx.db(), &record).await?;
        let status = input.status.map(|status| status.0);
        page(ctx, TaskFilter { subject: Some(subject), status, ..TaskFilter::default() }, input.part).await
    }
}
