//! `migrations!`: the files of a folder, built into the program.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use std::path::{Path, PathBuf};
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token};

use crate::mistakes::Mistakes;

const FOLDER: &str = "migrations";

/// What stands in the parentheses.
pub(crate) struct Input {
    folder: LitStr,
    relvar: syn::Path,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Input> {
        let mut parsed = Input { folder: LitStr::new(FOLDER, Span::call_site()), relvar: syn::parse_quote!(::relvar) };
        if input.peek(LitStr) {
            parsed.folder = input.parse()?;
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        if input.peek(Token![crate]) {
            input.parse::<Token![crate]>()?;
            input.parse::<Token![=]>()?;
            parsed.relvar = input.parse()?;
        }
        match input.is_empty() {
            true => Ok(parsed),
            false => Err(input.error("expected a folder: `migrations!(\"migrations\")`")),
        }
    }
}

/// The migrator of the folder's files.
pub(crate) fn expand(input: &Input, mistakes: &Mistakes) -> Option<TokenStream> {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let folder = root.join(input.folder.value());
    let files = match files(&folder) {
        Ok(files) => files,
        Err(error) => {
            // without the folders above it, which are those of one machine
            let named = input.folder.value();
            mistakes.of(&input.folder, format!("the folder `{named}`, beside `Cargo.toml`, cannot be read: {error}"));
            return None;
        }
    };
    if files.is_empty() {
        let named = input.folder.value();
        mistakes.of(
            &input.folder,
            format!("the folder `{named}` has no migration: files begin with a version and end in `.sql`"),
        );
        return None;
    }
    let mut entries = Vec::new();
    for path in files {
        let name = path.file_name().and_then(|name| name.to_str());
        let (Some(name), Some(path)) = (name, path.to_str()) else {
            mistakes.of(&input.folder, format!("the name of `{}` is not UTF-8", path.to_string_lossy()));
            return None;
        };
        entries.push(quote!((#name, ::core::include_str!(#path))));
    }
    let relvar = &input.relvar;
    Some(quote!(#relvar::migrate::Migrator::embedded(&[#(#entries),*])))
}

/// The files of the folder that are migrations or should be: those that begin with a digit or end in `.sql`, except
/// for hidden ones. The rule is that of `Migrator::from_folder`.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_sql = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("sql"));
        if name.starts_with(|c: char| c.is_ascii_digit()) || (is_sql && !name.starts_with('.')) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
