//! Attributes that leave something out of the product.

use syn::{Attribute, Item, Meta, Token, punctuated::Punctuated};

/// Whether something is built for tests alone: `#[cfg(test)]`, also within `all(…)`.
pub fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => {
            list.parse_args::<Meta>().is_ok_and(|condition| needs_test(&condition))
        }
        _ => false,
    })
}

/// `any(test, …)` is built without tests too.
fn needs_test(condition: &Meta) -> bool {
    match condition {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("all") => list
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .is_ok_and(|parts| parts.iter().any(needs_test)),
        _ => false,
    }
}

/// The attributes of an item of any kind.
pub fn of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_built_for_tests_alone_is_a_test() {
        let test = |text: &str| syn::parse_str::<Item>(text).map(|item| is_test(of(&item))).unwrap();
        assert!(test("#[cfg(test)] use a::B;"));
        assert!(test("#[cfg(all(unix, test))] fn f() {}"));
        assert!(!test("#[cfg(any(test, feature = \"testing\"))] mod testing;"));
        assert!(!test("#[cfg(not(test))] struct Real;"));
        assert!(!test("struct Plain;"));
    }
}
