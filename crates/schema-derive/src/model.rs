//! What the attributes say, checked as far as that needs no types.

mod column;
mod index;
mod table;

pub(crate) use column::{Column, Kind, Reference, Role};
pub(crate) use index::{Check, Index, Ops};
pub(crate) use table::{Table, positions};

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Field, Fields, Ident, Path};

use crate::attr::Args;
use crate::mistakes::Mistakes;

/// The path of the module that generated code names, from `crate = path`.
pub(crate) fn derive_path(args: &Args, mistakes: &Mistakes) -> TokenStream {
    match args.path("crate", "relvar", mistakes) {
        Some(path) => quote!(#path::derive),
        None => quote!(::relvar::derive),
    }
}

/// The fields of a struct with named fields, which is what the derives take.
pub(crate) fn named_fields<'i>(input: &'i DeriveInput, derive: &str, mistakes: &Mistakes) -> Option<Vec<&'i Field>> {
    let fields = match &input.data {
        Data::Struct(data) => &data.fields,
        Data::Enum(data) => {
            mistakes.at(data.enum_token.span, format!("`{derive}` is for structs with named fields, not for enums"));
            return None;
        }
        Data::Union(data) => {
            mistakes.at(data.union_token.span, format!("`{derive}` is for structs with named fields, not for unions"));
            return None;
        }
    };
    match fields {
        Fields::Named(fields) if !fields.named.is_empty() => Some(fields.named.iter().collect()),
        Fields::Unnamed(_) => {
            mistakes.at(fields.span(), format!("`{derive}` is for structs with named fields: each is a column"));
            None
        }
        _ => {
            mistakes.at(input.ident.span(), format!("`{derive}` needs at least one field"));
            None
        }
    }
}

/// Notes that generics are not supported, if there are any.
pub(crate) fn no_generics(input: &DeriveInput, derive: &str, mistakes: &Mistakes) {
    if !input.generics.params.is_empty() {
        mistakes.of(&input.generics, format!("`{derive}` does not support generic types: its columns must be known"));
    }
}

/// The `#[doc]`s among the attributes.
fn docs(attrs: &[Attribute]) -> Vec<Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("doc")).cloned().collect()
}

/// A path for generated code: one word is a name in the derive module, a longer path is the user's.
///
/// All of it stands where the user's word does, so that messages point there.
pub(crate) fn in_derive(path: &Path, derive: &TokenStream) -> TokenStream {
    let Some(name) = path.get_ident() else { return quote!(#path) };
    let span = proc_macro2::Span::call_site().located_at(name.span());
    let derive = derive.clone().into_iter().map(|mut token| {
        token.set_span(span);
        token
    });
    let derive: TokenStream = derive.collect();
    quote_spanned!(span=> #derive::#name)
}

/// The field's name; its fields are named, so there is one.
pub(crate) fn ident(field: &Field) -> Ident {
    field.ident.clone().unwrap_or_else(|| Ident::new("_", field.span()))
}
