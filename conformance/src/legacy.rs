//! Tools of the older era that ask the client in the middle of a call.

use crate::{fixture::read, tools::text};
use rmcp::{
    ErrorData, RoleServer,
    model::{CallToolRequestParams, CallToolResult, ProtocolVersion},
    service::RequestContext,
};
use serde_json::{Value, json};

/// Calls one of them, if it is one.
pub async fn call(
    request: &CallToolRequestParams,
    context: &RequestContext<RoleServer>,
) -> Result<Option<CallToolResult>, ErrorData> {
    if context.protocol_version().is_some_and(|version| version >= ProtocolVersion::V_2026_07_28) {
        return Ok(None);
    }
    let given = |name: &str| {
        request.arguments.as_ref().and_then(|args| args.get(name)?.as_str()).unwrap_or_default().to_owned()
    };
    let schema = match request.name.as_ref() {
        "test_sampling" => return Ok(Some(sample(&given("prompt"), context).await?)),
        "test_elicitation" => json!({
            "username": { "type": "string", "description": "User's response" },
            "email": { "type": "string", "description": "User's email address" },
        }),
        "test_elicitation_sep1034_defaults" => json!({
            "name": { "type": "string", "default": "John Doe" },
            "age": { "type": "integer", "default": 30 },
            "score": { "type": "number", "default": 95.5 },
            "status": { "type": "string", "enum": ["active", "inactive", "pending"], "default": "active" },
            "verified": { "type": "boolean", "default": true },
        }),
        "test_elicitation_sep1330_enums" => choices(),
        _ => return Ok(None),
    };
    let required = if request.name == "test_elicitation" { json!(["username", "email"]) } else { json!([]) };
    let params = json!({
        "mode": "form",
        "message": given("message"),
        "requestedSchema": { "type": "object", "properties": schema, "required": required },
    });
    let said = context.peer.create_elicitation(read(params)?).await;
    let said = said.map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
    let action = serde_json::to_value(&said.action).unwrap_or_default();
    let content = said.content.unwrap_or_default();
    Ok(Some(text(format!(
        "Elicitation completed: action={}, content={content}",
        action.as_str().unwrap_or_default()
    ))?))
}

/// The five ways to let somebody choose.
fn choices() -> Value {
    let titled = |names: [&str; 3]| {
        let each = |(at, name): (usize, &&str)| json!({ "const": format!("value{}", at + 1), "title": name });
        names.iter().enumerate().map(each).collect::<Vec<_>>()
    };
    let options = json!(["option1", "option2", "option3"]);
    json!({
        "untitledSingle": { "type": "string", "enum": options },
        "titledSingle": { "type": "string", "oneOf": titled(["First Option", "Second Option", "Third Option"]) },
        "legacyEnum": { "type": "string", "enum": ["opt1", "opt2", "opt3"], "enumNames": ["Option One", "Option Two", "Option Three"] },
        "untitledMulti": { "type": "array", "items": { "type": "string", "enum": options } },
        "titledMulti": { "type": "array", "items": { "anyOf": titled(["First Choice", "Second Choice", "Third Choice"]) } },
    })
}

async fn sample(prompt: &str, context: &RequestContext<RoleServer>) -> Result<CallToolResult, ErrorData> {
    let message = json!({ "role": "user", "content": { "type": "text", "text": prompt } });
    let params = read(json!({ "messages": [message], "maxTokens": 100 }))?;
    let said = context.peer.create_message(params).await;
    let said = said.map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
    let said = serde_json::to_value(said).unwrap_or_default();
    let said = said["content"]["text"]
        .as_str()
        .or(said["content"][0]["text"].as_str())
        .unwrap_or_default()
        .to_owned();
    text(format!("LLM response: {said}"))
}
