//! Prompts by name.

use crate::{
    asked::form,
    fixture::{read, result},
    tools::IMAGE,
};
use rmcp::{
    ErrorData,
    model::{GetPromptRequestParams, GetPromptResponse, GetPromptResult, InputRequiredResult, Prompt},
};
use serde_json::{Value, json};

pub fn all() -> Result<Vec<Prompt>, ErrorData> {
    let argument = |name: &str| json!({ "name": name, "description": "For the test", "required": true });
    read(json!([
        { "name": "test_simple_prompt", "description": "One text" },
        { "name": "test_prompt_with_arguments", "description": "Two arguments", "arguments": [argument("arg1"), argument("arg2")] },
        { "name": "test_prompt_with_embedded_resource", "description": "A resource", "arguments": [argument("resourceUri")] },
        { "name": "test_prompt_with_image", "description": "An image" },
        { "name": "test_input_required_result_prompt", "description": "Asks the user" },
    ]))
}

pub fn get(request: &GetPromptRequestParams) -> Result<GetPromptResponse, ErrorData> {
    let given =
        |name: &str| request.arguments.as_ref().and_then(|args| args.get(name)?.as_str()).unwrap_or_default();
    let text = |text: String| json!({ "type": "text", "text": text });
    let contents = match request.name.as_str() {
        "test_simple_prompt" => vec![text("This is a simple prompt for testing.".into())],
        "test_prompt_with_arguments" => {
            vec![text(format!("Prompt with arguments: arg1='{}', arg2='{}'", given("arg1"), given("arg2")))]
        }
        "test_prompt_with_embedded_resource" => vec![
            json!({ "type": "resource", "resource": {
                "uri": given("resourceUri"),
                "mimeType": "text/plain",
                "text": "Embedded resource content for testing.",
            } }),
            text("Please process the embedded resource above.".into()),
        ],
        "test_prompt_with_image" => vec![
            json!({ "type": "image", "data": IMAGE, "mimeType": "image/png" }),
            text("Please analyze the image above.".into()),
        ],
        "test_input_required_result_prompt" => {
            let said = request.input_responses.as_ref().and_then(|responses| responses.get("user_context"));
            match said.and_then(|said| said["content"]["context"].as_str()) {
                Some(context) => vec![text(format!("In the context of {context}"))],
                None => {
                    let question = form("What context should the prompt use?", "context", "string");
                    let questions = read(json!({ "user_context": question }))?;
                    return Ok(InputRequiredResult::new(Some(questions), None).into());
                }
            }
        }
        unknown => return Err(ErrorData::invalid_params(format!("Unknown prompt: {unknown}"), None)),
    };
    let messages: Vec<Value> =
        contents.into_iter().map(|content| json!({ "role": "user", "content": content })).collect();
    Ok(result::<GetPromptResult>(json!({ "messages": messages }))?.into())
}
