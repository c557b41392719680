//! The definition of a table, and the constants for its keys and indexes.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Expr, Path};

use super::at;
use super::table::{parts, role};
use crate::model::{Actions, Column, ForeignKey, Kind, Ops, Reference, Role, Table, in_derive};

/// `Table::definition`
pub(crate) fn function(table: &Table) -> TokenStream {
    let stored = table.stored();
    let columns = stored.iter().map(|(column, position)| said(column, position, &quote!(__table.columns)));
    let comment = table.comment.iter().map(|text| quote!(__table.comment = __relvar::define::text(#text);));
    let collate = table.collate.iter().map(|name| quote!(__table.collation = __relvar::define::text(#name);));
    let key = table.primary_key.iter().map(|&i| &table.columns[i].name);
    let key_parts = table.primary_key.iter().map(|&i| {
        let ty = &table.columns[i].ty;
        quote_spanned!(at(ty)=> __relvar::define::key_part::<#ty>();)
    });
    let uniques = table.uniques.iter().map(|unique| {
        let (name, column) = (&unique.name, &table.columns[unique.column].name);
        quote!(__table.unique.push(__relvar::define::unique(#name, #column));)
    });
    let references =
        table.columns.iter().filter_map(|column| Some(reference(table, column, column.reference.as_ref()?)));
    let foreign_keys = table.foreign_keys.iter().map(|(name, key)| foreign_key(name, key));
    let checks = table.checks.iter().map(|(name, check)| {
        let condition = apply(&check.condition);
        quote_spanned! {at(&check.condition)=>
            __table.checks.push(__relvar::define::check(#name, __relvar::define::condition::<Self, _>(#condition)));
        }
    });
    let indexes = (0..table.indexes.len()).map(|i| index(table, i));
    let parts = parts(table);
    let source = names_columns(table).then(
        || quote!(let __t = <Self as __relvar::Table>::columns::<__relvar::NotNull>(__relvar::SourceId::SCHEMA);),
    );
    quote! {
        fn definition() -> __relvar::TableDef {
            let mut __table = __relvar::define::table(<Self as __relvar::Table>::TABLE, #parts);
            #source
            #(#columns)*
            #(#key_parts)*
            __relvar::define::primary_key(&mut __table, &[#(#key),*]);
            #(#comment)*
            #(#collate)*
            #(#uniques)*
            #(#references)*
            #(#foreign_keys)*
            #(#checks)*
            #(#indexes)*
            __table
        }
    }
}

/// Whether the definition has to name columns as queries do.
fn names_columns(table: &Table) -> bool {
    let in_column =
        |column: &Column| column.default.is_some() || column.generated.is_some() || column.reference.is_some();
    !(table.foreign_keys.is_empty() && table.checks.is_empty() && table.indexes.is_empty())
        || table.columns.iter().any(in_column)
}

/// Calls a closure of the user's with the columns `__t`.
fn apply(closure: &Expr) -> TokenStream {
    quote_spanned!(at(closure)=> __relvar::define::apply(__t, #closure))
}

/// The statements that add to the definitions `all` what was said of a column, whose position is given; none, if nothing
/// was. The columns are `__t`.
pub(crate) fn said(column: &Column, position: &TokenStream, all: &TokenStream) -> TokenStream {
    if let Kind::Embed(_) = column.kind {
        let ty = &column.ty;
        return quote! {
            let __columns = <#ty as __relvar::Embedded>::COLUMNS;
            <#ty as __relvar::Embedded>::define(__relvar::define::part(&mut #all[..], #position, __columns));
        };
    }
    let (attributes, options) = (attributes(column), options(column));
    if attributes.is_empty() && options.is_empty() {
        return TokenStream::new();
    }
    quote! {
        if let __relvar::Option::Some(__column) = #all.get_mut((#position) as usize) {
            #attributes
            #options
        }
    }
}

/// What any column can have.
fn attributes(column: &Column) -> TokenStream {
    let (field, ty) = (&column.ident, &column.ty);
    let base = quote_spanned!(at(ty)=> <#ty as __relvar::SqlType>::Base);
    let mut tokens = TokenStream::new();
    if let Some(len) = &column.len {
        tokens.extend(quote_spanned!(at(ty)=> __relvar::define::length::<#base>(__column, #len);));
    }
    if let Some((digits, scale)) = &column.precision {
        tokens.extend(quote_spanned!(at(ty)=> __relvar::define::precision::<#base>(__column, #digits, #scale);));
    }
    if let Some(collate) = &column.collate {
        tokens.extend(quote_spanned!(at(ty)=> __relvar::define::collation::<#base>(__column, #collate);));
    }
    if column.auto_increment.is_some() {
        tokens.extend(quote_spanned!(at(ty)=> __relvar::define::auto_increment::<#base>(__column);));
    }
    if let Some(role) = role(column) {
        let default = match column.role {
            Some((Role::Version, _)) => quote_spanned!(at(ty)=> __relvar::define::version::<#ty>()),
            _ => quote_spanned!(at(ty)=> __relvar::define::stamp::<#base>()),
        };
        tokens.extend(quote! {
            __column.role = __relvar::Option::Some(#role);
            __column.default = #default;
        });
    }
    if let Some(value) = &column.default {
        let value = quote_spanned!(at(value)=> __relvar::define::default(__t.#field, #value));
        tokens.extend(quote!(__column.default = #value;));
    }
    if let Some(closure) = &column.generated {
        let value = apply(closure);
        let value = quote_spanned!(at(closure)=> __relvar::define::generated(__t.#field, #value));
        tokens.extend(quote!(__column.generated = #value;));
    }
    if let Some(comment) = &column.comment {
        tokens.extend(quote!(__column.comment = __relvar::define::text(#comment);));
    }
    tokens
}

/// What only some databases have for the column `__column` of a table.
fn options(column: &Column) -> TokenStream {
    let dialect = quote!(<Self as __relvar::Origin>::Dialect);
    let mut tokens = TokenStream::new();
    if let Some(span) = column.computed_on_read {
        let call = quote_spanned!(located(span)=> __relvar::define::computed_on_read::<#dialect>(__column););
        tokens.extend(call);
    }
    if let Some(span) = column.invisible {
        tokens.extend(quote_spanned!(located(span)=> __relvar::define::invisible::<#dialect>(__column);));
    }
    if column.never_reused.is_some() {
        tokens.extend(quote!(__column.never_reused = true;));
    }
    tokens
}

/// The action, as an expression; `set_null` is what SET NULL is.
fn action(action: Option<&Path>, set_null: impl FnOnce(Span) -> TokenStream) -> TokenStream {
    let Some(action) = action else { return quote!(__relvar::Option::None) };
    let span = at(action);
    let action = match action.get_ident() {
        Some(word) if word == "SetNull" => set_null(span),
        Some(word) if word == "SetDefault" => quote_spanned!(span=> __relvar::define::set_default::<Self>()),
        Some(word) => quote!(__relvar::ReferentialAction::#word),
        None => quote!(#action),
    };
    quote!(__relvar::Option::Some(#action))
}

/// The foreign key of one column.
fn reference(table: &Table, column: &Column, reference: &Reference) -> TokenStream {
    let Reference { table: to, column: to_column, actions: Actions { on_delete, on_update } } = reference;
    let (field, ty) = (&column.ident, &column.ty);
    let name = table.reference_name(column);
    let set_null = |span| quote_spanned!(span=> __relvar::define::set_null::<#ty>());
    let (on_delete, on_update) = (action(on_delete.as_ref(), set_null), action(on_update.as_ref(), set_null));
    let target = columns_of(to);
    quote_spanned! {at(to)=>
        __table.foreign_keys.push(__relvar::define::foreign_key::<Self, #to, _, _>(
            #name,
            #target.#to_column,
            __t.#field,
            #on_delete,
            #on_update,
        ));
    }
}

/// A foreign key of several columns.
fn foreign_key(name: &str, key: &ForeignKey) -> TokenStream {
    let ForeignKey { on, table: to, to: closure, actions: Actions { on_delete, on_update }, .. } = key;
    let set_null = |span| quote_spanned!(span=> __relvar::define::set_all_null(&__columns));
    let (on_delete, on_update) = (action(on_delete.as_ref(), set_null), action(on_update.as_ref(), set_null));
    let (target, columns) = (columns_of(to), apply(on));
    quote_spanned! {at(on)=> {
        let __columns = #columns;
        let __target = __relvar::define::apply(#target, #closure);
        __table.foreign_keys.push(__relvar::define::foreign_key::<Self, #to, _, _>(
            #name,
            __target,
            __columns,
            #on_delete,
            #on_update,
        ));
    }}
}

/// The columns of another table.
fn columns_of(table: &Path) -> TokenStream {
    quote_spanned!(at(table)=> <#table as __relvar::Table>::columns::<__relvar::NotNull>(__relvar::SourceId::SCHEMA))
}

pub(crate) fn index(table: &Table, i: usize) -> TokenStream {
    let (name, index) = (&table.indexes[i].name, &table.indexes[i].index);
    let derive = quote!(__relvar);
    let method = match &index.using {
        Some(path) => in_derive(path, &derive),
        None => quote!(__relvar::BTree),
    };
    let class = match &index.ops {
        Some(Ops::Known(path)) => in_derive(path, &derive),
        Some(Ops::Named(name)) => quote!(__relvar::NamedOps(#name)),
        None => quote!(__relvar::DefaultOps),
    };
    let on = apply(&index.on);
    let unique =
        index.unique.map(|span| quote_spanned!(located(span)=> __relvar::define::unique_index(&mut __index, #method);));
    let filter = index.filter.as_ref().map(|_| {
        let filter = filter_ident(i);
        quote!(__index.filter = __relvar::Option::Some(#filter(__relvar::SourceId::SCHEMA));)
    });
    let include = index.include.as_ref().map(|closure| {
        let columns = apply(closure);
        quote_spanned!(at(closure)=> __relvar::define::include::<Self, _>(&mut __index, #columns);)
    });
    let parser = index.parser.as_ref().map(
        |parser| quote_spanned!(located(parser.span())=> __relvar::define::parser::<Self>(&mut __index, #parser);),
    );
    let invisible = index
        .invisible
        .map(|span| quote_spanned!(located(span)=> __relvar::define::invisible_index::<Self>(&mut __index);));
    let define = quote_spanned! {at(&index.on)=>
        let mut __index = __relvar::define::index::<Self, _, _, _>(#name, #method, #class, #on);
    };
    quote! {{
        #define
        #unique
        #filter
        #include
        #parser
        #invisible
        __table.indexes.push(__index);
    }}
}

fn located(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// The function that makes the predicate of the index.
fn filter_ident(i: usize) -> syn::Ident {
    format_ident!("__filter_{i}")
}

/// The predicates, and the constants for keys and named indexes.
pub(crate) fn constants(table: &Table) -> TokenStream {
    let Table { ident, vis, .. } = table;
    let (stored, of) = (table.stored(), table.of_trait());
    let filters = table.indexes.iter().enumerate().filter_map(|(i, index)| {
        let (function, closure) = (filter_ident(i), index.index.filter.as_ref()?);
        let filter = apply(closure);
        let filter = quote_spanned!(at(closure)=> __relvar::define::filter::<#ident, _>(#filter));
        Some(quote! {
            fn #function(__source: __relvar::SourceId) -> __relvar::ir::Node {
                let __t = <#ident as __relvar::#of>::columns::<__relvar::NotNull>(__source);
                #filter
            }
        })
    });
    let position = |i: usize| {
        let found = stored.iter().find(|(column, _)| column.ident == table.columns[i].ident);
        found.map(|(_, position)| position)
    };
    let uniques = table.uniques.iter().map(|unique| {
        let (constant, name, column) = (&unique.constant, &unique.name, &table.columns[unique.column]);
        let (ty, position) = (&column.ty, position(unique.column));
        let doc = format!("The unique key of the column `{}`.", column.name);
        quote! {
            #[doc = #doc]
            #[allow(dead_code, private_interfaces)]
            #vis const #constant: __relvar::UniqueKey<#ident, <#ty as __relvar::SqlType>::Base> =
                __relvar::UniqueKey::constraint(&[#position], #name);
        }
    });
    let keys = table.indexes.iter().enumerate().filter_map(|(i, index)| {
        let (constant, columns) = index.key.as_ref()?;
        let positions: Vec<_> = columns.iter().map(|&i| position(i)).collect();
        let bases: Vec<_> = columns.iter().map(|&i| &table.columns[i].ty).collect();
        let key = match bases.as_slice() {
            [base] => quote!(<#base as __relvar::SqlType>::Base),
            _ => quote!((#(<#bases as __relvar::SqlType>::Base),*)),
        };
        let doc = format!("The key of the unique index `{}`.", index.name);
        let constant = match &index.index.filter {
            None => quote! {
                #vis const #constant: __relvar::UniqueKey<#ident, #key, __relvar::UniqueIndex> =
                    __relvar::UniqueKey::index(&[#(#positions),*]);
            },
            Some(_) => {
                let filter = filter_ident(i);
                quote! {
                    #vis const #constant: __relvar::PartialKey<#ident, #key> =
                        __relvar::PartialKey::new(&[#(#positions),*], || #filter(__relvar::SourceId::SCHEMA));
                }
            }
        };
        Some(quote!(#[doc = #doc] #[allow(dead_code, private_interfaces)] #constant))
    });
    let handles = table.indexes.iter().enumerate().filter_map(|(i, index)| {
        let (constant, name) = (index.handle.as_ref()?, &index.name);
        let doc = format!("The index `{name}`.");
        let filter = match &index.index.filter {
            Some(_) => {
                let filter = filter_ident(i);
                quote!(__relvar::Option::Some(#filter))
            }
            None => quote!(__relvar::Option::None),
        };
        Some(quote! {
            #[doc = #doc]
            #[allow(dead_code)]
            #vis const #constant: __relvar::IndexHandle<#ident> = __relvar::IndexHandle::new(#name, #filter);
        })
    });
    if table.view {
        return quote!(#(#filters)*);
    }
    let constants: TokenStream = uniques.chain(keys).chain(handles).collect();
    let constants = (!constants.is_empty()).then(|| quote!(impl #ident { #constants }));
    quote! {
        #(#filters)*
        #constants
    }
}
