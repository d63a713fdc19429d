//! Tools of the newer era that ask the client by their answer, and go on when they are called again.

use crate::{
    fixture::{Parts, read},
    tools::text,
};
use g8_core::Sealed;
use g8_domain::Ts;
use rmcp::{
    ErrorData, RoleServer,
    model::{CallToolRequestParams, CallToolResponse, InputRequiredResult, InputResponses},
    service::RequestContext,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// A question to the user, for one field.
pub fn form(message: &str, field: &str, kind: &str) -> Value {
    json!({ "method": "elicitation/create", "params": {
        "mode": "form",
        "message": message,
        "requestedSchema": { "type": "object", "properties": { field: { "type": kind } }, "required": [field] },
    } })
}

fn prompt(words: &str, most: i64) -> Value {
    let message = json!({ "role": "user", "content": { "type": "text", "text": words } });
    json!({ "method": "sampling/createMessage", "params": { "messages": [message], "maxTokens": most } })
}

fn roots() -> Value {
    json!({ "method": "roots/list", "params": {} })
}

/// Questions, and the state to bring back with the answers.
pub fn ask(questions: Value, state: Option<String>) -> Result<InputRequiredResult, ErrorData> {
    Ok(InputRequiredResult::new(Some(read(questions)?), state))
}

/// Signed for one round of one tool; the suite changes it and expects to be caught.
fn state(parts: &Parts, tool: &str, round: &str) -> String {
    parts.seal.seal(Sealed { id: Uuid::nil(), until: Ts(i64::MAX) }, &["fixture", tool, round])
}

fn is_state(parts: &Parts, given: Option<&str>, tool: &str, round: &str) -> bool {
    given.is_some_and(|given| parts.seal.open(given, &["fixture", tool, round], Ts(0)).is_ok())
}

/// What was answered to a question: its content, where it was accepted.
fn answered<'r>(responses: Option<&'r InputResponses>, question: &str) -> Option<&'r Value> {
    responses?.get(question).filter(|response| response.is_object())
}

fn field(response: &Value, name: &str) -> Option<String> {
    response["content"][name].as_str().map(str::to_owned)
}

/// Calls one of them, if it is one.
pub fn call(
    parts: &Parts,
    request: &CallToolRequestParams,
    context: &RequestContext<RoleServer>,
) -> Result<Option<CallToolResponse>, ErrorData> {
    let tool = request.name.as_ref();
    let responses = request.input_responses.as_ref();
    let given = request.request_state.as_deref();
    let answer = |question: &str| answered(responses, question);
    let name = || form("What is your name?", "name", "string");
    let response: CallToolResponse = match tool {
        "test_input_required_result_elicitation" => {
            match answer("user_name").and_then(|said| field(said, "name")) {
                Some(name) => text(format!("Hello, {name}!"))?.into(),
                None => ask(json!({ "user_name": name() }), None)?.into(),
            }
        }
        "test_streaming_elicitation" => match answer("user_name") {
            Some(_) => text("thank you")?.into(),
            None => ask(json!({ "user_name": name() }), None)?.into(),
        },
        "test_input_required_result_sampling" => match answer("capital_question") {
            Some(said) => text(said["content"]["text"].as_str().unwrap_or_default())?.into(),
            None => ask(json!({ "capital_question": prompt("What is the capital of France?", 100) }), None)?
                .into(),
        },
        "test_input_required_result_list_roots" => match answer("client_roots") {
            Some(said) => text(format!("roots: {}", said["roots"]))?.into(),
            None => ask(json!({ "client_roots": roots() }), None)?.into(),
        },
        "test_input_required_result_request_state" | "test_input_required_result_tampered_state" => {
            match answer("confirm") {
                Some(_) if is_state(parts, given, tool, "1") => text("state-ok")?.into(),
                Some(_) => return Err(tampered()),
                None => {
                    let question = form("Please confirm", "ok", "boolean");
                    ask(json!({ "confirm": question }), Some(state(parts, tool, "1")))?.into()
                }
            }
        }
        "test_input_required_result_multiple_inputs" => {
            let all =
                ["user_name", "greeting", "client_roots"].iter().all(|question| answer(question).is_some());
            match all {
                true if is_state(parts, given, tool, "1") => text("all there")?.into(),
                true => return Err(tampered()),
                false => {
                    let greeting = prompt("Generate a greeting", 50);
                    let questions =
                        json!({ "user_name": name(), "greeting": greeting, "client_roots": roots() });
                    ask(questions, Some(state(parts, tool, "1")))?.into()
                }
            }
        }
        "test_input_required_result_multi_round" => {
            if answer("step2").is_some() && is_state(parts, given, tool, "2") {
                text("both steps are done")?.into()
            } else if answer("step1").is_some() && is_state(parts, given, tool, "1") {
                let question = form("Step 2: What is your favorite color?", "color", "string");
                ask(json!({ "step2": question }), Some(state(parts, tool, "2")))?.into()
            } else {
                let question = form("Step 1: What is your name?", "name", "string");
                ask(json!({ "step1": question }), Some(state(parts, tool, "1")))?.into()
            }
        }
        "test_input_required_result_capabilities" => {
            let can = serde_json::to_value(context.client_capabilities()).unwrap_or_default();
            let mut questions = json!({});
            for (capability, question) in
                [("elicitation", name()), ("sampling", prompt("Generate a greeting", 50)), ("roots", roots())]
            {
                if can[capability].is_object() {
                    questions[capability] = question;
                }
            }
            ask(questions, None)?.into()
        }
        _ => return Ok(None),
    };
    Ok(Some(response))
}

fn tampered() -> ErrorData {
    ErrorData::invalid_params("requestState failed verification", None)
}
