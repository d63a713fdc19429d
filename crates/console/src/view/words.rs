//! Words of the product as people say them.

use g8_domain::record::Role;

/// What a member is.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Admin => "Administrator",
        Role::Member => "Member",
        Role::ReadOnly => "Read only",
    }
}

/// The roles, as a choice.
pub fn roles() -> Vec<(String, String)> {
    let about = |one: Role| match one {
        Role::Admin => "Administrator: everything, other members included",
        Role::Member => "Member: works with the data",
        Role::ReadOnly => "Read only: looks",
    };
    let all = [Role::Member, Role::Admin, Role::ReadOnly];
    all.into_iter().map(|one| (one.word().to_owned(), about(one).to_owned())).collect()
}
