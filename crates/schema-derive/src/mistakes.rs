//! The mistakes of one input, all of which are reported.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::{Span, TokenStream};

/// Collects mistakes. Only [`collect`] makes one, so none can be forgotten.
#[derive(Default)]
pub(crate) struct Mistakes(RefCell<Option<syn::Error>>);

impl Mistakes {
    /// Notes a mistake at a place.
    pub(crate) fn at(&self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Notes a mistake in these tokens.
    pub(crate) fn of(&self, tokens: impl quote::ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Notes a mistake.
    pub(crate) fn push(&self, error: syn::Error) {
        match &mut *self.0.borrow_mut() {
            Some(errors) => errors.combine(error),
            none => *none = Some(error),
        }
    }
}

/// All the mistakes that `f` notes, in the order of noting.
#[cfg(test)]
pub(crate) fn messages(f: impl FnOnce(&Mistakes) -> Option<TokenStream>) -> Vec<String> {
    let mistakes = Mistakes::default();
    f(&mistakes);
    mistakes.0.into_inner().into_iter().flatten().map(|error| error.to_string()).collect()
}

/// What `f` makes, or all the mistakes that it noted.
pub(crate) fn collect(f: impl FnOnce(&Mistakes) -> Option<TokenStream>) -> TokenStream {
    let mistakes = Mistakes::default();
    let tokens = f(&mistakes);
    match mistakes.0.into_inner() {
        Some(errors) => errors.into_compile_error(),
        None => tokens.unwrap_or_default(),
    }
}
