//! The members, those who are invited, and the organisation's name.

use super::{PATH, invitations, invite};
use crate::{CurrentUser, Fields, PageError, view};
use axum::response::{IntoResponse, Response};
use g8_domain::{Scope, record::Role};
use g8_identity::member::{ListMembers, MemberView};
use maud::{Markup, html};

pub async fn show(user: CurrentUser) -> Result<Markup, PageError> {
    page(&user, &Fields::default(), None).await
}

/// The page again, with what was wrong and what was typed.
pub async fn again(user: &CurrentUser, asked: &Fields, fault: PageError) -> Response {
    match page(user, asked, Some(&fault)).await {
        Ok(page) => (fault.status(), page).into_response(),
        Err(_) => fault.into_response(),
    }
}

async fn page(user: &CurrentUser, asked: &Fields, fault: Option<&PageError>) -> Result<Markup, PageError> {
    let members = user.send::<ListMembers>(Default::default()).await?;
    let invited = invitations::card(user).await?;
    let may = user.may(Scope::MEMBERS_WRITE);
    Ok(view::page(
        user,
        "Members",
        &html! {
            div.head { h1 { "Members" } p.sub { "Who works in " (user.caller().org.name) "." } }
            @if let Some(fault) = fault { (fault.notice()) }
            (table(user, &members))
            (invited)
            @if may {
                div.pair {
                    (invite::card(user, asked))
                    (rename(user))
                }
            }
        },
    ))
}

fn table(user: &CurrentUser, members: &[MemberView]) -> Markup {
    let may = user.may(Scope::MEMBERS_WRITE);
    html! {
        div.card.sheet {
            table {
                thead {
                    tr {
                        th { "Name" } th { "E-mail" } th { "Role" } th { "Since" }
                        @if may { th { span.sr { "Actions" } } }
                    }
                }
                tbody {
                    @for member in members {
                        tr {
                            td data-label="Name" {
                                div {
                                    strong { (member.name) }
                                    @if user.person().is_some_and(|user| user.id == member.id) { " " (view::tag("you", "")) }
                                }
                            }
                            td.keep data-label="E-mail" { (member.email) }
                            td data-label="Role" {
                                @if may { (role(user, member)) } @else { (view::role(member.role)) }
                            }
                            td data-label="Since" { (view::when(member.created_at)) }
                            @if may { td { (remove(user, member)) } }
                        }
                    }
                }
            }
        }
    }
}

fn role(user: &CurrentUser, member: &MemberView) -> Markup {
    html! {
        form.row.tight method="post" action={ (PATH) "/" (member.id) "/role" } {
            (view::csrf(user))
            select.short name="role" aria-label={ "Role of " (member.name) } {
                @for role in [Role::Admin, Role::Member, Role::ReadOnly] {
                    option value=(role.word()) selected[role == member.role] { (view::role(role)) }
                }
            }
            button.plain.small type="submit" aria-label={ "Change the role of " (member.name) } { "Change" }
        }
    }
}

fn remove(user: &CurrentUser, member: &MemberView) -> Markup {
    let question = format!(
        "{} ({}) loses access at once, with every key, browser and assistant of theirs. What they made stays.",
        member.name, member.email
    );
    let button = format!("Remove {}", member.name);
    view::asking(user, &format!("{PATH}/{}/remove", member.id), &button, &question, &html! {})
}

fn rename(user: &CurrentUser) -> Markup {
    html! {
        form.card method="post" action={ (PATH) "/rename" } {
            h2 { "Name of the organization" }
            (view::csrf(user))
            (view::text_field(view::Input {
                name: "name", label: "Name", value: &user.caller().org.name, required: true, ..Default::default()
            }))
            button.plain type="submit" { "Rename" }
        }
    }
}
