//! Tools that answer by themselves.

use crate::{
    fixture::{Changed, Parts, result},
    pause,
};
use rmcp::{
    ErrorData, RoleServer,
    model::{
        CallToolRequestParams, CallToolResult, ClientCapabilities, LoggingLevel, ProgressNotificationParam,
        Tool,
    },
    service::RequestContext,
};
use serde_json::{Value, json};

/// A red pixel.
pub const IMAGE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
/// Silence.
const AUDIO: &str = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

/// Tools without arguments, by name and what they are for.
const PLAIN: [(&str, &str); 28] = [
    ("test_simple_text", "Answers a text"),
    ("test_image_content", "Answers an image"),
    ("test_audio_content", "Answers a sound"),
    ("test_embedded_resource", "Answers a resource"),
    ("test_multiple_content_types", "Answers a text, an image and a resource"),
    ("test_tool_with_logging", "Logs while it runs"),
    ("test_error_handling", "Fails"),
    ("test_tool_with_progress", "Tells its progress"),
    ("test_elicitation_sep1034_defaults", "Asks the user, with defaults"),
    ("test_elicitation_sep1330_enums", "Asks the user to choose"),
    ("test_reconnection", "Is answered late"),
    ("test_missing_capability", "Needs sampling"),
    ("test_streaming_elicitation", "Asks the user"),
    ("test_logging_tool", "Logs if it is asked to"),
    ("test_trigger_tool_change", "Says that the tools have changed"),
    ("test_trigger_prompt_change", "Says that the prompts have changed"),
    ("test_input_required_result_elicitation", "Asks the user's name"),
    ("test_input_required_result_sampling", "Asks the client's model"),
    ("test_input_required_result_list_roots", "Asks for the client's roots"),
    ("test_input_required_result_request_state", "Gives a state and wants it back"),
    ("test_input_required_result_multiple_inputs", "Asks three things at once"),
    ("test_input_required_result_multi_round", "Asks twice"),
    ("test_input_required_result_tampered_state", "Finds out whether the state was changed"),
    ("test_input_required_result_capabilities", "Asks what the client can answer"),
    ("test_tool_with_task", "Asks the user, then works"),
    ("failing_job", "Fails after a while"),
    ("protocol_error_job", "Fails by the protocol"),
    ("multi_input", "Works, and asks two things on the way"),
];

/// Every tool.
pub fn all() -> Vec<Tool> {
    let plain = PLAIN.map(|(name, about)| tool(name, about, json!({})));
    let others = [
        tool("test_sampling", "Asks the client's model", json!({ "prompt": { "type": "string" } })),
        tool("test_elicitation", "Asks the user", json!({ "message": { "type": "string" } })),
        tool("greet", "Greets", json!({ "name": { "type": "string" } })),
        tool(
            "slow_compute",
            "Works for so many seconds",
            json!({ "seconds": { "type": "number" }, "label": { "type": "string" } }),
        ),
        tool("confirm_delete", "Works once the user has agreed", json!({ "filename": { "type": "string" } })),
        tool(
            "test_custom_header",
            "Takes an argument that is a header, too",
            json!({ "region": { "type": "string", "x-mcp-header": "Region" } }),
        ),
        Tool::new("json_schema_2020_12_tool", "Tool with JSON Schema 2020-12 features", object(dialect())),
    ];
    plain.into_iter().chain(others).collect()
}

fn object(value: Value) -> serde_json::Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

fn tool(name: &'static str, about: &'static str, properties: Value) -> Tool {
    Tool::new(name, about, object(json!({ "type": "object", "properties": properties })))
}

/// As the suite wants to find it again.
fn dialect() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "$defs": { "address": { "$anchor": "addressDef", "type": "object", "properties": {
            "street": { "type": "string" }, "city": { "type": "string" },
        } } },
        "properties": {
            "name": { "type": "string" },
            "address": { "$ref": "#/$defs/address" },
            "contactMethod": { "type": "string", "enum": ["phone", "email"] },
            "phone": { "type": "string" },
            "email": { "type": "string" },
        },
        "allOf": [{ "anyOf": [{ "required": ["phone"] }, { "required": ["email"] }] }],
        "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": ["contactMethod"] },
        "then": { "required": ["phone"] },
        "else": { "required": ["email"] },
        "additionalProperties": false,
    })
}

