//! A new import: a form with a file, which is passed on to the operation as it comes in.

use super::index::writes;
use crate::{CurrentUser, Fields, PageError, Query, UploadForm, named, upload::NamedFile, view};
use axum::response::{IntoResponse, Redirect, Response};
use g8_domain::{Error, ErrorKind, Scope};
use g8_records::import::{CancelImport, CreateImport, ImportView, UploadImport as Send};
use maud::{Markup, html};

pub async fn show(user: CurrentUser, Query(query): Query) -> Result<Markup, PageError> {
    if !writes(&user) {
        return Err(Error::new(ErrorKind::Forbidden, "Your role may not import.").into());
    }
    Ok(page(&user, &query, None))
}

fn page(user: &CurrentUser, asked: &Fields, fault: Option<&PageError>) -> Markup {
    view::page(
        user,
        "New import",
        &html! {
            p.crumbs { a href="/imports" { "Imports" } }
            div.head { h1 { "New import" } }
            @if let Some(fault) = fault { (fault.notice()) }
            (form(user, asked))
        },
    )
}

/// The file is its last field: what stands before it is checked before the file is read.
fn form(user: &CurrentUser, asked: &Fields) -> Markup {
    let may = |scope, value: &str, words: &str| user.may(scope).then(|| (value.to_owned(), words.to_owned()));
    let subjects = [
        may(Scope::CONTACTS_WRITE, "contacts", "Contacts"),
        may(Scope::COMPANIES_WRITE, "companies", "Companies"),
    ];
    let subjects: Vec<(String, String)> = subjects.into_iter().flatten().collect();
    html! {
        form.card method="post" action="/imports/upload" enctype="multipart/form-data" {
            (view::csrf(user))
            (view::select("subject", "What is in the file", asked.get("subject").unwrap_or("contacts"), &subjects))
            (view::text_field(view::Input {
                name: "list_title", label: "Put everybody on a new list", value: asked.get("list_title").unwrap_or_default(),
                hint: "Its title; leave it empty for no list.", ..Default::default()
            }))
            (view::checked_box("dry_run", "true", &html! {
                "Try it out: say what would happen, and change nothing"
            }, asked.get("dry_run").is_some()))
            div.field {
                label for="file" { "File" }
                input #file name="file" type="file" required accept=".csv,.tsv,.txt,.jsonl,.ndjson,.vcf,.vcard"
                    aria-describedby="file-hint";
                p.hint #file-hint { "CSV with a line of column names, JSON lines, or vCard." }
            }
            button type="submit" { "Import" }
        }
    }
}

pub async fn submit(upload: UploadForm) -> Response {
    let UploadForm { user, fields, file } = upload;
    match import(&user, &fields, file).await {
        Ok(import) => Redirect::to(&format!("/imports/{}", import.id)).into_response(),
        Err(fault) => (fault.status(), page(&user, &fields, Some(&fault))).into_response(),
    }
}

async fn import(
    user: &CurrentUser,
    fields: &Fields,
    file: Option<NamedFile>,
) -> Result<ImportView, PageError> {
    let Some(file) = file else { return Err(Error::field("file", "must be chosen").into()) };
    let mut args = fields.args::<CreateImport>();
    // The end of a name says the format; no name is too long for that.
    let skip = file.name.chars().count().saturating_sub(255);
    args.insert("file_name".to_owned(), file.name.chars().skip(skip).collect::<String>().into());
    let begun = user.send::<CreateImport>(args).await?;
    let id = begun.id.to_string();
    let sent = user.send_file::<Send>(named::<Send>(&[("import_id", &id)]), file.file).await;
    if sent.is_err() {
        // It would wait for its file for ever.
        user.send::<CancelImport>(named::<CancelImport>(&[("import_id", &id)])).await?;
    }
    sent
}
