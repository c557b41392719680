//! `sql_function!`: functions of the database by their signatures.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::{FnArg, ForeignItemFn, Ident, Pat, ReturnType};

use super::at;
use crate::attr::Args;
use crate::mistakes::Mistakes;
use crate::model::{derive_path, dialect};
use crate::name;

/// The declarations in one call of the macro.
pub(crate) struct Functions(Vec<ForeignItemFn>);

impl Parse for Functions {
    fn parse(input: ParseStream<'_>) -> syn::Result<Functions> {
        let mut functions = Vec::new();
        while !input.is_empty() {
            functions.push(input.parse()?);
        }
        Ok(Functions(functions))
    }
}

/// What `sql_function!` writes.
pub(crate) fn expand(functions: &Functions, mistakes: &Mistakes) -> Option<TokenStream> {
    if functions.0.is_empty() {
        let example = "sql_function! { fn levenshtein(a: String, b: String) -> i32; }";
        mistakes.at(proc_macro2::Span::call_site(), format!("no function is declared: `{example}`"));
    }
    Some(functions.0.iter().filter_map(|item| function(item, mistakes)).collect())
}

fn function(item: &ForeignItemFn, mistakes: &Mistakes) -> Option<TokenStream> {
    let args = Args::of(&item.attrs, "sql", &["name", "schema", "dialect", "aggregate", "crate"], mistakes);
    for bare in &args.bare {
        mistakes.of(bare, "expected `key` or `key = value`");
    }
    let derive = derive_path(&args, mistakes);
    let on = dialect(&args, &derive, mistakes);
    let signature = &item.sig;
    if !signature.generics.params.is_empty() {
        mistakes.of(&signature.generics, "a function of the database has no generic types: declare it once for each");
    }
    let mut parameters: Vec<(Ident, &syn::Type)> = Vec::new();
    for input in &signature.inputs {
        match input {
            FnArg::Typed(typed) => match &*typed.pat {
                Pat::Ident(name) => parameters.push((name.ident.clone(), &typed.ty)),
                other => mistakes.of(other, "a parameter is a name and a type: `a: String`"),
            },
            FnArg::Receiver(receiver) => mistakes.of(receiver, "a function of the database has no `self`"),
        }
    }
    let ReturnType::Type(_, returned) = &signature.output else {
        mistakes.of(&signature.ident, "a function of the database has a type that it returns: `-> i32`");
        return None;
    };
    for text in [args.text("name", mistakes), args.text("schema", mistakes)].iter().flatten() {
        name::check(&text.value(), text.span(), mistakes);
    }

    // a name that is Rust's is written bare, so that each database folds it as it does in CREATE FUNCTION
    let bare = signature.ident.to_string();
    let bare = bare.strip_prefix("r#").unwrap_or(&bare);
    let (mut template, mut names) = (String::new(), Vec::new());
    if let Some(schema) = args.text("schema", mistakes) {
        template.push_str("{}.");
        names.push(schema.value());
    }
    match args.text("name", mistakes) {
        Some(name) => {
            template.push_str("{}");
            names.push(name.value());
        }
        None => template.push_str(bare),
    }
    let places = vec!["{}"; parameters.len()].join(", ");
    template.push_str(&format!("({places})"));

    let docs = item.attrs.iter().filter(|attr| attr.path().is_ident("doc"));
    let (vis, ident) = (&item.vis, &signature.ident);
    let generics: Vec<Ident> = (0..parameters.len()).map(|i| format_ident!("__A{i}")).collect();
    let (values, types): (Vec<_>, Vec<_>) = parameters.into_iter().unzip();
    let bounds = generics
        .iter()
        .zip(&types)
        .map(|(generic, ty)| quote_spanned!(at(ty)=> #generic: #derive::FunctionArgument<#ty>));
    let nullness = generics.iter().zip(&types).fold(
        quote!(#derive::NullOf<#returned>),
        |rest, (generic, ty)| quote!(#derive::OrNull<<#generic as #derive::FunctionArgument<#ty>>::Null, #rest>),
    );
    let dialects = generics.iter().zip(&types).fold(
        quote!((#on,)),
        |rest, (generic, ty)| quote!((<#generic as #derive::FunctionArgument<#ty>>::Dialect, #rest)),
    );
    let value = quote!(#derive::Wrap<#nullness, #derive::BaseOf<#returned>>);
    let made = quote!(#derive::Expr<#value, <#dialects as #derive::CommonDialects>::Out>);
    let (made, call) = match args.flag("aggregate", mistakes) {
        // NULLs are left out of a group, and of none at all the result is what the declaration says
        Some(_) => (
            quote!(#derive::UserAggregate<#returned, <#dialects as #derive::CommonDialects>::Out>),
            quote!(#derive::UserAggregate::call),
        ),
        None => (made, quote!(#derive::call)),
    };
    Some(quote! {
        #(#docs)*
        #[allow(clippy::too_many_arguments)]
        #vis fn #ident<#(#bounds),*>(#(#values: #generics),*) -> #made
        where
            #dialects: #derive::CommonDialects,
        {
            const __TEXTS: &[#derive::ir::RawText] = &[#derive::ir::RawText {
                engines: #derive::Cow::Borrowed(<#on as #derive::Dialect>::ENGINES),
                sql: #derive::Cow::Borrowed(#template),
            }];
            #call(
                __TEXTS,
                &[#(#names),*],
                [#(<#generics as #derive::FunctionArgument<#types>>::argument(#values)),*],
            )
        }
    })
}
