//! Deals of a contact or a company.

use crate::{CurrentUser, PageError, named, view};
use g8_core::Operation;
use g8_deals::deal::{DealView, LinkedDeal};
use g8_domain::{Page, Scope};
use maud::{Markup, html};

/// The deals, for who may see them; `new` is where another is made.
pub async fn section<O>(user: &CurrentUser, (field, id): (&str, &str)) -> Result<Markup, PageError>
where
    O: Operation<Output = Page<LinkedDeal>>,
{
    if !user.may(Scope::DEALS_READ) {
        return Ok(html! {});
    }
    let deals = user.send::<O>(named::<O>(&[(field, id), ("limit", "50")])).await?;
    let body = html! {
        @if deals.data.is_empty() { (view::aside("No deals yet.")) }
        @else { ul.plain { @for deal in &deals.data { li { (line(deal)) } } } }
        @if deals.pagination.has_next { (view::aside("There are more; search the deals.")) }
        @if user.may(Scope::DEALS_WRITE) {
            p { a.button.plain.small href={ "/deals/new?" (field) "=" (id) } { "New deal" } }
        }
    };
    Ok(view::section("Deals", &body))
}

fn line(deal: &LinkedDeal) -> Markup {
    html! {
        a href={ "/deals/" (deal.deal_id) } { (deal.name) }
        div.small.faint {
            (deal.stage)
            @if let Some(value) = deal.value { " · " (view::money(value, &deal.currency)) }
            @if let Some(role) = deal.role { " · " (view::word(role.word())) }
        }
    }
}

/// What a deal is worth.
pub fn amount(deal: &DealView) -> Markup {
    html! {
        @match deal.amount { Some(amount) => (view::money(amount, &deal.currency)), None => span.faint { "–" } }
    }
}
