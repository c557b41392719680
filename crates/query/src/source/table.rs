//! Tables: what `#[derive(Table)]` makes of a struct, and what rows of it can be made of.

use std::marker::PhantomData;

use super::{ColumnPart, KeyValue, Nullify, Projection, RowSource, Source, TableColumns, UniqueKey, decoder};
use crate::dialect::{Covers, Dialect, Meet, Met};
use crate::expr::{Column, Expression, Fits, Generated, Given, Origin, bind};
use crate::ir::{self, Ref, SourceId, TableRef};
use crate::schema::{Role, TableDef};
use crate::statement::{self, Bounded, Delete, EachColumn, Insert, MergeInto, Query, Select, Update};
use crate::types::{DecodeError, Decoder, NotNull, Nullable, Nullness, RowReader, SqlType, Type};

/// A table. Derive it: `#[derive(Table)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "not a table",
    note = "derive it: `#[derive(Table)]`"
)]
pub trait Table: Origin + RowSource + Send {
    /// What a query sees of a row.
    type Columns<N: Nullness>: TableColumns<Dialect = <Self as Origin>::Dialect, Row = N::Row<Self>>
        + Nullify<Out = <Self as Table>::Columns<Nullable>>
        + Projection<<Self as Origin>::Dialect, Row = N::Row<Self>>;
    /// Its name.
    const TABLE_NAME: &'static str;
    /// Its schema, where that is not the default one.
    const TABLE_SCHEMA: Option<&'static str> = None;
    /// Its name and those of its columns.
    ///
    /// It is made here, as the compiler then computes it only where code is generated: constants of a derive's own are
    /// computed by every check.
    const TABLE: &'static TableRef = &TableRef::new(
        Self::TABLE_SCHEMA,
        Self::TABLE_NAME,
        <<Self as Table>::Columns<NotNull> as TableColumns>::NAMES,
    );
    /// The columns that the library fills in by itself.
    const STAMPS: &'static [Stamp] = &[];
    /// Its fields, if one of them stands for more than a column.
    #[doc(hidden)]
    const FIELDS: &'static [FieldPart] = &[];
    /// The position of the column that the database numbers.
    #[doc(hidden)]
    const NUMBERED: Option<u32> = None;
    /// How many unique keys it has, the primary one among them.
    #[doc(hidden)]
    const UNIQUE_KEYS: usize = 0;

    /// Its columns as those of `source`.
    fn columns<N: Nullness>(source: SourceId) -> <Self as Table>::Columns<N>;

    /// Reads a row of all its columns.
    ///
    /// # Errors
    /// A [`DecodeError`] for the first cell that does not hold what it should.
    fn read(cells: &mut RowReader<'_>) -> Result<Self, DecodeError>;

    /// The whole definition: columns, keys, indexes.
    fn definition() -> TableDef;

    /// What reads rows of all its columns.
    #[doc(hidden)]
    fn decoder() -> Decoder<Self> {
        decoder::<<Self as Table>::Columns<NotNull>, Self::Dialect>()
    }

    /// The table as a source to join.
    fn table() -> TableSource<Self> {
        TableSource(PhantomData)
    }

    /// All rows: where a query starts.
    fn query() -> Query<Self> {
        Select::from_source(&Self::table())
    }

    /// The row with this value of a unique key: `User::find_by(User::EMAIL_KEY, "a@example.org")`.
    fn find_by<K, C, V: KeyValue<K>>(key: UniqueKey<Self, K, C>, value: V) -> Query<Self> {
        let query = Self::query();
        let condition = key.is(query.scope_ref().source(), value);
        query.with_filter(condition)
    }

    /// Inserts a row.
    fn insert<V: Insertable<Self>>(row: V) -> Insert<Self> {
        Self::insert_many([row])
    }

    /// Inserts rows, in as few statements as the database takes; all of them or none.
    fn insert_many<V: Insertable<Self>>(rows: impl IntoIterator<Item = V>) -> Insert<Self> {
        let rows = rows.into_iter();
        let mut collected = ir::Rows::new(V::COLUMNS.len(), rows.size_hint().0);
        rows.for_each(|row| row.values(&mut collected));
        Insert::new(V::COLUMNS, collected.into_source())
    }

    /// Inserts what a query selects; its rows name the columns. A query for fewer databases makes an insert for fewer.
    fn insert_from<H, V: Insertable<Self>, D: Dialect>(query: Select<H, V, D>) -> Insert<Self, Met<Self::Dialect, D>>
    where
        Self::Dialect: Meet<D>,
    {
        Insert::new(V::COLUMNS, ir::InsertSource::Query(query.into_select()))
    }

    /// Inserts one row of nothing but defaults.
    fn insert_defaults() -> Insert<Self> {
        Insert::new(&[], ir::InsertSource::Defaults)
    }

    /// Changes rows.
    fn update() -> Update<<Self as Table>::Columns<NotNull>, Self> {
        Update::new()
    }

    /// Changes many rows, each to values of its own, found by their primary key:
    /// `User::update_each([(1, ("Ann", 31)), (2, ("Bob", 45))], |u| (u.name, u.age))`.
    ///
    /// It is one statement, or as few as the database takes, which are all done or none; of no rows, nothing is sent.
    /// What else an update has can follow: a filter that the rows must pass, further columns that all rows set to the
    /// same, RETURNING. A row whose key is not there is left out: the count of changed rows tells.
    ///
    /// # Errors
    /// Two rows with one key, a column of the key among those that are set, or a column that is set twice are errors
    /// when it is run. Keys are compared as relvar's tables compare them: if a column has a collation by which texts
    /// that differ are one key, either row can win.
    fn update_each<K, V, C: EachColumn<Self, V>>(
        rows: impl IntoIterator<Item = (K, V)>,
        columns: impl FnOnce(<Self as Table>::Columns<NotNull>) -> C,
    ) -> Update<<Self as Table>::Columns<NotNull>, Self, Bounded>
    where
        Self: Entity,
        K: KeyValue<<Self as Entity>::Key>,
    {
        statement::update_each(Self::PRIMARY_KEY, rows, columns)
    }

    /// As [`update_each`](Table::update_each), by another unique key:
    /// `User::update_each_by(User::EMAIL_KEY, [("ann@example.org", "Ann")], |u| u.name)`.
    ///
    /// # Errors
    /// As [`update_each`](Table::update_each).
    fn update_each_by<K, I, A: KeyValue<K>, V, C: EachColumn<Self, V>>(
        key: UniqueKey<Self, K, I>,
        rows: impl IntoIterator<Item = (A, V)>,
        columns: impl FnOnce(<Self as Table>::Columns<NotNull>) -> C,
    ) -> Update<<Self as Table>::Columns<NotNull>, Self, Bounded> {
        statement::update_each(key, rows, columns)
    }

    /// Changes, deletes and inserts rows as the rows of a source say: `Stock::merge().using(source, on)`.
    fn merge() -> MergeInto<Self> {
        MergeInto::new()
    }

    /// Deletes rows.
    fn delete() -> Delete<<Self as Table>::Columns<NotNull>, Self> {
        Delete::new()
    }
}

