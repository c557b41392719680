//! Tables written out by hand as the derives would write them: the reference for what they generate.
#![allow(dead_code, unreachable_pub, reason = "written as a derive writes it, and not every test uses everything")]

use relvar_query::derive as __relvar;

pub struct User {
    pub id: i64,
    pub email: String,
    pub name: String,
    pub bio: Option<String>,
    pub logins: i64,
}

pub struct UserColumns<N: __relvar::Nullness = __relvar::NotNull> {
    pub id: __relvar::Column<User, __relvar::In<N, i64>>,
    pub email: __relvar::Column<User, __relvar::In<N, String>>,
    pub name: __relvar::Column<User, __relvar::In<N, String>>,
    pub bio: __relvar::Column<User, __relvar::In<N, Option<String>>>,
    pub logins: __relvar::Column<User, __relvar::In<N, i64>>,
    #[doc(hidden)]
    pub __source: __relvar::SourceId,
}
impl<N: __relvar::Nullness> Clone for UserColumns<N> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<N: __relvar::Nullness> Copy for UserColumns<N> {}
impl<N: __relvar::Nullness> __relvar::Scope for UserColumns<N> {}
impl<N: __relvar::Nullness> __relvar::Single for UserColumns<N> {}
impl<N: __relvar::Nullness> __relvar::TableColumns for UserColumns<N> {
    type Dialect = <User as __relvar::Origin>::Dialect;
    type Row = N::Row<User>;
    const PARTS: &'static [__relvar::ColumnPart] = &[
        __relvar::ColumnPart::of::<i64>("id", 0).given(),
        __relvar::ColumnPart::of::<String>("email", 0),
        __relvar::ColumnPart::of::<String>("name", 0),
        __relvar::ColumnPart::of::<Option<String>>("bio", 0),
        __relvar::ColumnPart::of::<i64>("logins", 0).given(),
    ];
    const NAMES: &'static [__relvar::Cow<'static, str>] = &__relvar::names::<5>(Self::PARTS);
    fn source(&self) -> __relvar::SourceId {
        self.__source
    }
}
impl<N: __relvar::Nullness> __relvar::Nullify for UserColumns<N> {
    type Out = UserColumns<__relvar::Nullable>;
    fn nullify(self) -> Self::Out {
        <User as __relvar::Table>::columns(self.__source)
    }
}
impl<N: __relvar::Nullness, D: __relvar::Dialect> __relvar::Projection<D> for UserColumns<N>
where
    <User as __relvar::Origin>::Dialect: __relvar::Covers<D>,
{
    type Row = N::Row<User>;
    fn items(self, items: &mut __relvar::Vec<__relvar::Item>) {
        items.push(__relvar::Item::Row(self.__source));
    }
    fn read(cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<Self::Row, __relvar::DecodeError> {
        __relvar::read_row::<User, N>(cells)
    }
    fn types(types: &mut __relvar::CellTypes) {
        __relvar::part_types(<Self as __relvar::TableColumns>::PARTS, types)
    }
}
impl __relvar::Fill<User> for UserColumns<__relvar::NotNull> {
    type Dialect = <User as __relvar::Origin>::Dialect;
    fn items(self, items: &mut __relvar::Vec<__relvar::Item>) {
        items.push(__relvar::Item::Row(self.__source));
    }
    fn read(cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<User, __relvar::DecodeError> {
        __relvar::read_row::<User, __relvar::NotNull>(cells)
    }
    fn types(types: &mut __relvar::CellTypes) {
        __relvar::part_types(<Self as __relvar::TableColumns>::PARTS, types)
    }
}
impl __relvar::Fill<Option<User>> for UserColumns<__relvar::Nullable> {
    type Dialect = <User as __relvar::Origin>::Dialect;
    fn items(self, items: &mut __relvar::Vec<__relvar::Item>) {
        items.push(__relvar::Item::Row(self.__source));
    }
    fn read(cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<Option<User>, __relvar::DecodeError> {
        __relvar::read_row::<User, __relvar::Nullable>(cells)
    }
    fn types(types: &mut __relvar::CellTypes) {
        __relvar::part_types(<Self as __relvar::TableColumns>::PARTS, types)
    }
}
impl __relvar::Origin for User {
    type Dialect = __relvar::Portable;
}
impl __relvar::RowSource for User {
    type Columns<N: __relvar::Nullness, D: __relvar::Dialect> = UserColumns<N>;
    fn names() -> __relvar::Names {
        <User as __relvar::Table>::TABLE.columns.clone()
    }
    fn columns<N: __relvar::Nullness, D: __relvar::Dialect>(source: __relvar::SourceId) -> UserColumns<N> {
        <User as __relvar::Table>::columns(source)
    }
}
impl __relvar::Table for User {
    type Columns<N: __relvar::Nullness> = UserColumns<N>;
    const TABLE_NAME: &'static str = "users";
    const STAMPS: &'static [__relvar::Stamp] = &[];
    fn columns<N: __relvar::Nullness>(source: __relvar::SourceId) -> UserColumns<N> {
        UserColumns {
            id: __relvar::Column::new(source, 0),
            email: __relvar::Column::new(source, 1),
            name: __relvar::Column::new(source, 2),
            bio: __relvar::Column::new(source, 3),
            logins: __relvar::Column::new(source, 4),
            __source: source,
        }
    }
    fn read(cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<Self, __relvar::DecodeError> {
        __relvar::Result::Ok(User {
            id: cells.read()?,
            email: cells.read()?,
            name: cells.read()?,
            bio: cells.read()?,
            logins: cells.read()?,
        })
    }
    fn definition() -> __relvar::TableDef {
        __relvar::TableDef::new(None, "users")
    }
}
impl __relvar::Entity for User {
    type Key = i64;
    const PRIMARY_KEY: __relvar::UniqueKey<User, i64> = __relvar::UniqueKey::primary(&[0]);
    fn is_self(&self, columns: UserColumns) -> __relvar::ir::Node {
        Self::PRIMARY_KEY.is(columns.__source, self.id)
    }
    fn changes(&self) -> __relvar::Vec<__relvar::Assignment<Self>> {
        let columns = <User as __relvar::Table>::columns::<__relvar::NotNull>(__relvar::SourceId::SCHEMA);
        vec![
            columns.email.set(self.email.clone()),
            columns.name.set(self.name.clone()),
            columns.bio.set(self.bio.clone()),
            columns.logins.set(self.logins),
        ]
    }
}
impl User {
    pub const EMAIL_KEY: __relvar::UniqueKey<User, String> = __relvar::UniqueKey::constraint(&[1], "users_email_key");
}

pub struct NewUser {
    pub email: String,
    pub name: String,
}
impl __relvar::Insertable<User> for NewUser {
    const COLUMNS: &'static [u32] = &[1, 2];
    fn values(self, row: &mut __relvar::ir::Rows) {
        let columns = <User as __relvar::Table>::columns::<__relvar::NotNull>(__relvar::SourceId::SCHEMA);
        row.push(columns.email.set(self.email).into_ir().value);
        row.push(columns.name.set(self.name).into_ir().value);
    }
}

/// `#[derive(Row)]`
pub struct Summary {
    pub title: String,
    pub author: Option<String>,
}
/// The expressions of a [`Summary`].
pub struct SummaryExprs<A0, A1> {
    pub title: A0,
    pub author: A1,
}
impl<
    D: __relvar::Dialect,
    A0: __relvar::Fill<String, Dialect: __relvar::Covers<D>>,
    A1: __relvar::Fill<Option<String>, Dialect: __relvar::Covers<D>>,
> __relvar::Projection<D> for SummaryExprs<A0, A1>
{
    type Row = Summary;
    fn items(self, items: &mut __relvar::Vec<__relvar::Item>) {
        self.title.items(items);
        self.author.items(items);
    }
    fn read(cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<Summary, __relvar::DecodeError> {
        __relvar::Result::Ok(Summary {
            title: <A0 as __relvar::Fill<String>>::read(cells)?,
            author: <A1 as __relvar::Fill<Option<String>>>::read(cells)?,
        })
    }
    fn types(types: &mut __relvar::CellTypes) {
        <A0 as __relvar::Fill<String>>::types(types);
        <A1 as __relvar::Fill<Option<String>>>::types(types);
    }
}
pub struct SummaryColumns<N: __relvar::Nullness, D: __relvar::Dialect> {
    pub title: __relvar::Column<__relvar::Derived<Summary, D>, __relvar::In<N, String>>,
    pub author: __relvar::Column<__relvar::Derived<Summary, D>, __relvar::In<N, Option<String>>>,
    #[doc(hidden)]
    pub __source: __relvar::SourceId,
}
impl<N: __relvar::Nullness, D: __relvar::Dialect> Clone for SummaryColumns<N, D> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<N: __relvar::Nullness, D: __relvar::Dialect> Copy for SummaryColumns<N, D> {}
impl<N: __relvar::Nullness, D: __relvar::Dialect> __relvar::Scope for SummaryColumns<N, D> {}
impl<N: __relvar::Nullness, D: __relvar::Dialect> __relvar::Single for SummaryColumns<N, D> {}
impl<N: __relvar::Nullness, D: __relvar::Dialect> __relvar::Nullify for SummaryColumns<N, D> {
    type Out = SummaryColumns<__relvar::Nullable, D>;
    fn nullify(self) -> Self::Out {
        <Summary as __relvar::RowSource>::columns(self.__source)
    }
}
impl<N: __relvar::Nullness, D1: __relvar::Dialect, D: __relvar::Dialect> __relvar::Projection<D>
    for SummaryColumns<N, D1>
where
    D1: __relvar::Covers<D>,
{
    type Row = N::Row<Summary>;
    fn items(self, items: &mut __relvar::Vec<__relvar::Item>) {
        items.push(__relvar::Item::Row(self.__source));
    }
    fn read(cells: &mut __relvar::RowReader<'_>) -> __relvar::Result<Self::Row, __relvar::DecodeError> {
        N::row(cells, 2, |cells| __relvar::Result::Ok(Summary { title: cells.read()?, author: cells.read()? }))
    }
    fn types(types: &mut __relvar::CellTypes) {
        types.extend([<String as __relvar::SqlType>::SQL_TYPE, <Option<String> as __relvar::SqlType>::SQL_TYPE]);
    }
}
impl __relvar::RowSource for Summary {
    type Columns<N: __relvar::Nullness, D: __relvar::Dialect> = SummaryColumns<N, D>;
    fn names() -> __relvar::Names {
        __relvar::Cow::Borrowed(&[__relvar::Cow::Borrowed("title"), __relvar::Cow::Borrowed("author")])
    }
    fn columns<N: __relvar::Nullness, D: __relvar::Dialect>(source: __relvar::SourceId) -> SummaryColumns<N, D> {
        SummaryColumns {
            title: __relvar::Column::new(source, 0),
            author: __relvar::Column::new(source, 1),
            __source: source,
        }
    }
}
