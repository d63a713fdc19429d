//! Circles of small crates.

use super::*;
use crate::tidy::source::testing::{package, tree};

/// The imports of a crate as `from>to`, sorted.
fn edges(files: &[(&str, &str)]) -> Vec<String> {
    let graph = imports::graph(&tree(files));
    let mut edges: Vec<String> = graph.edges().map(|edge| format!("{}>{}", edge.from, edge.to)).collect();
    edges.sort();
    edges
}

#[test]
fn imports_of_every_form_are_edges() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; mod d; mod e; mod f;"),
        ("a.rs", "use crate::{b::Thing as Other, c::{self, *}}; mod deep { use super::super::d::f; }"),
        ("b.rs", "pub struct Thing; fn f() -> crate::c::Any { super::d::g::<crate::e::T>() }"),
        ("c.rs", "pub struct Any; fn f() { use super::d::f; }"),
        (
            "d.rs",
            "pub fn f() {} pub fn g<T>() {} mod inner { use super::f; use self::super::g; use std::fmt; }",
        ),
        (
            "e.rs",
            "pub struct T; #[serde(with = \"crate::d::f\")] struct S(u8); fn f() { say!(\"{}\", crate::f::N) }",
        ),
        ("f.rs", "pub const N: u8 = 1; pub(in crate::a) fn f() { let a = x.b; a }"),
    ];
    assert_eq!(edges(&files), ["a>b", "a>c", "a>d", "b>c", "b>d", "b>e", "c>d", "e>d", "e>f"]);
}

#[test]
fn what_the_root_shows_is_an_edge_to_where_it_lives() {
    let files = [
        (
            "lib.rs",
            "mod ctx; mod ops; mod user; pub use ctx::Ctx; pub use ops::{Get, list as all}; pub use serde::Value;
             pub struct Own;",
        ),
        ("ctx.rs", "pub struct Ctx;"),
        ("ops/mod.rs", "mod get; pub use get::*; mod list; pub use self::list::list;"),
        ("ops/get.rs", "pub struct Get;"),
        ("ops/list.rs", "pub fn list() {}"),
        ("user.rs", "use crate::{Ctx, Value}; fn f(_: super::Get) { crate::all() }"),
    ];
    assert_eq!(edges(&files), ["user>ctx", "user>ops"]);
    let own = [("lib.rs", "mod a; pub struct Own;"), ("a.rs", "use super::Own;")];
    assert_eq!(edges(&own), ["a>crate root"]);
}

#[test]
fn a_chain_of_exports_across_modules_leads_to_its_end() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        ("a.rs", "pub struct Plum;"),
        ("b.rs", "mod inner { pub use crate::a::*; } pub use inner::*;"),
        ("c.rs", "pub use crate::b::Plum as Fruit;"),
        ("d.rs", "use crate::c::Fruit;"),
    ];
    // Who shows what lives elsewhere imports it; who uses what is shown does not import the one that shows it.
    assert_eq!(edges(&files), ["b>a", "c>a", "d>a"]);
}

#[test]
fn globs_count_by_what_is_used_through_them() {
    let files = [
        ("lib.rs", "mod a; mod b; mod prelude; mod user;"),
        ("a.rs", "pub fn pick() {}"),
        ("b.rs", "pub fn eat() {}"),
        ("prelude.rs", "pub use crate::{a::pick, b::eat};"),
        ("user.rs", "use crate::prelude::*; fn f() { say!(pick()) }"),
    ];
    assert_eq!(edges(&files), ["prelude>a", "prelude>b", "user>a"]);
}

#[test]
fn private_names_do_not_leak_through_globs() {
    let files = [
        ("lib.rs", "mod a; mod b; mod user;"),
        ("a.rs", "pub struct Plum;"),
        ("b.rs", "use crate::a::Plum; pub struct Fig;"),
        ("user.rs", "use crate::b::*; use other::Plum as _; fn f(_: Plum) {}"),
    ];
    assert_eq!(edges(&files), ["b>a", "user>b"]);
}

#[test]
fn macros_are_followed_by_path_by_export_and_without_a_path() {
    let files = [
        ("lib.rs", "macro_rules! plain { () => {} } mod a; mod b; mod c; mod d; mod e;"),
        ("a.rs", "macro_rules! args { () => { $crate::b::f() } } pub(crate) use args;"),
        ("b.rs", "pub fn f() {} #[macro_export] macro_rules! loud { () => {} }"),
        ("c.rs", "use crate::a::args; args!();"),
        ("d.rs", "fn f() { crate::loud!() }"),
        ("e.rs", "plain!();"),
    ];
    assert_eq!(edges(&files), ["a>b", "c>a", "d>b", "e>crate root"]);
}

