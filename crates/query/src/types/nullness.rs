//! Nullness as a type: whether an expression, a column or a whole row can be NULL.

use super::{DecodeError, RowReader, SqlType};
use crate::expr::{Boolean, Is};

/// [`NotNull`] or [`Nullable`].
pub trait Nullness: Copy + Send + Sync + 'static {
    /// Whether it is [`Nullable`].
    const NULLABLE: bool;
    /// `T` or `Option<T>`.
    type Wrap<T: SqlType<Base = T, Null = NotNull>>: SqlType<Base = T, Null = Self> + Is<T>;
    /// A whole row, or an optional one (the far side of an outer join).
    type Row<R: Send>: Send;
    /// A boolean of this nullness.
    type Bool: Boolean;
    /// Nullable if either is.
    type Or<N: Nullness>: Nullness;
    /// Nullable if both are.
    type And<N: Nullness>: Nullness;

    /// Reads a row of `width` cells with `read`, or skips it if it is one that an outer join did not find.
    ///
    /// # Errors
    /// What `read` returns.
    fn row<R: Send>(
        cells: &mut RowReader<'_>,
        width: usize,
        read: impl FnOnce(&mut RowReader<'_>) -> Result<R, DecodeError>,
    ) -> Result<Self::Row<R>, DecodeError>;
}

/// Never NULL.
#[derive(Clone, Copy, Debug)]
pub struct NotNull;

/// May be NULL.
#[derive(Clone, Copy, Debug)]
pub struct Nullable;

impl Nullness for NotNull {
    const NULLABLE: bool = false;
    type Wrap<T: SqlType<Base = T, Null = NotNull>> = T;
    type Row<R: Send> = R;
    type Bool = bool;
    type Or<N: Nullness> = N;
    type And<N: Nullness> = NotNull;

    fn row<R: Send>(
        cells: &mut RowReader<'_>,
        _width: usize,
        read: impl FnOnce(&mut RowReader<'_>) -> Result<R, DecodeError>,
    ) -> Result<R, DecodeError> {
        read(cells)
    }
}

impl Nullness for Nullable {
    const NULLABLE: bool = true;
    type Wrap<T: SqlType<Base = T, Null = NotNull>> = Option<T>;
    type Row<R: Send> = Option<R>;
    type Bool = Option<bool>;
    type Or<N: Nullness> = Nullable;
    type And<N: Nullness> = N;

    fn row<R: Send>(
        cells: &mut RowReader<'_>,
        width: usize,
        read: impl FnOnce(&mut RowReader<'_>) -> Result<R, DecodeError>,
    ) -> Result<Option<R>, DecodeError> {
        if cells.skip_if_null(width)? { Ok(None) } else { read(cells).map(Some) }
    }
}

/// The type without its nullness.
pub type BaseOf<T> = <T as SqlType>::Base;
/// The nullness of a type.
pub type NullOf<T> = <T as SqlType>::Null;
/// Nullable if either is.
pub type OrNull<A, B> = <A as Nullness>::Or<B>;
/// `T`, nullable if `N` is.
pub type Wrap<N, T> = <N as Nullness>::Wrap<T>;
/// A field's type in a columns struct of nullness `N`: a nullable field stays nullable.
pub type In<N, T> = Wrap<OrNull<NullOf<T>, N>, BaseOf<T>>;
/// A type seen through a join of nullness `N`.
pub type Joined<T, N> = In<N, T>;
