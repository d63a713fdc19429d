//! `GET /exclusions/export`

use crate::cells::record;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use g8_core::{Ctx, Operation, Outgoing, Spec, Verb};
use g8_domain::{Result, Scope, record::Exclusion};
use g8_storage::{Db, exclusions};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Rows of the file that are read at a time.
const AT_ONCE: i64 = 1000;

/// Download every exclusion.
pub struct ExportExclusions;

/// Nothing to choose.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Input {}

impl Operation for ExportExclusions {
    const SPEC: Spec =
        Spec::on(Verb::Get, "/exclusions/export", "exclusion.export", &[Scope::EXCLUSIONS_READ])
            .about("Download every exclusion as CSV, in the columns that the import takes, and some more")
            .gives_file(&["text/csv"])
            .command(&["export-exclusions"]);
    type Input = Input;
    type Output = ();

    async fn run(ctx: &Ctx, _: Input) -> Result<()> {
        let mut head = Vec::new();
        record(&mut head, &HEAD.map(str::to_owned))?;
        let rows = stream::try_unfold((ctx.db().clone(), ctx.org(), None), next);
        let name = format!("exclusions-{}.csv", ctx.now().unix_seconds());
        let chunks = stream::iter([Ok(Bytes::from(head))]).chain(rows).boxed();
        ctx.give(Outgoing { name, media_type: "text/csv", chunks });
        Ok(())
    }
}

const HEAD: [&str; 11] = [
    "email",
    "linkedin_url",
    "phone",
    "domain",
    "channel",
    "reason",
    "until",
    "message",
    "category",
    "contact_id",
    "created_at",
];

type Place = (Db, Uuid, Option<Uuid>);

async fn next((db, org, after): Place) -> Result<Option<(Bytes, Place)>> {
    let rows = exclusions::slice(&mut &db, org, after, AT_ONCE).await?;
    let Some(last) = rows.last().map(|one| one.id) else { return Ok(None) };
    let mut text = Vec::new();
    for one in rows {
        record(&mut text, &cells(one))?;
    }
    Ok(Some((text.into(), (db, org, Some(last)))))
}

fn cells(one: Exclusion) -> [String; 11] {
    [
        one.email.unwrap_or_default(),
        one.linkedin_url.unwrap_or_default(),
        one.phone.unwrap_or_default(),
        one.domain.unwrap_or_default(),
        one.channel.word().to_owned(),
        one.reason.word().to_owned(),
        one.until.map(|until| until.to_string()).unwrap_or_default(),
        one.message.unwrap_or_default(),
        one.category.word().to_owned(),
        one.contact_id.map(|id| id.to_string()).unwrap_or_default(),
        one.created_at.to_string(),
    ]
}