/// A column that the library fills in by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The position of the column.
    pub column: u32,
    /// What it is filled with.
    pub role: Role,
}

/// A field of a table's struct, and the columns it stands for: what `#[derive(Insert)]` looks names up in.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct FieldPart {
    /// The field's name.
    pub name: &'static str,
    /// What the derives make of the name to look it up by: the compiler compares numbers sooner than texts.
    pub number: u64,
    /// The position of its first column.
    pub first: u32,
    /// How many columns it stands for.
    pub width: u32,
    /// Whether an insert may give it: the database computes generated columns.
    pub writable: bool,
}

impl FieldPart {
    /// The field of the column at this position.
    pub const fn column(part: &ColumnPart, first: u32) -> FieldPart {
        FieldPart { name: part.name, number: part.number, first, width: 1, writable: part.writable }
    }

    /// The field of an embedded struct that has so many columns.
    pub const fn embedded(name: &'static str, number: u64, first: u32, width: usize) -> FieldPart {
        FieldPart { name, number, first, width: width as u32, writable: true }
    }
}

/// A table with a primary key. Derived with [`Table`] where a column is marked `primary_key`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no primary key",
    label = "no column is marked `primary_key`",
    note = "mark the key: `#[column(primary_key)]`"
)]
pub trait Entity: Table {
    /// The type of the key; a tuple if it has several columns.
    type Key: 'static;
    /// The key.
    const PRIMARY_KEY: UniqueKey<Self, Self::Key>;

    /// The condition that holds for this row alone.
    fn is_self(&self, columns: <Self as Table>::Columns<NotNull>) -> ir::Node;

    /// The values of the columns that are not part of the key and not made by the database.
    fn changes(&self) -> Vec<Assignment<Self>>;
}

/// A table in FROM, for the databases in `D`: those of the table, if it was not said to be for fewer.
pub struct TableSource<T: Origin, D = <T as Origin>::Dialect>(PhantomData<fn() -> (T, D)>);

impl<T: Origin, D> Clone for TableSource<T, D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Origin, D> Copy for TableSource<T, D> {}

impl<T: Table, D: Dialect> TableSource<T, D> {
    /// The same table for fewer databases, to be read in a way that only those have:
    /// `Thread::table().only_on::<MySql>().force_index([Thread::IDX_THREADS])`.
    pub fn only_on<D2: Dialect>(self) -> TableSource<T, D2>
    where
        D: Covers<D2>,
    {
        TableSource(PhantomData)
    }
}

