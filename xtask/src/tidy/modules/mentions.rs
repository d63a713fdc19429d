//! What the code of a module names.

use super::{
    tokens,
    use_tree::{Leaf, leaves},
};
use crate::tidy::source::{Module, is_test};
use std::collections::BTreeSet;
use syn::{
    ItemUse, Visibility,
    ext::IdentExt,
    spanned::Spanned,
    visit::{self, Visit},
};

/// One path that is written in a module.
pub struct Mention {
    pub path: Vec<String>,
    pub line: usize,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// By `use`, for the module itself.
    Import,
    /// By `pub use`, for others.
    Export,
    /// By `use …::*`.
    Glob,
    /// In code, where a path never ends with a module.
    Code,
}

/// What a module names, each path once, where it is first written.
pub fn mentions(module: &Module) -> Vec<Mention> {
    let mut reader = Reader { mentions: Vec::new() };
    module.items.iter().for_each(|item| reader.visit_item(item));
    let mut seen = BTreeSet::new();
    reader.mentions.retain(|mention| seen.insert((mention.path.clone(), mention.kind)));
    reader.mentions
}

struct Reader {
    mentions: Vec<Mention>,
}

impl Reader {
    fn imported(&mut self, leaf: Leaf, visibility: &Visibility) {
        let kind = match (visibility, leaf.is_glob) {
            (Visibility::Inherited, false) => Kind::Import,
            (Visibility::Inherited, true) => Kind::Glob,
            _ => Kind::Export,
        };
        self.mentions.push(Mention { path: leaf.path, line: leaf.line, kind });
    }

    fn tokens(&mut self, tokens: &proc_macro2::TokenStream) {
        let code = |(path, line)| Mention { path, line, kind: Kind::Code };
        self.mentions.extend(tokens::paths(tokens.clone()).into_iter().map(code));
    }
}

/// Visits a node unless it is there for tests alone.
macro_rules! without_tests {
    ($($visit:ident: $node:ident),* $(,)?) => {
        $(fn $visit(&mut self, node: &'ast syn::$node) {
            if !is_test(&node.attrs) {
                visit::$visit(self, node);
            }
        })*
    };
}

impl<'ast> Visit<'ast> for Reader {
    without_tests! {
        visit_item_fn: ItemFn,
        visit_item_struct: ItemStruct,
        visit_item_enum: ItemEnum,
        visit_item_impl: ItemImpl,
        visit_item_const: ItemConst,
        visit_item_static: ItemStatic,
        visit_item_mod: ItemMod,
        visit_impl_item_fn: ImplItemFn,
        visit_impl_item_const: ImplItemConst,
        visit_trait_item_fn: TraitItemFn,
        visit_variant: Variant,
        visit_field: Field,
        visit_field_value: FieldValue,
        visit_local: Local,
        visit_stmt_macro: StmtMacro,
        visit_arm: Arm,
        visit_expr_assign: ExprAssign,
        visit_expr_await: ExprAwait,
        visit_expr_block: ExprBlock,
        visit_expr_call: ExprCall,
        visit_expr_for_loop: ExprForLoop,
        visit_expr_if: ExprIf,
        visit_expr_loop: ExprLoop,
        visit_expr_macro: ExprMacro,
        visit_expr_match: ExprMatch,
        visit_expr_method_call: ExprMethodCall,
        visit_expr_return: ExprReturn,
        visit_expr_try: ExprTry,
        visit_expr_unsafe: ExprUnsafe,
        visit_expr_while: ExprWhile,
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if !is_test(&item.attrs) {
            leaves(item).into_iter().for_each(|leaf| self.imported(leaf, &item.vis));
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            let names = path.segments.iter().map(|segment| segment.ident.unraw().to_string()).collect();
            let line = path.span().start().line;
            self.mentions.push(Mention { path: names, line, kind: Kind::Code });
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, invoked: &'ast syn::Macro) {
        visit::visit_macro(self, invoked);
        self.tokens(&invoked.tokens);
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        self.tokens(&list.tokens);
    }

    /// `pub(in crate::a)` names who may see something and uses nothing.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}
}
