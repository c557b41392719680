//! `#[derive(Insert)]` and `#[derive(Patch)]`: structs whose fields are named as the table's.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{DeriveInput, Field, Ident, Path};

use super::{at, scoped};
use crate::attr::Args;
use crate::mistakes::Mistakes;
use crate::model::{derive_path, ident, named_fields};
use crate::name::number;

/// The struct, its table and its fields.
struct Rows<'i> {
    derive: TokenStream,
    table: Path,
    fields: Vec<&'i Field>,
}

fn read<'i>(input: &'i DeriveInput, derive: &str, attribute: &str, mistakes: &Mistakes) -> Option<Rows<'i>> {
    let args = Args::of(&input.attrs, attribute, &["table", "crate"], mistakes);
    for bare in &args.bare {
        mistakes.of(bare, "expected `key = value`");
    }
    if args.span("table").is_none() && !args.broken {
        mistakes.at(input.ident.span(), format!("say which table this is for: `#[{attribute}(table = Thread)]`"));
    }
    let fields = named_fields(input, derive, mistakes);
    for field in fields.iter().flatten() {
        for attr in field.attrs.iter().filter(|attr| attr.path().is_ident(attribute)) {
            mistakes.of(attr, format!("`#[{attribute}(..)]` stands on the struct: fields are named as the table's"));
        }
    }
    let (derive, table) = (derive_path(&args, mistakes), args.path("table", "Thread", mistakes));
    Some(Rows { derive, table: table?, fields: fields? })
}

/// What `#[derive(Insert)]` writes.
pub(crate) fn insert(input: &DeriveInput, mistakes: &Mistakes) -> Option<TokenStream> {
    let Rows { derive, table, fields } = read(input, "Insert", "insert", mistakes)?;
    let name = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    let fields: Vec<Ident> = fields.into_iter().map(ident).collect();
    let given = fields.iter().map(number);
    let what = name.unraw().to_string();
    let columns = given_columns(&table);
    let values = fields.iter().map(
        |field| quote_spanned!(at(field)=> <_ as __relvar::Placed<#table>>::values(__columns.#field.given(self.#field), __row);),
    );
    // the check stands apart, so that it is made even if the struct is never used
    let check = quote_spanned! {at(name)=>
        const _: () = __relvar::check::insert::<#table>(#what, __GIVEN, __COLUMNS);
    };
    let items = quote! {
        const __GIVEN: &[u64] = &[#(#given),*];
        const __COLUMNS: &[u32] = &#columns;
        #check
        impl #impl_generics __relvar::Insertable<#table> for #name #ty_generics #where_clause {
            const COLUMNS: &'static [u32] = __COLUMNS;
            fn values(self, __row: &mut __relvar::ir::Rows) {
                let __columns = <#table as __relvar::Table>::columns::<__relvar::NotNull>(__relvar::SourceId::SCHEMA);
                #(#values)*
            }
        }
    };
    Some(scoped(&derive, &items))
}

/// The array of the columns that the fields with the numbers `__GIVEN` stand for.
pub(crate) fn given_columns(table: &impl ToTokens) -> TokenStream {
    quote_spanned! {at(table)=>
        __relvar::check::insert_columns::<#table, { __relvar::check::insert_width::<#table>(__GIVEN) }>(__GIVEN)
    }
}

/// What `#[derive(Patch)]` writes.
pub(crate) fn patch(input: &DeriveInput, mistakes: &Mistakes) -> Option<TokenStream> {
    let Rows { derive, table, fields } = read(input, "Patch", "patch", mistakes)?;
    let name = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    let changes = fields.into_iter().map(|field| {
        let (name, ty) = (ident(field), &field.ty);
        let value = quote_spanned!(at(ty)=> __relvar::PatchField::into_option(self.#name));
        quote_spanned! {at(&name)=>
            if let __relvar::Option::Some(__value) = #value {
                __relvar::Placed::changes(__columns.#name.given(__value), &mut __changes);
            }
        }
    });
    let items = quote! {
        impl #impl_generics __relvar::Patch<#table> for #name #ty_generics #where_clause {
            fn changes(self) -> __relvar::Vec<__relvar::Assignment<#table>> {
                let __columns = <#table as __relvar::Table>::columns::<__relvar::NotNull>(__relvar::SourceId::SCHEMA);
                let mut __changes: __relvar::Vec<__relvar::Assignment<#table>> = __relvar::Vec::new();
                #(#changes)*
                __changes
            }
        }
    };
    Some(scoped(&derive, &items))
}
