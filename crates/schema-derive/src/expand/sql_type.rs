//! `#[derive(SqlType)]`: newtypes and enums as column types.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use std::collections::BTreeMap;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DataEnum, DeriveInput, Field, Fields, Ident, LitStr, Type};

use super::{at, scoped};
use crate::attr::Args;
use crate::mistakes::Mistakes;
use crate::model::{check_type, derive_path, no_generics};
use crate::name::{self, STYLES, in_style, similar, snake_case};

const NOT_A_TYPE: &str = "`SqlType` is for newtypes, `struct UserId(i64)`, and for enums without fields";

/// What `#[derive(SqlType)]` writes.
pub(crate) fn expand(input: &DeriveInput, mistakes: &Mistakes) -> Option<TokenStream> {
    no_generics(input, "SqlType", mistakes);
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => newtype(input, &fields.unnamed[0], mistakes),
            _ => {
                mistakes.at(input.ident.span(), NOT_A_TYPE);
                None
            }
        },
        Data::Enum(data) => enumeration(input, data, mistakes),
        Data::Union(_) => {
            mistakes.at(input.ident.span(), NOT_A_TYPE);
            None
        }
    }
}

fn newtype(input: &DeriveInput, field: &Field, mistakes: &Mistakes) -> Option<TokenStream> {
    let args = Args::of(&input.attrs, "sql_type", &["arithmetic", "type", "crate"], mistakes);
    let derive = derive_path(&args, mistakes);
    let (ident, raw) = (&input.ident, &field.ty);
    check_type(raw, mistakes);
    if matches!(raw, Type::Path(path) if path.path.segments.last().is_some_and(|s| s.ident == "Option")) {
        mistakes.of(raw, format!("a newtype is of a value that is there: a column can be an `Option<{ident}>`"));
    }
    let span = at(raw);
    let declared = args.text("type", mistakes);
    if let Some(text) =
        declared.as_ref().filter(|t| t.value().trim().is_empty() || t.value().contains(char::is_control))
    {
        mistakes.at(text.span(), "a type cannot be empty or contain control characters");
    }
    let sql_type = match declared {
        Some(name) => quote_spanned!(span=> &<#raw as __relvar::SqlType>::SQL_TYPE.declared(#name)),
        None => quote_spanned!(span=> <#raw as __relvar::SqlType>::SQL_TYPE),
    };
    let arithmetic = args.flag("arithmetic", mistakes).map(|_| {
        quote_spanned! {span=>
            impl __relvar::Numeric for #ident {
                const INTEGRAL: bool = <#raw as __relvar::Numeric>::INTEGRAL;
            }
            impl<__D> __relvar::Arithmetic<__D> for #ident where #raw: __relvar::Arithmetic<__D> {}
            impl<__D> __relvar::Summable<__D> for #ident where #raw: __relvar::Summable<__D> {
                type Sum = <#raw as __relvar::Summable<__D>>::Sum;
            }
        }
    });
    let into_value = quote_spanned!(span=> <#raw as __relvar::SqlType>::into_value(self.0));
    let decode = quote_spanned!(span=> <#raw as __relvar::SqlType>::decode(__cell));
    let raw_type = quote_spanned!(span=> type Raw = #raw;);
    let items = quote! {
        impl __relvar::SqlType for #ident {
            type Base = Self;
            type Null = __relvar::NotNull;
            const SQL_TYPE: &'static __relvar::Type = #sql_type;
            const LABELS: &'static [&'static str] = <#raw as __relvar::SqlType>::LABELS;
            fn into_value(self) -> __relvar::Value {
                #into_value
            }
            fn decode(__cell: __relvar::Cell<'_>) -> __relvar::Result<Self, __relvar::DecodeError> {
                __relvar::Result::map(#decode, Self)
            }
        }
        impl __relvar::Newtype for #ident {
            #raw_type
        }
        impl<__D> __relvar::Ordered<__D> for #ident where #raw: __relvar::Ordered<__D> {}
        #arithmetic
    };
    Some(scoped(&derive, &items))
}

fn enumeration(input: &DeriveInput, data: &DataEnum, mistakes: &Mistakes) -> Option<TokenStream> {
    let args = Args::of(&input.attrs, "sql_type", &["name", "schema", "rename_all", "crate"], mistakes);
    let derive = derive_path(&args, mistakes);
    let ident = &input.ident;
    let given = args.text("name", mistakes);
    let name = given.as_ref().map_or_else(|| snake_case(&ident.unraw().to_string()), LitStr::value);
    name::check(&name, given.as_ref().map_or(ident.span(), LitStr::span), mistakes);
    let schema = args.text("schema", mistakes);
    if let Some(schema) = &schema {
        name::check(&schema.value(), schema.span(), mistakes);
    }
    let qualified = match &schema {
        Some(schema) => format!("{}.{}", quoted(&schema.value()), quoted(&name)),
        None => quoted(&name),
    };
    let style = args.text("rename_all", mistakes);
    let style = style.filter(|style| {
        let known = STYLES.contains(&style.value().as_str());
        if !known {
            let meant = similar(&style.value(), STYLES).unwrap_or("snake_case");
            mistakes.at(style.span(), format!("there is no style `{}`: did you mean `{meant}`?", style.value()));
        }
        known
    });
    let style = style.map_or_else(|| "snake_case".to_owned(), |style| style.value());
    if data.variants.is_empty() {
        mistakes.at(ident.span(), "an enum needs at least one variant");
    }
    let mut seen = BTreeMap::new();
    let mut labels = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            mistakes.at(variant.fields.span(), "a variant is a label in the database: it has no fields");
        }
        let given = Args::of(&variant.attrs, "sql_type", &["label"], mistakes).text("label", mistakes);
        let written = variant.ident.unraw().to_string();
        let label = given.as_ref().map_or_else(|| in_style(&written, &style).unwrap_or(written.clone()), LitStr::value);
        let span = given.as_ref().map_or(variant.ident.span(), LitStr::span);
        name::check(&label, span, mistakes);
        if let Some(other) = seen.insert(label.clone(), &variant.ident) {
            mistakes.at(span, format!("`{other}` has the label `{label}`, too"));
        }
        labels.push(label);
    }
    let variants: Vec<&Ident> = data.variants.iter().map(|variant| &variant.ident).collect();
    let expected = format!("label of `{name}`");
    let indices = 0..variants.len();
    let items = quote! {
        const __LABELS: &[&str] = &[#(#labels),*];
        impl __relvar::SqlType for #ident {
            type Base = Self;
            type Null = __relvar::NotNull;
            const SQL_TYPE: &'static __relvar::Type = &__relvar::Type::named(#qualified, __relvar::Kind::Enum);
            const LABELS: &'static [&'static str] = __LABELS;
            fn into_value(self) -> __relvar::Value {
                let __label = match self {
                    #(Self::#variants => #labels,)*
                };
                __relvar::Value::Text(<__relvar::String as __relvar::From<_>>::from(__label))
            }
            fn decode(__cell: __relvar::Cell<'_>) -> __relvar::Result<Self, __relvar::DecodeError> {
                match __relvar::label(__cell, #expected, __LABELS)? {
                    #(#indices => __relvar::Result::Ok(Self::#variants),)*
                    _ => __relvar::Result::Err(__relvar::DecodeError::invalid(#expected, "it is none of them")),
                }
            }
        }
        impl __relvar::ArrayElement for #ident {}
        impl __relvar::InBTree for #ident {}
        impl __relvar::InHash for #ident {}
        impl<__D: __relvar::HasEnumOrder> __relvar::Ordered<__D> for #ident {}
    };
    Some(scoped(&derive, &items))
}