impl<T: Table, D: Dialect> Source for TableSource<T, D> {
    type Dialect = D;
    type Columns<N: Nullness> = <T as Table>::Columns<N>;

    fn relation(&self) -> ir::Relation {
        ir::Relation::Table(Ref::Static(T::TABLE))
    }

    fn columns<N: Nullness>(source: SourceId) -> Self::Columns<N> {
        <T as Table>::columns(source)
    }
}

/// What can be inserted into `T`. Derive it: `#[derive(Insert)] #[insert(table = Thread)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be inserted into `{T}`",
    label = "not a row for `{T}`",
    note = "derive it: `#[derive(Insert)] #[insert(table = {T})]`"
)]
pub trait Insertable<T: Table> {
    /// The positions of the columns it gives.
    const COLUMNS: &'static [u32];

    /// Appends their values, in that order.
    fn values(self, row: &mut ir::Rows);
}

/// What can change a row of `T`. Derive it: `#[derive(Patch)] #[patch(table = Thread)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a patch of `{T}`",
    label = "not a patch of `{T}`",
    note = "derive it: `#[derive(Patch)] #[patch(table = {T})]`"
)]
pub trait Patch<T: Table> {
    /// The columns that it sets.
    fn changes(self) -> Vec<Assignment<T>>;
}

/// A field of a patch: leave the column as it is, or set it.
///
/// For a nullable column it is `Set<Option<T>>`: leave, set to NULL, or set to a value.
///
/// With `#[serde(default)]` on the field, a patch can be read from JSON: a key that is not there leaves the column,
/// `null` sets a nullable column to NULL and is an error for any other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Set<T> {
    /// The column stays as it is.
    #[default]
    Leave,
    /// The column becomes this.
    To(T),
}

/// A field of a struct with `#[derive(Patch)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a patch",
    label = "neither left nor set",
    note = "a field says whether its column is left as it is: write `Set<{Self}>`"
)]
pub trait PatchField {
    /// What is set.
    type Value;

    /// What to set, if anything.
    fn into_option(self) -> Option<Self::Value>;
}

#[diagnostic::do_not_recommend]
impl<T> PatchField for Set<T> {
    type Value = T;

    fn into_option(self) -> Option<T> {
        self.into_option()
    }
}

impl<T> From<T> for Set<T> {
    fn from(value: T) -> Set<T> {
        Set::To(value)
    }
}

impl<'de, T: serde::Deserialize<'de>> serde::Deserialize<'de> for Set<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Set<T>, D::Error> {
        T::deserialize(deserializer).map(Set::To)
    }
}

impl<T> Set<T> {
    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Set::Leave => None,
            Set::To(value) => Some(value),
        }
    }

    /// The assignment, if there is one.
    pub fn assign<O: Settable>(self, column: Column<O, T>) -> Option<Assignment<O>>
    where
        T: SqlType,
    {
        match self {
            Set::Leave => None,
            Set::To(value) => {
                let ty = Expression::sql_type(&column);
                let value = bind(value, ty);
                Some(Assignment::new(column.at().index, value))
            }
        }
    }
}

/// `column = value`, for the databases in `D`: those of the table, unless [`set_on`](Column::set_on) made it.
pub struct Assignment<T: Origin, D = <T as Origin>::Dialect> {
    ir: ir::Assignment,
    types: PhantomData<fn() -> (T, D)>,
}

impl<T: Origin, D> Assignment<T, D> {
    fn new(column: u32, value: ir::Node) -> Self {
        Assignment { ir: ir::Assignment { column, value }, types: PhantomData }
    }

    /// Gives up the types.
    pub fn into_ir(self) -> ir::Assignment {
        self.ir
    }
}

/// Reads a row of all columns of a table, or of none, if an outer join found none.
#[doc(hidden)]
pub fn read_row<T: Table, N: Nullness>(cells: &mut RowReader<'_>) -> Result<N::Row<T>, DecodeError> {
    N::row(cells, <<T as Table>::Columns<N> as TableColumns>::PARTS.len(), T::read)
}

/// The value of a field of a table's own struct.
fn own_value<T: SqlType>(value: T) -> ir::Node {
    bind(value, T::SQL_TYPE)
}

/// Appends the value of a field of a table's own struct.
#[doc(hidden)]
pub fn push_own<T: SqlType>(row: &mut ir::Rows, value: T) {
    row.push(own_value(value));
}

/// As [`push_own`] makes it, of a column that was declared as something else than its Rust type is by itself.
#[doc(hidden)]
pub fn declared_value<T: SqlType>(value: T, part: &ColumnPart) -> ir::Node {
    bind(value, part.column_type())
}

/// A field of a table's own struct, whose value can be copied.
#[doc(hidden)]
pub trait Changed {
    /// The value of a copy.
    fn value(&self) -> ir::Node;
}

