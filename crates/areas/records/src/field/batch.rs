//! `POST /fields/batch`

use super::WRITE;
use crate::{
    column::{self, ColumnView, FieldType},
    records::Records,
};
use g8_core::{Ctx, Operation, Spec, Verb};
use g8_domain::{Error, Result, record::DataType};
use g8_storage::columns;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Make several custom fields, all or none.
pub struct CreateFields;

/// The new fields.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// contacts unless given
    pub entity: Option<Records>,
    /// Only members of this list have them; left out, every record does
    pub list_id: Option<i64>,
    /// 1 to 100 fields
    #[schemars(length(min = 1, max = 100))]
    pub fields: Vec<NewField>,
}

/// A field that is to be there.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-ignored" = ["enrichment"]))]
#[schemars(rename = "Wanted")]
pub struct NewField {
    /// What people call it
    #[schemars(length(min = 1, max = 100))]
    pub title: String,
    /// What it holds; text unless given
    pub data_type: Option<FieldType>,
}

/// The fields that are there now.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Output {
    /// How many are new
    pub total_created: i64,
    /// How many were there
    pub total_already_existed: i64,
    /// In the order of the request
    pub results: Vec<ColumnView>,
}

impl Operation for CreateFields {
    const SPEC: Spec = Spec::on(Verb::Post, "/fields/batch", "field.create_batch", WRITE)
        .about("Create up to 100 custom fields, all or none; those that are there stay")
        .created()
        .command(&["create-fields"]);
    type Input = Input;
    type Output = Output;

    async fn run(ctx: &Ctx, input: Input) -> Result<Output> {
        let records = input.entity.unwrap_or_default();
        records.writable(ctx)?;
        let mut tx = ctx.begin().await?;
        column::check_list(ctx, &mut tx, records.subject(), input.list_id).await?;
        let mut known = columns::every(&mut tx, ctx.org(), records.subject()).await?;
        let mut output = Output::default();
        for (at, NewField { title, data_type }) in input.fields.into_iter().enumerate() {
            let data_type = data_type.map_or(DataType::Text, DataType::from);
            let found = known.iter().find(|column| column::named(column, &title));
            let column = match found {
                Some(column) if column.data_type == data_type => {
                    output.total_already_existed += 1;
                    column.clone()
                }
                Some(column) => {
                    let word = column.data_type.word();
                    return Err(Error::conflict(format!(
                        "`fields[{at}]` is there already, as {word}; name another."
                    )));
                }
                None => {
                    output.total_created += 1;
                    column::add(ctx, &mut tx, records.subject(), (&title, None), data_type, input.list_id)
                        .await?
                }
            };
            known.push(column.clone());
            output.results.push(column.into());
        }
        tx.commit(output).await
    }
}
