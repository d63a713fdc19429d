//! What is shown of a tool.

use super::{brief, confirm::TOKEN};
use g8_core::{Action, Effect};
use rmcp::model::{Tool, ToolAnnotations};
use serde_json::{Map, Value, json};

/// The tool that an operation is. It says what it takes and not what it gives: the schemas of answers would be
/// four fifths of the list, which is read before anything is asked; and an error could not be told as data,
/// since clients hold that to the schema, too.
pub fn of(action: Action, name: String) -> Tool {
    let spec = action.spec;
    let mut input = brief::input(action.shape().schema());
    if spec.effect == Effect::Destroy {
        let about = "From the answer to the first call, once the user has agreed";
        input["properties"][TOKEN] = json!({ "type": "string", "description": about });
    }
    let title = title(&name);
    Tool::new(name, spec.about, object(input)).with_title(title.clone()).with_annotations(hints(spec.effect))
}

fn hints(effect: Effect) -> ToolAnnotations {
    // Everything so far happens inside the workspace.
    let hints = ToolAnnotations::new()
        .read_only(effect == Effect::Read)
        .destructive(effect == Effect::Destroy)
        .open_world(false);
    // Of what only reads it means nothing, and of what writes no is what is believed anyway.
    if matches!(effect, Effect::Put | Effect::Destroy) { hints.idempotent(true) } else { hints }
}

fn object(schema: Value) -> Map<String, Value> {
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

/// `g8_search_contacts` as `Search contacts`.
fn title(name: &str) -> String {
    let words = name.trim_start_matches("g8_").replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
