//! Names of type parameters that no type of the user's has.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::BTreeSet;
use syn::{Ident, Type};

/// The words in some types.
pub(crate) struct Fresh(BTreeSet<String>);

impl Fresh {
    /// The words in these types.
    pub(crate) fn beside<'t>(types: impl IntoIterator<Item = &'t Type>) -> Fresh {
        let mut words = BTreeSet::new();
        types.into_iter().for_each(|ty| collect(ty.to_token_stream(), &mut words));
        Fresh(words)
    }

    /// `name`, or if a type is called so, with underscores behind it.
    pub(crate) fn ident(&self, name: impl Into<String>) -> Ident {
        let mut name = name.into();
        while self.0.contains(&name) {
            name.push('_');
        }
        Ident::new(&name, Span::call_site())
    }
}

fn collect(tokens: TokenStream, words: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => drop(words.insert(ident.to_string())),
            TokenTree::Group(group) => collect(group.stream(), words),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
