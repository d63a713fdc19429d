//! `PATCH /fields/values/batch`

use super::{WRITE, value::set};
use crate::records::Records;
use g8_core::{Ctx, Operation, Spec, Updated, Verb};
use g8_domain::Result;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Write several values, all or none.
pub struct SetFieldValues;

/// The values.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// contacts unless given
    pub entity: Option<Records>,
    /// 1 to 100 values
    #[schemars(length(min = 1, max = 100))]
    pub values: Vec<OneValue>,
}

/// A value.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct OneValue {
    /// Id of the custom field
    pub column_id: i64,
    /// Id of the contact or company
    pub record_id: i64,
    /// The value as text; left out or null, it is cleared
    #[schemars(length(max = 5000))]
    pub value: Option<String>,
}

impl Operation for SetFieldValues {
    const SPEC: Spec = Spec::on(Verb::Patch, "/fields/values/batch", "field.set_values", WRITE)
        .about("Write up to 100 values of custom fields, all or none")
        .command(&["set-field-values"]);
    type Input = Input;
    type Output = Updated;

    async fn run(ctx: &Ctx, input: Input) -> Result<Updated> {
        let records = input.entity.unwrap_or_default();
        records.writable(ctx)?;
        let mut tx = ctx.begin().await?;
        let mut updated = 0;
        for OneValue { column_id, record_id, value } in input.values {
            set(ctx, &mut tx, records.subject(), (column_id, record_id), value).await?;
            updated += 1;
        }
        tx.commit(Updated { updated }).await
    }
}
