//! `POST /fields`

use super::WRITE;
use crate::{
    column::{self, CreateColumnInput, FieldType, NewColumnView},
    records::Records,
};
use g8_core::{Ctx, Operation, Spec, ToolAudience, Verb};
use g8_domain::Result;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Make a custom field.
pub struct CreateField;

/// The new field.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-ignored" = ["enrichment"]))]
pub struct Input {
    /// What people call it
    #[schemars(length(min = 1, max = 100))]
    pub title: String,
    /// What it holds; text unless given
    pub data_type: Option<FieldType>,
    /// contacts unless given
    pub entity: Option<Records>,
    /// Only members of this list have it; left out, every record does
    pub list_id: Option<i64>,
}

impl Operation for CreateField {
    const SPEC: Spec = Spec::on(Verb::Post, "/fields", "field.create", WRITE)
        .about("Create a custom field of contacts or companies")
        .created()
        .tool(ToolAudience::Shared, &["g8_create_field"])
        .command(&["create-field"]);
    type Input = Input;
    type Output = NewColumnView;

    async fn run(ctx: &Ctx, input: Input) -> Result<NewColumnView> {
        let records = input.entity.unwrap_or_default();
        records.writable(ctx)?;
        let Input { title, data_type, list_id, .. } = input;
        column::create(ctx, records.subject(), CreateColumnInput { title, name: None, data_type, list_id })
            .await
    }
}