#[test]
fn things_made_by_macros_are_found_through_globs() {
    let files = [
        ("lib.rs", "mod events; mod user; pub use events::*;"),
        ("events.rs", "mod plum; pub use plum::*;"),
        ("events/plum.rs", "events! { Plum => { PlumPicked = \"plum.picked\"; } }"),
        ("user.rs", "use crate::PlumPicked;"),
    ];
    assert_eq!(edges(&files), ["user>events"]);
}

#[test]
fn a_function_called_like_its_module_is_found_in_it() {
    let files = [
        (
            "main.rs",
            "mod serve; mod user; pub use serve::serve; fn main() { let user = 1; serve::serve(user) }",
        ),
        ("serve.rs", "pub fn serve(_: u8) {}"),
        ("user.rs", "fn f() { crate::serve(1) }"),
    ];
    assert_eq!(edges(&files), ["crate root>serve", "user>serve"]);
}

#[test]
fn tests_are_no_imports() {
    let files = [
        ("lib.rs", "mod a; mod b; mod tests;"),
        (
            "a.rs",
            "#[cfg(test)] use crate::b::B;
             #[cfg(test)] mod checks { use crate::b::B; }
             #[cfg(test)] fn f() { crate::b::f() }
             struct A;
             impl A {
                 #[cfg(test)] fn g(_: crate::b::B) {}
                 fn h() {
                     #[cfg(test)] use crate::b::B;
                     #[cfg(test)] let b = crate::b::B;
                     #[cfg(test)] crate::b::stop!();
                     #[cfg(test)] { crate::b::f() }
                     #[cfg(test)] if x { crate::b::f() }
                     #[cfg(test)] crate::b::f();
                 }
             }",
        ),
        ("b.rs", "pub struct B; pub fn f() {}"),
        ("tests.rs", "use crate::b::B;"),
    ];
    assert_eq!(edges(&files), Vec::<String>::new());
}

#[test]
fn imports_that_name_each_other_for_ever_end() {
    let files = [
        ("lib.rs", "mod a; mod b; pub use a::*; pub use b::*; pub use a::Ghost;"),
        ("a.rs", "pub use crate::b::*; pub use crate::Ghost; use super::*;"),
        ("b.rs", "pub use crate::a::*; use crate::Ghost; fn f(_: Ghost, _: Unknown) {}"),
    ];
    // What is declared nowhere counts for the module that is named.
    assert_eq!(edges(&files), ["a>b", "a>crate root", "b>a", "b>crate root"]);
}

const CIRCLE: &[(&str, &str)] = &[
    ("lib.rs", "mod one; mod two; mod three; pub use two::Two;"),
    ("one.rs", "\nuse crate::Two;"),
    ("two.rs", "pub struct Two; fn f() {\n crate::one::g() }"),
    ("three.rs", "use crate::one::One;"),
];

#[test]
fn a_circle_in_an_area_is_told_with_a_line_for_each_import() {
    let fault = faults(&[package("g8-orchard", true, CIRCLE)]).pop().unwrap();
    assert_eq!(
        fault,
        "g8-orchard: 2 modules import each other in a circle, at most 1 may (one, two); the shortest way round:\
         \n  one imports two: one.rs:2 crate::Two\
         \n  two imports one: two.rs:2 crate::one::g"
    );
}

#[test]
fn elsewhere_a_circle_may_have_as_many_modules_as_its_limit() {
    let core = package("g8-core", false, CIRCLE);
    let figures = of(&core);
    assert_eq!((figures.modules, figures.circle.len(), figures.limit), (4, 2, 13));
    assert_eq!(faults(&[core]), Vec::<String>::new());
    let names: Vec<String> = (0..14).map(|number| format!("m{number}")).collect();
    let root: String = names.iter().map(|name| format!("mod {name};")).collect();
    let next = |number: usize| format!("use crate::m{}::It; pub struct It;", (number + 1) % 14);
    let mut files = vec![("lib.rs".to_owned(), root)];
    files.extend(names.iter().enumerate().map(|(number, name)| (format!("{name}.rs"), next(number))));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let faults = faults(&[package("g8-doors", false, &files)]);
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].lines().count(), 15);
}
