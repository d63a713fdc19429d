//! The companies that there are, and a search among them.

use crate::{
    CurrentUser, Fields, PageError, Query,
    pages::{exports, record::lists},
    view,
};
use g8_domain::{Page, Scope, record::Subject};
use g8_records::{
    company::{CompanyRow, ListCompanies},
    list::ListView,
};
use maud::{Markup, html};

/// What can be searched by: the first few always shown, the others on request.
const FILTERS: [(&str, &str, &str); 7] = [
    ("name", "Name", "text"),
    ("domain", "Domain", "text"),
    ("industry", "Industry", "text"),
    ("country", "Country", "text"),
    ("city", "City", "text"),
    ("employee_count_min", "Employees, at least", "number"),
    ("employee_count_max", "Employees, at most", "number"),
];
const FIRST: usize = 3;

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    let companies = user.send::<ListCompanies>(query.args::<ListCompanies>()).await?;
    let lists = lists::choices(&user, Subject::Company).await?;
    let searched =
        query.get("list_id").is_some() || FILTERS.iter().any(|(name, ..)| query.get(name).is_some());
    Ok(view::page(
        &user,
        "Companies",
        &html! {
            (head(&user, &query, &companies))
            (search(&query, &lists))
            @if !companies.data.is_empty() {
                (table(&companies.data))
                (view::pager("/companies", &query, companies.pagination.next_cursor.as_deref()))
            } @else if searched || query.get("cursor").is_some() {
                (view::nothing_met("/companies"))
            } @else {
                (view::empty("No companies yet", &html! { "Import a file, add the first one here, or send it:" },
                    &view::curl(&user, "POST", "/companies", Some(r#"{"name": "Acme", "domain": "acme.example"}"#))))
            }
        },
    ))
}

fn head(user: &CurrentUser, query: &Fields, companies: &Page<CompanyRow>) -> Markup {
    html! {
        div.head {
            h1 { "Companies" }
            div.row {
                @if !companies.data.is_empty() { (exports::button(user, "companies", query)) }
                @if user.may(Scope::COMPANIES_WRITE) {
                    a.button.plain href="/imports/new?subject=companies" { "Import" }
                    a.button href="/companies/new" { "New company" }
                }
            }
            p.sub { (view::count(&companies.pagination, "company", "companies")) }
        }
    }
}

fn search(query: &Fields, lists: &[ListView]) -> Markup {
    let field = |(name, label, kind): &(&str, &str, &str)| {
        let value = query.get(name).unwrap_or_default();
        view::text_field(view::Input { name, label, kind, value, ..Default::default() })
    };
    let (first, more) = FILTERS.split_at(FIRST);
    let open = query.get("list_id").is_some() || more.iter().any(|(name, ..)| query.get(name).is_some());
    let mut choices = vec![(String::new(), "Any".to_owned())];
    choices.extend(lists.iter().map(|list| (list.id.to_string(), list.title.clone())));
    html! {
        form method="get" action="/companies" role="search" aria-label="Companies" {
            div.search { @for one in first { (field(one)) } button.plain type="submit" { "Search" } }
            details.more.filters open[open] {
                summary { "More filters" }
                div.search {
                    @for one in more { (field(one)) }
                    @if !lists.is_empty() { (view::select("list_id", "List", query.get("list_id").unwrap_or_default(), &choices)) }
                }
            }
        }
    }
}

fn table(companies: &[CompanyRow]) -> Markup {
    html! {
        div.card.sheet {
            table {
                thead { tr { th { "Name" } th { "Domain" } th { "Industry" } th.num { "Employees" } th { "Country" } } }
                tbody {
                    @for company in companies {
                        tr {
                            td data-label="Name" { strong { (view::company(company)) } }
                            td data-label="Domain" { (view::text_or(company.domain.as_deref())) }
                            td data-label="Industry" { (view::text_or(company.industry.as_deref())) }
                            td.num data-label="Employees" { (digits(company.employee_count.as_deref())) }
                            td data-label="Country" { (view::text_or(company.country.as_deref())) }
                        }
                    }
                }
            }
        }
    }
}

/// A number that comes as digits in a text.
pub fn digits(text: Option<&str>) -> Markup {
    match text.and_then(|text| text.parse().ok()) {
        Some(number) => html! { (view::number(number)) },
        None => view::text_or(text),
    }
}
