//! The members of the organisation, by whom deals are owned and tasks are done.

use crate::{CurrentUser, PageError};
use g8_domain::Scope;
use g8_identity::member::{ListMembers, MemberView};

/// Those who can be chosen.
pub struct People(Vec<MemberView>);

impl People {
    /// Everybody, for who may see them.
    pub async fn read(user: &CurrentUser) -> Result<Self, PageError> {
        if !user.may(Scope::MEMBERS_READ) {
            return Ok(Self(Vec::new()));
        }
        Ok(Self(user.send::<ListMembers>(g8_core::Args::new()).await?))
    }

    /// What an owner is called: owners are named by id or by e-mail address.
    pub fn name<'a>(&'a self, owner: &'a str) -> &'a str {
        let found = self.0.iter().find(|one| one.email == owner || one.id.to_string() == owner);
        found.map_or(owner, |one| one.name.as_str())
    }

    /// A choice among them, nobody first; who is chosen already stays in it, whoever that is.
    pub fn choices(&self, chosen: &str) -> Vec<(String, String)> {
        let mut choices = vec![(String::new(), "Nobody".to_owned())];
        let as_given =
            |one: &MemberView| if one.email == chosen { one.email.clone() } else { one.id.to_string() };
        choices.extend(self.0.iter().map(|one| (as_given(one), one.name.clone())));
        if !chosen.is_empty() && choices.iter().all(|(value, _)| value != chosen) {
            choices.push((chosen.to_owned(), chosen.to_owned()));
        }
        choices
    }
}
