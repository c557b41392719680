//! Tokens: what each derive writes. Generated code names one module, as `__relvar` wherever a scope of its own allows.

mod columns;
mod definition;
mod embed;
mod entity;
mod fresh;
mod function;
mod row;
mod rows;
mod sql_type;
mod table;
mod view;

pub(crate) use embed::expand as embed;
pub(crate) use function::expand as function;
pub(crate) use row::expand as row;
pub(crate) use rows::{insert, patch};
pub(crate) use sql_type::expand as sql_type;
pub(crate) use table::expand as table;
pub(crate) use view::expand as view;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;

/// The place of the tokens, for messages that should point there.
///
/// Names keep the meaning they have in generated code, also if the tokens come out of another macro.
fn at(tokens: &impl Spanned) -> Span {
    Span::call_site().located_at(tokens.span())
}

/// Whether a type is written as one of these names, and nothing else.
fn is_written(ty: &syn::Type, names: &[&str]) -> bool {
    let syn::Type::Path(path) = ty else { return false };
    path.path.get_ident().is_some_and(|ident| names.iter().any(|name| ident == name))
}

/// A scope of its own around implementations, so that nothing but them is visible outside.
fn scoped(derive: &TokenStream, items: &TokenStream) -> TokenStream {
    quote! {
        #[doc(hidden)]
        #[allow(
            deprecated,
            non_upper_case_globals,
            unused_imports,
            unused_mut,
            unused_qualifications,
            unused_variables,
            clippy::all,
            clippy::pedantic
        )]
        const _: () = {
            use #derive as __relvar;
            #items
        };
    }
}