#[diagnostic::do_not_recommend]
impl<T: SqlType + Clone> Changed for T {
    fn value(&self) -> ir::Node {
        own_value(self.clone())
    }
}

/// A field whose column was declared as something else than its Rust type is by itself.
#[doc(hidden)]
pub struct Declared<'f, T>(pub &'f T, pub &'static ColumnPart);

impl<T: SqlType + Clone> Changed for Declared<'_, T> {
    fn value(&self) -> ir::Node {
        declared_value(self.0.clone(), self.1)
    }
}

/// Appends `column = value` for each column. The fields are of many types: a call for each would be checked and compiled
/// for every table.
#[doc(hidden)]
pub fn changes<O: Origin>(changes: &mut Vec<Assignment<O>>, columns: &[u32], fields: &[&dyn Changed]) {
    changes.extend(columns.iter().zip(fields).map(|(column, field)| Assignment::new(*column, field.value())));
}

/// A value for the column at `index`; `declared` says what the column was declared as. Apart from the table, so that the
/// compiler makes it once for a type, and not for every table.
fn give<T: SqlType, V: Given<T>>(value: V, index: u32, declared: fn(u32) -> Option<&'static Type>) -> ir::Node {
    value.give(declared(index).unwrap_or(T::SQL_TYPE))
}

/// What a column that can be set belongs to: a table.
#[diagnostic::on_unimplemented(
    message = "a column of `{Self}` cannot be set",
    label = "the database computes it",
    note = "set the columns that it is computed from"
)]
pub trait Settable: Origin {}
#[diagnostic::do_not_recommend]
impl<T: Table> Settable for T {}

impl<O: Origin, T: SqlType> Column<O, T> {
    /// `self = value`, in an update, an upsert or a merge.
    pub fn set<V: Fits<T, Dialect: Covers<O::Dialect>>>(self, value: V) -> Assignment<O>
    where
        O: Settable,
    {
        let index = self.at().index;
        Assignment::new(index, give::<T, V>(value, index, O::column_type))
    }

    /// `self = value`, of a field of an insert or a patch.
    #[doc(hidden)]
    pub fn given<V: Given<T, Dialect: Covers<O::Dialect>>>(self, value: V) -> Assignment<O>
    where
        O: Settable,
    {
        let index = self.at().index;
        Assignment::new(index, give::<T, V>(value, index, O::column_type))
    }

    /// As [`set`](Column::set), to a value that not all databases of the table have, in a statement that is
    /// [for fewer](crate::statement::Update::only_on).
    pub fn set_on<V: Fits<T>>(self, value: V) -> Assignment<O, V::Dialect>
    where
        O: Settable,
    {
        Assignment::new(self.at().index, value.fit(Expression::sql_type(&self)))
    }
}

/// One assignment or several, in a statement for the databases in `D`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not assign columns of `{T}`",
    label = "not an assignment",
    note = "write `column.set(value)`; several go in a tuple or a Vec"
)]
pub trait Assignments<T, D> {
    /// Appends them.
    fn assignments(self, all: &mut Vec<ir::Assignment>);
}

impl<T: Origin, X: Covers<D>, D: Dialect> Assignments<T, D> for Assignment<T, X> {
    fn assignments(self, all: &mut Vec<ir::Assignment>) {
        all.push(self.ir);
    }
}

// of a column that cannot be set, that is said of it, and nothing more
#[diagnostic::do_not_recommend]
impl<T: Origin, X, D> Assignments<T, D> for Assignment<Generated<T>, X> {
    fn assignments(self, all: &mut Vec<ir::Assignment>) {
        all.push(self.ir);
    }
}

impl<T: Origin, X: Covers<D>, D: Dialect> Assignments<T, D> for Vec<Assignment<T, X>> {
    fn assignments(self, all: &mut Vec<ir::Assignment>) {
        all.extend(self.into_iter().map(Assignment::into_ir));
    }
}

impl<T: Origin, X: Covers<D>, D: Dialect> Assignments<T, D> for Option<Assignment<T, X>> {
    fn assignments(self, all: &mut Vec<ir::Assignment>) {
        all.extend(self.map(Assignment::into_ir));
    }
}

macro_rules! tuples {
    ($(($($part:ident)*))*) => { $(
        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<T, D, $($part: Assignments<T, D>),*> Assignments<T, D> for ($($part,)*) {
            fn assignments(self, all: &mut Vec<ir::Assignment>) {
                let ($($part,)*) = self;
                $($part.assignments(all);)*
            }
        }
    )* };
}
tuples! {
    (A) (A B) (A B C) (A B C E) (A B C E F) (A B C E F G) (A B C E F G H) (A B C E F G H I)
    (A B C E F G H I J) (A B C E F G H I J K) (A B C E F G H I J K L) (A B C E F G H I J K L M)
}
