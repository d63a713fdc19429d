//! The company that a contact's fields ask for: found, or added.

use super::ContactFields;
use crate::{built_in::Company, company};
use g8_core::Ctx;
use g8_domain::{Error, Issue, Patch, Result};
use g8_storage::{Tx, companies};
use std::collections::HashSet;

/// What becomes of one contact's company.
pub(super) async fn find(ctx: &Ctx, tx: &mut Tx, wanted: Company) -> Result<Patch<i64>> {
    Ok(match wanted {
        Company::Keep => Patch::Keep,
        Company::Clear => Patch::Clear,
        Company::Id(id) => {
            companies::get(tx, ctx.org(), id).await?.ok_or_else(|| Error::not_found("company", id))?;
            Patch::Set(id)
        }
        Company::Known { domain, name } => Patch::Set(company::find_or_add(ctx, tx, domain, name).await?),
    })
}

/// What becomes of each row's company: found or added for all of them together.
pub(super) async fn find_each(
    ctx: &Ctx,
    tx: &mut Tx,
    rows: &[ContactFields],
) -> Result<Vec<Result<Patch<i64>, Issue>>> {
    let wanted: Vec<Company> = rows.iter().map(ContactFields::company).collect();
    let (mut named, mut numbered) = (Vec::new(), Vec::new());
    for one in &wanted {
        match one {
            Company::Known { domain, name } => named.push((domain.clone(), name.clone())),
            Company::Id(id) => numbered.push(*id),
            Company::Keep | Company::Clear => {}
        }
    }
    let mut found = company::find_or_add_many(ctx, tx, named).await?.into_iter();
    let there = companies::get_many(tx, ctx.org(), &numbered).await?;
    let there: HashSet<i64> = there.into_iter().map(|company| company.id).collect();
    let employer = |wanted| match wanted {
        Company::Keep => Ok(Patch::Keep),
        Company::Clear => Ok(Patch::Clear),
        Company::Known { .. } => Ok(found.next().flatten().map_or(Patch::Keep, Patch::Set)),
        Company::Id(id) if there.contains(&id) => Ok(Patch::Set(id)),
        Company::Id(id) => Err(Issue::new("company_id", format!("there is no company {id}"))),
    };
    Ok(wanted.into_iter().map(employer).collect())
}
