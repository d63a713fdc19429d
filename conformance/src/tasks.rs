//! Tools whose work goes on behind the answer (the extension for tasks).

use crate::{
    asked::{ask, form},
    fixture::{Parts, read, result},
    pause,
    tools::text,
};
use rmcp::{
    ErrorData, RoleServer,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ClientCapabilities, CreateTaskResult,
        InputRequest,
    },
    service::RequestContext,
    task_manager::{TaskContext, TaskExit, TaskOptions},
};
use serde_json::{Value, json};

/// Calls one of them, if it is one; what can do without a task is done at once for who knows none.
pub fn call(
    parts: &Parts,
    request: &CallToolRequestParams,
    context: &RequestContext<RoleServer>,
) -> Result<Option<CallToolResponse>, ErrorData> {
    let name = request.name.to_string();
    if ![
        "slow_compute",
        "failing_job",
        "protocol_error_job",
        "confirm_delete",
        "multi_input",
        "test_tool_with_task",
    ]
    .contains(&&*name)
    {
        return Ok(None);
    }
    if !context.client_capabilities().is_some_and(|can| can.supports_tasks()) {
        if name == "slow_compute" {
            return Ok(Some(text("computed")?.into()));
        }
        let tasks = ClientCapabilities::builder().enable_tasks().build();
        return Err(ErrorData::missing_required_client_capability(tasks));
    }
    let user = request.input_responses.as_ref().and_then(|responses| responses.get("user_name")).cloned();
    if name == "test_tool_with_task" && user.is_none() {
        let question = form("What is your name?", "name", "string");
        return Ok(Some(ask(json!({ "user_name": question }), None)?.into()));
    }
    let seconds =
        request.arguments.as_ref().and_then(|args| args.get("seconds")?.as_f64()).unwrap_or_default();
    let task = parts.tasks.spawn(TaskOptions::new().with_poll_interval_ms(200), |task| {
        Box::pin(async move {
            match &*name {
                "slow_compute" => slow(&task, seconds).await,
                "failing_job" => {
                    pause(1000).await;
                    Ok(result(
                        json!({ "isError": true, "content": [{ "type": "text", "text": "it failed" }] }),
                    )?)
                }
                "protocol_error_job" => Err(ErrorData::internal_error("it broke", None).into()),
                "test_tool_with_task" => Ok(text(format!(
                    "Hello, {}!",
                    user.unwrap_or_default()["content"]["name"].as_str().unwrap_or_default()
                ))?),
                "multi_input" => both(&task).await,
                _ => {
                    let said =
                        task.request_input("confirm", question("Delete it?", "confirm", "boolean")?).await?;
                    Ok(text(format!("answered {said}"))?)
                }
            }
        })
    });
    Ok(Some(CreateTaskResult::new(task).into()))
}

fn question(message: &str, field: &str, kind: &str) -> Result<InputRequest, ErrorData> {
    read::<InputRequest>(form(message, field, kind))
}

async fn slow(task: &TaskContext, seconds: f64) -> Result<CallToolResult, TaskExit> {
    let time = std::time::Duration::from_secs_f64(seconds.clamp(0.0, 600.0));
    // A task that is cancelled says so, and does not finish.
    match tokio::time::timeout(time, task.cancelled()).await {
        Ok(()) => Err(TaskExit::Cancelled),
        Err(_) => Ok(text("computed")?),
    }
}

async fn both(task: &TaskContext) -> Result<CallToolResult, TaskExit> {
    let first = task.request_input("first", question("Your first name?", "name", "string")?);
    let second = task.request_input("second", question("Your last name?", "name", "string")?);
    let (first, second): (Result<Value, TaskExit>, Result<Value, TaskExit>) = tokio::join!(first, second);
    Ok(text(format!("{} {}", first?, second?))?)
}
