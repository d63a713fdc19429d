//! Writing many companies at once: the same rules as one by one, with a statement for each step and
//! not for each company.

use super::CompanyFields;
use crate::{
    column,
    events::{CompanyCreated, CompanyUpdated},
    membership,
    upsert::{Custom, RowOutcome},
    upsert_batch::UpsertBatch,
};
use g8_core::Ctx;
use g8_domain::{
    Patch, Result,
    record::{Company, Subject},
    value::fold,
};
use g8_storage::{Tx, companies, lists};
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// Adds or changes companies of canonical fields, with an event for each; says of each row
/// what became of it.
pub(crate) async fn write(
    ctx: &Ctx,
    tx: &mut Tx,
    rows: Vec<(CompanyFields, Custom)>,
    list: Option<i64>,
) -> Result<Vec<RowOutcome>> {
    let (rows, customs): (Vec<CompanyFields>, Vec<Custom>) = rows.into_iter().unzip();
    let customs = column::fit_many(ctx, tx, Subject::Company, customs).await?;
    let mut batch = UpsertBatch::new(stored(ctx, tx, &rows).await?);
    for (fields, custom) in rows.into_iter().zip(&customs) {
        if let Err(issues) = custom {
            batch.refuse(issues.clone());
            continue;
        }
        let (domain, url) = (fields.domain.value().cloned(), fields.linkedin_url.value().cloned());
        batch.row(
            [domain.as_ref(), url.as_ref()],
            || new(ctx),
            |company| {
                fields.apply(company);
                Ok(())
            },
        );
    }
    for keyed in companies::insert_many(tx, &batch.new_ones()).await? {
        batch.inserted([keyed.domain.as_ref(), keyed.linkedin_url.as_ref()], keyed.id);
    }
    for company in batch.changed() {
        company.updated_at = ctx.now();
        companies::update(tx, company).await?;
    }
    let (new, changed) = batch.written();
    let (ids, outcomes) = batch.outcomes();
    let values = ids.iter().zip(customs).filter_map(|(id, custom)| Some(((*id)?, custom.ok()?)));
    column::store_many(tx, values.collect()).await?;
    if let Some(target) = list {
        let members: HashSet<i64> = ids.into_iter().flatten().collect();
        let joined =
            lists::add_companies(tx, ctx.org(), target, members.into_iter().collect(), ctx.now()).await?;
        membership::emit_added(ctx, tx, target, (Subject::Company, joined)).await?;
    }
    ctx.emit_all(tx, new.into_iter().map(|new| CompanyCreated(new.into())).collect()).await?;
    ctx.emit_all(tx, changed.into_iter().map(|changed| CompanyUpdated(changed.into())).collect()).await?;
    Ok(outcomes)
}

/// The stored companies that rows are about.
async fn stored(ctx: &Ctx, tx: &mut Tx, rows: &[CompanyFields]) -> Result<Vec<Company>> {
    let domains = rows.iter().filter_map(|fields| fields.domain.value().cloned()).collect();
    let urls = rows.iter().filter_map(|fields| fields.linkedin_url.value().cloned()).collect();
    let known = companies::known(tx, ctx.org(), [domains, urls, Vec::new()]).await?;
    let ids: HashSet<i64> = known.into_iter().map(|keyed| keyed.id).collect();
    Ok(companies::get_many(tx, ctx.org(), &ids.into_iter().collect::<Vec<_>>()).await?)
}

fn new(ctx: &Ctx) -> Company {
    Company {
        org_id: ctx.org(),
        meta_data: json!({ "source": "import" }),
        created_at: ctx.now(),
        updated_at: ctx.now(),
        ..Company::default()
    }
}

/// The companies that contacts name, by domain, else by name; those that are not there are added.
/// A company that cannot be added now is none.
pub(crate) async fn find_or_add_many(
    ctx: &Ctx,
    tx: &mut Tx,
    wanted: Vec<(Option<String>, Option<String>)>,
) -> Result<Vec<Option<i64>>> {
    let domains: HashSet<String> = wanted.iter().filter_map(|(domain, _)| domain.clone()).collect();
    let names = wanted
        .iter()
        .filter(|(domain, _)| domain.is_none())
        .filter_map(|(_, name)| name.as_deref().map(fold));
    let names: HashSet<String> = names.collect();
    let keys = [domains.into_iter().collect(), Vec::new(), names.into_iter().collect()];
    let mut known: HashMap<Name, i64> = HashMap::new();
    for keyed in companies::known(tx, ctx.org(), keys).await? {
        known.insert(Name::of(keyed.domain.as_deref(), keyed.name_fold.as_deref()), keyed.id);
    }
    let mut missing: HashMap<Name, Company> = HashMap::new();
    for (domain, name) in &wanted {
        let key = Name::of(domain.as_deref(), name.as_deref().map(fold).as_deref());
        if !known.contains_key(&key) {
            missing.entry(key).or_insert_with(|| named(ctx, domain.clone(), name.clone()));
        }
    }
    let added = companies::insert_many(tx, &missing.values().cloned().collect::<Vec<_>>()).await?;
    let mut created = Vec::new();
    for keyed in added {
        let name = Name::of(keyed.domain.as_deref(), keyed.name_fold.as_deref());
        created.extend(
            missing.remove(&name).map(|company| CompanyCreated(Company { id: keyed.id, ..company }.into())),
        );
        known.insert(name, keyed.id);
    }
    ctx.emit_all(tx, created).await?;
    let id = |(domain, name): &(Option<String>, Option<String>)| {
        known.get(&Name::of(domain.as_deref(), name.as_deref().map(fold).as_deref())).copied()
    };
    Ok(wanted.iter().map(id).collect())
}

/// What a contact calls its company: the domain where it says one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Name {
    Domain(String),
    Fold(String),
}

impl Name {
    fn of(domain: Option<&str>, fold: Option<&str>) -> Self {
        match domain {
            Some(domain) => Self::Domain(domain.to_owned()),
            None => Self::Fold(fold.unwrap_or_default().to_owned()),
        }
    }
}

fn named(ctx: &Ctx, domain: Option<String>, name: Option<String>) -> Company {
    let mut company = new(ctx);
    let name = Patch::from(name.or_else(|| domain.clone()));
    CompanyFields { name, domain: domain.into(), ..CompanyFields::default() }.apply(&mut company);
    company
}
