//! What the attributes say, checked as far as that needs no types.

mod column;
mod foreign_key;
mod index;
mod table;
mod view;

pub(crate) use column::{Column, Kind, Role};
pub(crate) use foreign_key::{Actions, ForeignKey, Reference};
pub(crate) use index::{Check, Index, Ops};
pub(crate) use table::{Table, dialect, positions};
pub(crate) use view::View;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Field, Fields, GenericArgument, Ident, LitStr, Path, PathArguments, Type};

use crate::attr::Args;
use crate::mistakes::Mistakes;
use crate::name;

/// What the derives for tables and views read alike: the struct and the attribute that is its own.
struct Heading {
    args: Args,
    derive: TokenStream,
    name: String,
    schema: Option<LitStr>,
    dialect: TokenStream,
}

impl Heading {
    /// Reads `#[attribute(..)]`, which may have the keys `known` in it.
    fn read(input: &DeriveInput, attribute: &'static str, known: &[&str], mistakes: &Mistakes) -> Heading {
        let args = Args::of(&input.attrs, attribute, known, mistakes);
        for bare in &args.bare {
            mistakes.of(bare, "expected `key` or `key = value`");
        }
        let derive = derive_path(&args, mistakes);
        let given = args.text("name", mistakes);
        let name = given.as_ref().map_or_else(|| name::table(&input.ident), LitStr::value);
        name::check(&name, given.as_ref().map_or(input.ident.span(), LitStr::span), mistakes);
        let schema = args.text("schema", mistakes);
        if let Some(schema) = &schema {
            name::check(&schema.value(), schema.span(), mistakes);
        }
        let dialect = table::dialect(&args, &derive, mistakes);
        Heading { args, derive, name, schema, dialect }
    }
}

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

/// Notes a type that no column can have, where that is plain to see: the compiler would say so at every use of it.
pub(crate) fn check_type(ty: &Type, mistakes: &Mistakes) {
    let Type::Path(path) = ty else {
        if matches!(ty, Type::Reference(_)) {
            mistakes.of(ty, "a column owns its value: use `String` for text, `Vec<u8>` for bytes");
        }
        return;
    };
    let Some(last) = path.path.segments.last().filter(|_| path.qself.is_none()) else { return };
    if let PathArguments::AngleBracketed(arguments) = &last.arguments {
        if let (true, Some(GenericArgument::Type(inner))) = (last.ident == "Option", arguments.args.first()) {
            match inner {
                Type::Path(twice) if twice.path.segments.last().is_some_and(|s| s.ident == "Option") => {
                    mistakes.of(ty, "a column is optional once: SQL has one NULL");
                }
                _ => check_type(inner, mistakes),
            }
        }
        return;
    }
    let Some(name) = path.path.get_ident() else { return };
    let instead = match name.to_string().as_str() {
        "u8" | "i8" => "i16",
        "u16" => "i32",
        "u32" | "u64" | "usize" | "isize" => "i64",
        "u128" | "i128" => "Decimal",
        "char" | "str" => "String",
        _ => return,
    };
    mistakes.of(ty, format!("`{name}` is not a column type: use `{instead}`"));
}
