//! `#[derive(Table)]`

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{DeriveInput, Ident};

use super::rows::given_columns;
use super::{at, columns, definition, entity, is_written, scoped};
use crate::mistakes::Mistakes;
use crate::model::{Column, Kind, Role, Table};
use crate::name;

/// What `#[derive(Table)]` writes.
pub(crate) fn expand(input: &DeriveInput, mistakes: &Mistakes) -> Option<TokenStream> {
    let table = Table::read(input, mistakes)?;
    let columns = columns::definition(&table);
    let items = [
        embedded_names(&table.columns),
        columns::implementations(&table),
        origin(&table),
        implementation(&table),
        insertable(&table),
        entity::expand(&table),
        definition::constants(&table),
    ];
    let scoped = scoped(&table.derive, &items.into_iter().collect());
    Some(quote!(#columns #scoped))
}

/// What the columns are called, and which of them every insert must give: a list, or the constant `__COLUMNS` that
/// [`embedded_names`] writes.
pub(crate) fn names(columns: &[Column]) -> TokenStream {
    if has_embedded(columns) {
        return quote!(__COLUMNS);
    }
    let parts = columns.iter().filter(|column| column.is_stored()).map(part);
    quote!(&[#(#parts),*])
}

/// All columns of a table or view. Generic functions take them from the library instead: for each bound that such a
/// function has, the compiler would compute them once more.
pub(crate) fn parts(table: &Table) -> TokenStream {
    let columns = table.columns_ident();
    quote!(<#columns as __relvar::TableColumns>::PARTS)
}

/// The constant `__COLUMNS`, if the names of some columns are known to another derive only.
pub(crate) fn embedded_names(columns: &[Column]) -> TokenStream {
    if !has_embedded(columns) {
        return TokenStream::new();
    }
    let stored = columns.iter().filter(|column| column.is_stored());
    let parts = stored.map(|column| match &column.kind {
        Kind::Embed(prefix) => {
            let ty = &column.ty;
            quote_spanned! {at(ty)=>
                __relvar::Part { prefix: #prefix, columns: <#ty as __relvar::Embedded>::COLUMNS }
            }
        }
        _ => {
            let part = part(column);
            quote!(__relvar::Part { prefix: "", columns: &[#part] })
        }
    });
    quote! {
        const __PARTS: &[__relvar::Part] = &[#(#parts),*];
        const __TEXT: &[u8] = &__relvar::text::<{ __relvar::text_length(__PARTS) }>(__PARTS);
        const __COLUMNS: &[__relvar::ColumnPart] = &__relvar::columns::<{ __relvar::width(__PARTS) }>(__PARTS, __TEXT);
    }
}

/// The check that the names of the columns differ, if the derive itself cannot make it.
pub(crate) fn check_names(table: &Table) -> Option<TokenStream> {
    let name = &table.name;
    has_embedded(&table.columns).then(|| quote!(const _: () = __relvar::check::names(#name, __COLUMNS);))
}

/// How many columns a table or view has.
pub(crate) fn width(columns: &[Column]) -> TokenStream {
    if has_embedded(columns) {
        return quote!({ __COLUMNS.len() });
    }
    let width = columns.iter().filter(|column| column.is_stored()).count();
    quote!(#width)
}

/// Whether the names and places of some columns are known to another derive only.
fn has_embedded(columns: &[Column]) -> bool {
    columns.iter().any(|column| matches!(column.kind, Kind::Embed(_)))
}

/// A column of the struct's own.
fn part(column: &Column) -> TokenStream {
    let (name, ty, number) = (&column.name, &column.ty, name::number(&column.ident));
    let mut part = quote_spanned!(at(ty)=> __relvar::ColumnPart::of::<#ty>(#name, #number));
    if let Some(declared) = &column.sql_type {
        part = quote!(#part.declared({
            const __TYPE: &__relvar::Type = &<#ty as __relvar::SqlType>::SQL_TYPE.declared(#declared);
            __TYPE
        }));
    }
    if column.generated.is_some() {
        part = quote!(#part.generated());
    } else if is_given_by_database(column) {
        part = quote!(#part.given());
    }
    part
}

/// Whether the database or the library gives a value where an insert has none.
fn is_given_by_database(column: &Column) -> bool {
    column.default.is_some() || column.generated.is_some() || column.auto_increment.is_some() || column.role.is_some()
}

/// The body of a function that reads a row. A `?` would be checked and compiled as two more calls for each column, a
/// `return` as one, and a pattern for the error as much as that for the value.
pub(crate) fn read(ident: &Ident, columns: &[Column]) -> TokenStream {
    let fields = columns.iter().map(|column| {
        let (name, ty) = (&column.ident, &column.ty);
        let value = match column.kind {
            Kind::Column => quote_spanned!(at(ty)=> __relvar::cell(__cells)),
            Kind::Skip => return quote_spanned!(at(ty)=> #name: <#ty as __relvar::Default>::default()),
            Kind::Embed(_) => quote_spanned!(at(ty)=> __relvar::embedded(__cells)),
        };
        quote!(#name: if let __relvar::Some(__value) = #value { __value } else { break '__row })
    });
    quote! {
        '__row: {
            return __relvar::Ok(#ident { #(#fields),* });
        }
        __relvar::failure(__cells)
    }
}

pub(crate) fn origin(table: &Table) -> TokenStream {
    let Table { ident, dialect, .. } = table;
    let (columns, of, constant) = (table.columns_ident(), table.of_trait(), table.constant());
    let declares = table.columns.iter().any(|column| column.sql_type.is_some()) || has_embedded(&table.columns);
    let column_type = declares.then(|| {
        let parts = parts(table);
        quote! {
            fn column_type(__index: u32) -> __relvar::Option<&'static __relvar::Type> {
                __relvar::declared_type(#parts, __index)
            }
        }
    });
    quote! {
        impl __relvar::Origin for #ident {
            type Dialect = #dialect;
            #column_type
        }
        impl __relvar::RowSource for #ident {
            type Columns<__N: __relvar::Nullness, __D: __relvar::Dialect> = #columns<__N>;
            fn names() -> __relvar::Names {
                __relvar::TableRef::names(<Self as __relvar::#of>::#constant)
            }
            fn columns<__N: __relvar::Nullness, __D: __relvar::Dialect>(__source: __relvar::SourceId) -> #columns<__N> {
                <Self as __relvar::#of>::columns(__source)
            }
        }
    }
}

fn implementation(table: &Table) -> TokenStream {
    let Table { ident, name, .. } = table;
    let columns = table.columns_ident();
    let schema = table.schema.iter();
    let stored = table.stored();
    let values = stored.iter().map(|(column, position)| {
        let (name, ty) = (&column.ident, &column.ty);
        match column.kind {
            Kind::Embed(_) => quote!(#name: <#ty as __relvar::Embedded>::columns(__source, #position)),
            _ => quote!(#name: __relvar::column(__source, #position)),
        }
    });
    let stamps = stored.iter().filter_map(|(column, position)| {
        let role = role(column)?;
        Some(quote!(__relvar::Stamp { column: #position, role: #role }))
    });
    let stamps: Vec<_> = stamps.collect();
    let stamps = (!stamps.is_empty()).then(|| quote!(const STAMPS: &'static [__relvar::Stamp] = &[#(#stamps),*];));
    let fields = has_embedded(&table.columns).then(|| {
        let fields = stored.iter().map(|(column, position)| match column.kind {
            Kind::Embed(_) => {
                let (name, ty, number) = (column.ident.unraw().to_string(), &column.ty, name::number(&column.ident));
                let width = quote!(<#ty as __relvar::Embedded>::COLUMNS.len());
                quote!(__relvar::FieldPart::embedded(#name, #number, #position, #width))
            }
            _ => quote!(__relvar::FieldPart::column(&__COLUMNS[(#position) as usize], #position)),
        });
        quote!(const FIELDS: &'static [__relvar::FieldPart] = &[#(#fields),*];)
    });
    let checks = checks(table);
    let unique_keys = table.unique_keys();
    let numbered = stored
        .iter()
        .find(|(column, _)| column.auto_increment.is_some())
        .map(|(_, position)| quote!(const NUMBERED: __relvar::Option<u32> = __relvar::Option::Some(#position);));
    let sole_key = (unique_keys <= 1 + usize::from(numbered.is_some())).then(|| {
        quote! {
            impl __relvar::SoleKey for #ident {}
        }
    });
    let read = read(ident, &table.columns);
    let definition = definition::function(table);
    let check_names = check_names(table);
    quote! {
        #check_names
        #checks
        #sole_key
        impl __relvar::Table for #ident {
            type Columns<__N: __relvar::Nullness> = #columns<__N>;
            const TABLE_NAME: &'static str = #name;
            #(const TABLE_SCHEMA: __relvar::Option<&'static str> = __relvar::Some(#schema);)*
            #stamps
            #numbered
            const UNIQUE_KEYS: usize = #unique_keys;
            #fields
            fn columns<__N: __relvar::Nullness>(__source: __relvar::SourceId) -> #columns<__N> {
                #columns { #(#values,)* __source }
            }
            fn read(__cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<Self, __relvar::DecodeError> {
                #read
            }
            #definition
        }
    }
}

/// What the compiler checks of columns' types once it knows them: that databases can have them, and have them in keys.
fn checks(table: &Table) -> TokenStream {
    let dialect = &table.dialect;
    let name = &table.name;
    let keyed = table.keyed().into_iter().filter(|&i| !is_number(&table.columns[i].ty)).map(|i| {
        let Column { ty, name: column, len, .. } = &table.columns[i];
        let len = match len {
            Some(len) => quote!(__relvar::Option::Some(#len)),
            None => quote!(__relvar::Option::None),
        };
        quote_spanned! {at(ty)=>
            const _: () = __relvar::check::key::<#dialect, #ty>(#name, #column, #len);
        }
    });
    let lists = table.columns.iter().filter(|column| column.is_column() && is_list(&column.ty)).map(|column| {
        let Column { ty, name: column, .. } = column;
        quote_spanned!(at(ty)=> const _: () = __relvar::check::list::<#dialect, #ty>(#name, #column);)
    });
    let invisible = table.columns.iter().filter(|column| column.invisible.is_some() && !is_given_by_database(column));
    let invisible = invisible.map(|column| {
        let Column { ty, name: column, .. } = column;
        quote_spanned!(at(ty)=> const _: () = __relvar::check::invisible::<#ty>(#name, #column);)
    });
    quote!(#(#keyed)* #(#lists)* #(#invisible)*)
}

/// Whether the type is written as a number, which every database can have in a key.
fn is_number(ty: &syn::Type) -> bool {
    is_written(ty, &["i16", "i32", "i64"])
}

/// Whether the type is written as a list; what hides one behind a name is found when the table is created.
fn is_list(ty: &syn::Type) -> bool {
    let mut ty = ty;
    loop {
        let syn::Type::Path(path) = ty else { return false };
        let Some(last) = path.path.segments.last() else { return false };
        let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return false };
        match (last.ident == "Vec", arguments.args.first()) {
            (true, _) => return true,
            (false, Some(syn::GenericArgument::Type(inner))) => ty = inner,
            (false, _) => return false,
        }
    }
}

/// The role of a column, for generated code.
pub(crate) fn role(column: &Column) -> Option<TokenStream> {
    column.role.map(|(role, _)| match role {
        Role::CreatedAt => quote!(__relvar::Role::CreatedAt),
        Role::UpdatedAt => quote!(__relvar::Role::UpdatedAt),
        Role::Version => quote!(__relvar::Role::Version),
    })
}

/// The value of a field of the table's own, as one of its column that was declared as something else than its type.
pub(crate) fn declared_value(
    table: &Table,
    column: &Column,
    position: &TokenStream,
    value: &TokenStream,
) -> TokenStream {
    let (ty, parts) = (&column.ty, parts(table));
    quote_spanned!(at(ty)=> __relvar::declared_value::<#ty>(#value, &#parts[(#position) as usize]))
}

/// The variable `__columns`, if there are embedded structs, whose own functions make their values.
pub(crate) fn embedded_columns(table: &Table) -> Option<TokenStream> {
    let ident = &table.ident;
    has_embedded(&table.columns).then(|| {
        quote! {
            let __columns = <#ident as __relvar::Table>::columns::<__relvar::NotNull>(__relvar::SourceId::SCHEMA);
        }
    })
}

/// A whole row can be inserted: all but what the database computes.
fn insertable(table: &Table) -> TokenStream {
    let ident = &table.ident;
    let stored = table.stored();
    let given = || stored.iter().filter(|(column, _)| column.generated.is_none());
    let values = given().map(|(column, position)| {
        let (name, ty) = (&column.ident, &column.ty);
        match column.kind {
            Kind::Embed(_) => quote!(__relvar::Placed::values(__columns.#name.set(self.#name), __row);),
            _ if column.sql_type.is_some() => {
                let value = declared_value(table, column, position, &quote!(self.#name));
                quote!(__relvar::ir::Rows::push(__row, #value);)
            }
            _ => quote_spanned!(at(ty)=> __relvar::push_own::<#ty>(__row, self.#name);),
        }
    });
    let (apart, columns) = match has_embedded(&table.columns) {
        true => {
            let numbers = given().map(|(column, _)| name::number(&column.ident));
            let columns = given_columns(ident);
            let apart = quote! {
                const __GIVEN: &[u64] = &[#(#numbers),*];
                const __GIVEN_COLUMNS: &[u32] = &#columns;
            };
            (apart, quote!(__GIVEN_COLUMNS))
        }
        false => {
            let positions = given().map(|(_, position)| position);
            (TokenStream::new(), quote!(&[#(#positions),*]))
        }
    };
    let embedded = embedded_columns(table);
    quote! {
        #apart
        impl __relvar::Insertable<#ident> for #ident {
            const COLUMNS: &'static [u32] = #columns;
            fn values(self, __row: &mut __relvar::ir::Rows) {
                #embedded
                #(#values)*
            }
        }
    }
}
