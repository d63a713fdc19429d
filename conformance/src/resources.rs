//! Resources by their addresses.

use crate::{fixture, tools::IMAGE};
use rmcp::{
    ErrorData,
    model::{ReadResourceResult, Resource, ResourceTemplate},
};
use serde_json::json;

pub fn all() -> Result<Vec<Resource>, ErrorData> {
    fixture::read(json!([
        { "uri": "test://static-text", "name": "text", "description": "A text", "mimeType": "text/plain" },
        { "uri": "test://static-binary", "name": "image", "description": "An image", "mimeType": "image/png" },
        { "uri": "test://watched-resource", "name": "watched", "description": "A text that is watched", "mimeType": "text/plain" },
    ]))
}

pub fn templates() -> Result<Vec<ResourceTemplate>, ErrorData> {
    let about = "Data by id";
    fixture::read(json!([
        { "uriTemplate": "test://template/{id}/data", "name": "data", "description": about, "mimeType": "application/json" },
    ]))
}

pub fn read(uri: &str) -> Result<ReadResourceResult, ErrorData> {
    let of_template = uri.strip_prefix("test://template/").and_then(|rest| rest.strip_suffix("/data"));
    let contents = match (uri, of_template) {
        ("test://static-text", _) => {
            json!({ "mimeType": "text/plain", "text": "This is the content of the static text resource." })
        }
        ("test://watched-resource", _) => json!({ "mimeType": "text/plain", "text": "This is watched." }),
        ("test://static-binary", _) => json!({ "mimeType": "image/png", "blob": IMAGE }),
        (_, Some(id)) => {
            let data = json!({ "id": id, "templateTest": true, "data": format!("Data for ID: {id}") });
            json!({ "mimeType": "application/json", "text": data.to_string() })
        }
        _ => return Err(ErrorData::resource_not_found("Resource not found", Some(json!({ "uri": uri })))),
    };
    let mut contents = contents;
    contents["uri"] = uri.into();
    fixture::result(json!({ "contents": [contents] }))
}