/// The name as SQL text: in quotes unless it is a plain word that means nothing else.
fn quoted(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    match plain && !RESERVED.contains(&name) {
        true => name.to_owned(),
        false => format!("\"{}\"", name.replace('"', "\"\"")),
    }
}

/// The words that cannot name a type without quotes.
const RESERVED: &[&str] = &[
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "bigint",
    "binary",
    "bit",
    "boolean",
    "both",
    "case",
    "cast",
    "char",
    "character",
    "check",
    "coalesce",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "dec",
    "decimal",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "exists",
    "extract",
    "false",
    "fetch",
    "float",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "greatest",
    "group",
    "grouping",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "inout",
    "int",
    "integer",
    "intersect",
    "interval",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "least",
    "left",
    "like",
    "limit",
    "national",
    "natural",
    "nchar",
    "none",
    "normalize",
    "not",
    "notnull",
    "null",
    "nullif",
    "numeric",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "out",
    "outer",
    "overlaps",
    "overlay",
    "placing",
    "position",
    "precision",
    "primary",
    "real",
    "references",
    "returning",
    "right",
    "row",
    "select",
    "session_user",
    "setof",
    "similar",
    "smallint",
    "some",
    "substring",
    "symmetric",
    "table",
    "tablesample",
    "then",
    "time",
    "timestamp",
    "to",
    "trailing",
    "treat",
    "trim",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "values",
    "varchar",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
];

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn names_are_quoted_where_they_must_be() {
        assert_eq!(quoted("mood"), "mood");
        assert_eq!(quoted("order"), "\"order\"");
        assert_eq!(quoted("Mood\"; drop"), "\"Mood\"\"; drop\"");
        assert_eq!(quoted("1st"), "\"1st\"");
    }
}
