//! Fields that several of these pages have.

use crate::{Fields, view};
use g8_identity::people::Account;
use maud::{Markup, html};

/// A password to type.
pub fn password_field(label: &str, hint: &str, autocomplete: &str) -> Markup {
    view::text_field(view::Input {
        name: "password",
        label,
        kind: "password",
        hint,
        required: true,
        autocomplete,
        ..Default::default()
    })
}

/// The code of a link: the page reads it from behind the hash sign.
pub fn code_field(asked: &Fields) -> Markup {
    let known = asked.get("token").unwrap_or_default();
    html! {
        div.field data-code {
            label for="token" { "Code" }
            input #token name="token" type="text" required data-from-hash autocomplete="off" value=(known)
                aria-describedby="token-hint";
            p.hint #token-hint { "What stands behind the # in your link." }
        }
    }
}

/// Name and new password.
pub fn fields(asked: &Fields) -> Markup {
    html! {
        (view::text_field(view::Input {
            name: "name", label: "Your name", value: asked.get("name").unwrap_or_default(), required: true,
            autocomplete: "name", ..Default::default()
        }))
        (password_field("Password", "At least 8 characters.", "new-password"))
    }
}

/// What was typed.
pub fn typed(fields: &Fields) -> Account {
    let text = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    Account { email: text("email"), name: text("name"), password: fields.raw("password").to_owned() }
}
