//! `#[derive(Row)]`: a named result.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{DeriveInput, Ident, Type, Visibility};

use super::columns::within;
use super::fresh::Fresh;
use super::{at, scoped};
use crate::attr::Args;
use crate::mistakes::Mistakes;
use crate::model::{Table, check_type, derive_path, ident, named_fields, no_generics};

struct Row {
    ident: Ident,
    vis: Visibility,
    derive: TokenStream,
    names: Vec<Ident>,
    types: Vec<Type>,
    /// Whether a field holds a row itself.
    nested: bool,
}

/// What `#[derive(Row)]` writes.
pub(crate) fn expand(input: &DeriveInput, mistakes: &Mistakes) -> Option<TokenStream> {
    no_generics(input, "Row", mistakes);
    let args = Args::of(&input.attrs, "row", &["crate"], mistakes);
    for bare in &args.bare {
        mistakes.of(bare, "expected `key = value`");
    }
    let fields = named_fields(input, "Row", mistakes)?;
    let mut nested = false;
    for field in &fields {
        if Args::of(&field.attrs, "row", &["nested"], mistakes).flag("nested", mistakes).is_some() {
            nested = true;
        } else {
            check_type(&field.ty, mistakes);
        }
    }
    let row = Row {
        ident: input.ident.clone(),
        vis: input.vis.clone(),
        derive: derive_path(&args, mistakes),
        names: fields.iter().map(|field| ident(field)).collect(),
        types: fields.iter().map(|field| field.ty.clone()).collect(),
        nested,
    };
    if let Some(taken) = row.names.iter().find(|name| name.unraw() == "__source") {
        mistakes.at(taken.span(), "`__source` is taken: name the field otherwise");
    }
    let (exprs, mut items) = exprs(&row);
    let mut columns = TokenStream::new();
    if !row.nested {
        let (definition, implementations) = self::columns(&row);
        columns = definition;
        items.extend(implementations);
    }
    let scoped = scoped(&row.derive, &items);
    Some(quote!(#exprs #columns #scoped))
}

/// `SummaryExprs` for the rows of a view, and what it implements.
pub(crate) fn exprs_of(view: &Table) -> (TokenStream, TokenStream) {
    exprs(&Row {
        ident: view.ident.clone(),
        vis: view.vis.clone(),
        derive: view.derive.clone(),
        names: view.columns.iter().map(|column| column.ident.clone()).collect(),
        types: view.columns.iter().map(|column| column.ty.clone()).collect(),
        nested: false,
    })
}

/// `SummaryExprs`, and what it implements.
fn exprs(row: &Row) -> (TokenStream, TokenStream) {
    let Row { ident, vis, names, types, .. } = row;
    let exprs = format_ident!("{}Exprs", ident.unraw(), span = ident.span());
    let fresh = Fresh::beside(types);
    let params: Vec<Ident> = (0..names.len()).map(|i| fresh.ident(format!("A{i}"))).collect();
    let docs = names.iter().map(|name| format!("What fills `{}`.", name.unraw()));
    let doc = format!("The expressions of a `{ident}`.");
    let definition = quote! {
        #[doc = #doc]
        #[allow(dead_code)]
        #[derive(Clone, Copy, Debug)]
        #vis struct #exprs<#(#params),*> {
            #(#[doc = #docs] #vis #names: #params,)*
        }
    };
    let d = fresh.ident("D");
    let fills: Vec<_> =
        params.iter().zip(types).map(|(param, ty)| quote_spanned!(at(ty)=> #param: __relvar::Fill<#ty>)).collect();
    let covering = params
        .iter()
        .zip(types)
        .map(|(param, ty)| quote_spanned!(at(ty)=> #param: __relvar::Fill<#ty, Dialect: __relvar::Covers<#d>>));
    let dialects = dialect_list(&params, types, &quote!(Fill));
    let json_dialects = dialect_list(&params, types, &quote!(JsonFill));
    let json_fills: Vec<_> =
        params.iter().zip(types).map(|(param, ty)| quote_spanned!(at(ty)=> #param: __relvar::JsonFill<#ty>)).collect();
    let keys = names.iter().map(|name| name.unraw().to_string());
    let body = quote! {
        fn items(self, __items: &mut __relvar::Vec<__relvar::Item>) {
            #(<#params as __relvar::Fill<#types>>::items(self.#names, __items);)*
        }
        fn read(__cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<#ident, __relvar::DecodeError> {
            __relvar::Result::Ok(#ident { #(#names: <#params as __relvar::Fill<#types>>::read(__cells)?,)* })
        }
        fn types(__types: &mut __relvar::CellTypes) {
            #(<#params as __relvar::Fill<#types>>::types(__types);)*
        }
    };
    let implementations = quote! {
        impl<#d: __relvar::Dialect, #(#covering),*> __relvar::Projection<#d> for #exprs<#(#params),*> {
            type Row = #ident;
            #body
        }
        impl<#(#fills),*> __relvar::Fill<#ident> for #exprs<#(#params),*>
        where
            #dialects: __relvar::CommonDialects,
        {
            type Dialect = <#dialects as __relvar::CommonDialects>::Out;
            #body
        }
        impl<#(#json_fills),*> __relvar::JsonObject for #exprs<#(#params),*>
        where
            #json_dialects: __relvar::CommonDialects,
        {
            type Document = #ident;
            type Dialect = <#json_dialects as __relvar::CommonDialects>::Out;
            fn entries(self, __entries: &mut __relvar::Vec<__relvar::ir::Node>) {
                #(
                    __relvar::Vec::push(__entries, __relvar::json_key(#keys));
                    __relvar::Vec::push(__entries, <#params as __relvar::JsonFill<#types>>::json_fill(self.#names));
                )*
            }
        }
        impl<#(#json_fills),*> __relvar::JsonFill<#ident> for #exprs<#(#params),*>
        where
            #json_dialects: __relvar::CommonDialects,
        {
            type Dialect = <#json_dialects as __relvar::CommonDialects>::Out;
            fn json_fill(self) -> __relvar::ir::Node {
                __relvar::json_object_of(self)
            }
        }
    };
    (definition, implementations)
}

/// The dialects of the expressions as a list: `(A, (B, (C,)))`.
fn dialect_list(params: &[Ident], types: &[Type], fill: &TokenStream) -> TokenStream {
    params
        .iter()
        .zip(types)
        .rev()
        .fold(TokenStream::new(), |rest, (param, ty)| quote!((<#param as __relvar::#fill<#ty>>::Dialect, #rest)))
}

/// `SummaryColumns`, and what it implements.
fn columns(row: &Row) -> (TokenStream, TokenStream) {
    let Row { ident, vis, derive, names, types, .. } = row;
    let columns = format_ident!("{}Columns", ident.unraw(), span = ident.span());
    let fresh = Fresh::beside(types.iter());
    let (n, d) =
        (fresh.ident(if ident == "N" { "N_" } else { "N" }), fresh.ident(if ident == "D" { "D_" } else { "D" }));
    let docs = names.iter().map(|name| format!("The column `{}`.", name.unraw()));
    let doc = format!("The columns of a `{ident}` that comes from a subquery or common table expression.");
    let all: Vec<&Type> = types.iter().collect();
    let field_types = types.iter().map(|ty| {
        let within = within(ty, &all, &n, derive);
        quote_spanned!(at(ty)=> #derive::Column<#derive::Derived<#ident, #d>, #within>)
    });
    let definition = quote! {
        #[doc = #doc]
        #[allow(dead_code, private_interfaces)]
        #vis struct #columns<#n: #derive::Nullness, #d: #derive::Dialect> {
            #(#[doc = #docs] #vis #names: #field_types,)*
            #[doc(hidden)]
            #vis __source: #derive::SourceId,
        }
    };
    let width = names.len();
    let positions = 0..u32::try_from(names.len()).unwrap_or(u32::MAX);
    let texts = names.iter().map(|name| name.unraw().to_string());
    let reads = types.iter().map(|ty| quote_spanned!(at(ty)=> __relvar::RowReader::read::<#ty>(__cells)?));
    let project = quote! {
        fn items(self, __items: &mut __relvar::Vec<__relvar::Item>) {
            __relvar::Vec::push(__items, __relvar::Item::Row(self.__source));
        }
        fn types(__types: &mut __relvar::CellTypes) {
            #(__relvar::CellTypes::push(__types, <#types as __relvar::SqlType>::SQL_TYPE);)*
        }
    };
    let implementations = quote! {
        fn __read(__cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<#ident, __relvar::DecodeError> {
            __relvar::Result::Ok(#ident { #(#names: #reads,)* })
        }
        impl<__N: __relvar::Nullness, __D: __relvar::Dialect> __relvar::Clone for #columns<__N, __D> {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl<__N: __relvar::Nullness, __D: __relvar::Dialect> __relvar::Copy for #columns<__N, __D> {}
        impl<__N: __relvar::Nullness, __D: __relvar::Dialect> __relvar::Scope for #columns<__N, __D> {}
        impl<__N: __relvar::Nullness, __D: __relvar::Dialect> __relvar::Single for #columns<__N, __D> {}
        impl<__N: __relvar::Nullness, __D: __relvar::Dialect> __relvar::Nullify for #columns<__N, __D> {
            type Out = #columns<__relvar::Nullable, __D>;
            fn nullify(self) -> Self::Out {
                <#ident as __relvar::RowSource>::columns(self.__source)
            }
        }
        impl<__N: __relvar::Nullness, __X: __relvar::Covers<__D>, __D: __relvar::Dialect> __relvar::Projection<__D>
            for #columns<__N, __X>
        {
            type Row = __N::Row<#ident>;
            #project
            fn read(__cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<Self::Row, __relvar::DecodeError> {
                <__N as __relvar::Nullness>::row(__cells, #width, __read)
            }
        }
        impl<__D: __relvar::Dialect> __relvar::Fill<#ident> for #columns<__relvar::NotNull, __D> {
            type Dialect = __D;
            #project
            fn read(__cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<#ident, __relvar::DecodeError> {
                __read(__cells)
            }
        }
        impl<__D: __relvar::Dialect> __relvar::Fill<__relvar::Option<#ident>> for #columns<__relvar::Nullable, __D> {
            type Dialect = __D;
            #project
            fn read(
                __cells: &mut __relvar::RowReader<'_>,
            ) -> __relvar::Result<__relvar::Option<#ident>, __relvar::DecodeError> {
                <__relvar::Nullable as __relvar::Nullness>::row(__cells, #width, __read)
            }
        }
        impl __relvar::RowSource for #ident {
            type Columns<__N: __relvar::Nullness, __D: __relvar::Dialect> = #columns<__N, __D>;
            fn names() -> __relvar::Names {
                __relvar::Cow::Borrowed(&[#(__relvar::Cow::Borrowed(#texts)),*])
            }
            fn columns<__N: __relvar::Nullness, __D: __relvar::Dialect>(
                __source: __relvar::SourceId,
            ) -> #columns<__N, __D> {
                // a field is used as well by queries on these columns, which the compiler takes for others
                let _: fn(&#ident) = |__row| {
                    #(let _ = &__row.#names;)*
                };
                #columns { #(#names: __relvar::column(__source, #positions),)* __source }
            }
        }
    };
    (definition, implementations)
}
