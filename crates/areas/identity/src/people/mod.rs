//! People: how they come in by a browser, and prove who they are. A door that shows pages calls these; what a
//! person may do once they are in are operations, as for everybody else.

mod enter;
mod link;
mod oidc;
mod password;
mod second;
mod session;
mod setup;
#[cfg(test)]
mod tests;

pub use enter::{SignInStep, second_step, sign_in};
pub use g8_connect::AuthorizationState;
pub use link::{LinkMail, account_of};
pub(crate) use link::{NewLink, make as make_link, shown};
pub use oidc::{begin_oidc, finish_oidc, provider};
pub use password::{change_password, forgot_password, password_link, reset_password};
pub use second::{begin_second, confirm_second, end_second, reset_second, second_state};
pub(crate) use session::note;
pub use session::{Signed, places, sign_out, sign_out_everywhere, switch_org};
pub use setup::{Account, accept, set_up, setup_link};