/// An answer that is one text.
pub fn text(text: impl Into<String>) -> Result<CallToolResult, ErrorData> {
    let text: String = text.into();
    result(json!({ "content": [{ "type": "text", "text": text }] }))
}

/// Calls one of them.
pub async fn call(
    parts: &Parts,
    request: &CallToolRequestParams,
    context: &RequestContext<RoleServer>,
) -> Result<CallToolResult, ErrorData> {
    let image = json!({ "type": "image", "data": IMAGE, "mimeType": "image/png" });
    let resource = |uri: &str, mime: &str, text: &str| json!({ "type": "resource", "resource": { "uri": uri, "mimeType": mime, "text": text } });
    match request.name.as_ref() {
        "test_simple_text" => text("This is a simple text response for testing."),
        "test_image_content" => result(json!({ "content": [image] })),
        "test_audio_content" => {
            result(json!({ "content": [{ "type": "audio", "data": AUDIO, "mimeType": "audio/wav" }] }))
        }
        "test_embedded_resource" => {
            let told = "This is an embedded resource content.";
            result(json!({ "content": [resource("test://embedded-resource", "text/plain", told)] }))
        }
        "test_multiple_content_types" => result(json!({ "content": [
            { "type": "text", "text": "Multiple content types test:" },
            image,
            resource("test://mixed-content-resource", "application/json", "{\"test\":\"data\",\"value\":123}"),
        ] })),
        "test_error_handling" => result(json!({ "isError": true, "content": [
            { "type": "text", "text": "This tool intentionally returns an error for testing" },
        ] })),
        "test_tool_with_progress" => progress(context).await,
        "test_tool_with_logging" => {
            for message in ["Tool execution started", "Tool processing data", "Tool execution completed"] {
                log(message, context).await;
                pause(50).await;
            }
            text("logged")
        }
        "test_logging_tool" => {
            // The newer era logs only what a request asks for.
            if context.meta.log_level().is_some() {
                log("asked for", context).await;
            }
            text("done")
        }
        "test_missing_capability" => missing(context),
        "test_trigger_tool_change" => {
            let _ = parts.changed.send(Changed::Tools);
            text("changed")
        }
        "test_trigger_prompt_change" => {
            let _ = parts.changed.send(Changed::Prompts);
            text("changed")
        }
        "test_reconnection" => {
            pause(100).await;
            text("Reconnection test completed")
        }
        "greet" => {
            let name =
                request.arguments.as_ref().and_then(|args| args.get("name")?.as_str()).unwrap_or("you");
            text(format!("Hello, {name}!"))
        }
        "json_schema_2020_12_tool" | "test_custom_header" => text("done"),
        unknown => Err(ErrorData::invalid_params(format!("Unknown tool: {unknown}"), None)),
    }
}

async fn progress(context: &RequestContext<RoleServer>) -> Result<CallToolResult, ErrorData> {
    for done in [0.0, 50.0, 100.0] {
        if let Some(token) = context.meta.get_progress_token() {
            let progress = ProgressNotificationParam::new(token, done).with_total(100.0);
            let _ = context.peer.notify_progress(progress).await;
        }
        pause(50).await;
    }
    text("done")
}

async fn log(message: &str, context: &RequestContext<RoleServer>) {
    let message = rmcp::model::LoggingMessageNotificationParam::new(LoggingLevel::Info, message.into());
    let _ = context.peer.notify_logging_message(message.with_logger("conformance")).await;
}

fn missing(context: &RequestContext<RoleServer>) -> Result<CallToolResult, ErrorData> {
    let sampling = ClientCapabilities::builder().enable_sampling().build();
    let has = context.client_capabilities().is_some_and(|can| can.sampling.is_some());
    if has { text("there") } else { Err(ErrorData::missing_required_client_capability(sampling)) }
}
