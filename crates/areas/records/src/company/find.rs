//! The companies that contacts name: found, or added.

use super::CompanyFields;
use crate::{
    column::Custom,
    events::CompanyCreated,
    record::{NamedRecord, insert},
};
use g8_core::Ctx;
use g8_domain::{ErrorKind, Patch, Result, record::Company, value::fold};
use g8_storage::{Tx, companies};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The company that a contact's fields name: by domain, else by name; added when there is none.
pub(crate) async fn find_or_add(
    ctx: &Ctx,
    tx: &mut Tx,
    domain: Option<String>,
    name: Option<String>,
) -> Result<i64> {
    let found = match (&domain, &name) {
        (Some(domain), _) => companies::by_domain(tx, ctx.org(), domain).await?,
        (None, Some(name)) => companies::by_name(tx, ctx.org(), name).await?,
        (None, None) => None,
    };
    match found {
        Some(id) => Ok(id),
        None => {
            let name = Patch::from(name.or_else(|| domain.clone()));
            let fields = CompanyFields { name, domain: domain.into(), ..CompanyFields::default() };
            match insert::<Company>(ctx, tx, fields, Custom::default()).await {
                Ok(company) => Ok(company.id),
                // Somebody has added it since it was looked for.
                Err(error) if error.kind == ErrorKind::Conflict => {
                    let id = error.data.as_ref().and_then(|data| data["company_id"].as_i64());
                    id.ok_or(error)
                }
                Err(error) => Err(error),
            }
        }
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
    // In one order, whoever writes: two files of the same companies wait for one another, never both.
    let mut missing: BTreeMap<Name, Company> = BTreeMap::new();
    for (domain, name) in &wanted {
        let key = Name::of(domain.as_deref(), name.as_deref().map(fold).as_deref());
        if !known.contains_key(&key) {
            missing.entry(key).or_insert_with(|| named(ctx, domain.clone(), name.clone()));
        }
    }
    let added = companies::insert_many(tx, &missing.values().collect::<Vec<_>>()).await?;
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    let mut company = Company::blank(ctx, "import");
    let name = Patch::from(name.or_else(|| domain.clone()));
    CompanyFields { name, domain: domain.into(), ..CompanyFields::default() }.apply(&mut company);
    company
}
