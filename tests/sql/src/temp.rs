//! A stand-in for the derives.

#[macro_export]
macro_rules! table {
    ($name:ident $columns:ident $table:literal $dialect:ty, key $key:ty [$($ki:literal)*], required [$($req:literal)*], stamps [$($stamp:expr),*] { $($index:literal $field:ident: $ty:ty,)* }) => {
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name { $(pub $field: $ty),* }
        pub struct $columns<N: d::Nullness = d::NotNull> { $(pub $field: d::Column<$name, d::In<N, $ty>>,)* pub __source: d::SourceId }
        impl<N: d::Nullness> Clone for $columns<N> { fn clone(&self) -> Self { *self } }
        impl<N: d::Nullness> Copy for $columns<N> {}
        impl<N: d::Nullness> d::Scope for $columns<N> {}
        impl<N: d::Nullness> d::Single for $columns<N> {}
        impl<N: d::Nullness> d::TableColumns for $columns<N> { fn source(&self) -> d::SourceId { self.__source } }
        impl<N: d::Nullness> d::Nullify for $columns<N> { type Out = $columns<d::Nullable>; fn nullify(self) -> Self::Out { <$name as d::Table>::columns(self.__source) } }
        impl<N: d::Nullness, D: d::Dialect> d::Projection<D> for $columns<N> where <$name as d::Origin>::Dialect: d::Covers<D> {
            type Row = N::Row<$name>;
            fn items(self, items: &mut Vec<d::Item>) { items.push(d::Item::Row(self.__source)); }
            fn read(cells: &mut d::RowReader<'_>) -> Result<Self::Row, d::DecodeError> { N::row(cells, [$($index),*].len(), <$name as d::Table>::read) }
            fn types(types: &mut Vec<&'static d::Type>) { <$name as d::Table>::types(types) }
        }
        impl d::Fill<$name> for $columns<d::NotNull> {
            type Dialect = <$name as d::Origin>::Dialect;
            fn items(self, items: &mut Vec<d::Item>) { items.push(d::Item::Row(self.__source)); }
            fn read(cells: &mut d::RowReader<'_>) -> Result<$name, d::DecodeError> { <$name as d::Table>::read(cells) }
            fn types(types: &mut Vec<&'static d::Type>) { <$name as d::Table>::types(types) }
        }
        impl d::Fill<Option<$name>> for $columns<d::Nullable> {
            type Dialect = <$name as d::Origin>::Dialect;
            fn items(self, items: &mut Vec<d::Item>) { items.push(d::Item::Row(self.__source)); }
            fn read(cells: &mut d::RowReader<'_>) -> Result<Option<$name>, d::DecodeError> { <d::Nullable as d::Nullness>::row(cells, [$($index),*].len(), <$name as d::Table>::read) }
            fn types(types: &mut Vec<&'static d::Type>) { <$name as d::Table>::types(types) }
        }
        impl d::Origin for $name { type Dialect = $dialect; }
        impl d::RowSource for $name {
            type Columns<N: d::Nullness, D: d::Dialect> = $columns<N>;
            fn names() -> d::Names { <$name as d::Table>::TABLE.columns.clone() }
            fn columns<N: d::Nullness, D: d::Dialect>(source: d::SourceId) -> $columns<N> { <$name as d::Table>::columns(source) }
        }
        impl d::Table for $name {
            type Columns<N: d::Nullness> = $columns<N>;
            const TABLE: &'static d::TableRef = &d::TableRef { schema: None, name: std::borrow::Cow::Borrowed($table), columns: std::borrow::Cow::Borrowed(&[$(std::borrow::Cow::Borrowed(stringify!($field))),*]) };
            const REQUIRED: &'static [&'static str] = &[$($req),*];
            const STAMPS: &'static [d::Stamp] = &[$($stamp),*];
            fn columns<N: d::Nullness>(source: d::SourceId) -> $columns<N> { $columns { $($field: d::Column::new(source, $index),)* __source: source } }
            fn read(cells: &mut d::RowReader<'_>) -> Result<Self, d::DecodeError> { Ok($name { $($field: cells.read()?),* }) }
            fn types(types: &mut Vec<&'static d::Type>) { types.extend([$(<$ty as d::SqlType>::SQL_TYPE),*]); }
            fn definition() -> d::TableDef { d::TableDef::new(None, $table) }
        }
        impl d::Entity for $name {
            type Key = $key;
            const PRIMARY_KEY: d::UniqueKey<$name, $key> = d::UniqueKey::new(&[$($ki),*]);
            fn is_self(&self, _: $columns) -> d::ir::Expr { unimplemented!() }
            fn changes(&self) -> Vec<d::Assignment<Self>> { unimplemented!() }
        }
        impl d::Insertable<$name> for $name {
            const COLUMNS: &'static [u32] = &[$($index),*];
            fn values(self, values: &mut Vec<d::ir::Expr>) {
                let columns = <$name as d::Table>::columns::<d::NotNull>(d::SourceId::SCHEMA);
                $(values.push(columns.$field.set(self.$field).into_ir().value);)*
            }
        }
    };
}

#[macro_export]
macro_rules! insert {
    ($name:ident $exprs:ident $table:ident { $($index:literal $field:ident: $ty:ty, $g:ident)* }) => {
        #[derive(Debug, Clone)]
        pub struct $name { $(pub $field: $ty),* }
        impl d::Insertable<$table> for $name {
            const COLUMNS: &'static [u32] = &[$($index),*];
            fn values(self, values: &mut Vec<d::ir::Expr>) {
                let columns = <$table as d::Table>::columns::<d::NotNull>(d::SourceId::SCHEMA);
                $(values.push(columns.$field.set(self.$field).into_ir().value);)*
            }
        }
        pub struct $exprs<$($g),*> { $(pub $field: $g),* }
        impl<D: d::Dialect, $($g: d::Fill<$ty, Dialect: d::Covers<D>>),*> d::Projection<D> for $exprs<$($g),*> {
            type Row = $name;
            fn items(self, items: &mut Vec<d::Item>) { $(self.$field.items(items);)* }
            fn read(cells: &mut d::RowReader<'_>) -> Result<$name, d::DecodeError> { Ok($name { $($field: <$g as d::Fill<$ty>>::read(cells)?),* }) }
            fn types(types: &mut Vec<&'static d::Type>) { $(<$g as d::Fill<$ty>>::types(types);)* }
        }
    };
}

#[macro_export]
macro_rules! row {
    ($name:ident $exprs:ident $columns:ident { $($index:literal $field:ident: $ty:ty, $g:ident)* }) => {
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name { $(pub $field: $ty),* }
        pub struct $exprs<$($g),*> { $(pub $field: $g),* }
        impl<D: d::Dialect, $($g: d::Fill<$ty, Dialect: d::Covers<D>>),*> d::Projection<D> for $exprs<$($g),*> {
            type Row = $name;
            fn items(self, items: &mut Vec<d::Item>) { $(self.$field.items(items);)* }
            fn read(cells: &mut d::RowReader<'_>) -> Result<$name, d::DecodeError> { Ok($name { $($field: <$g as d::Fill<$ty>>::read(cells)?),* }) }
            fn types(types: &mut Vec<&'static d::Type>) { $(<$g as d::Fill<$ty>>::types(types);)* }
        }
        // a row in a row
        impl<$($g: d::Fill<$ty>),*> d::Fill<$name> for $exprs<$($g),*> {
            type Dialect = d::Portable;
            fn items(self, items: &mut Vec<d::Item>) { $(self.$field.items(items);)* }
            fn read(cells: &mut d::RowReader<'_>) -> Result<$name, d::DecodeError> { Ok($name { $($field: <$g as d::Fill<$ty>>::read(cells)?),* }) }
            fn types(types: &mut Vec<&'static d::Type>) { $(<$g as d::Fill<$ty>>::types(types);)* }
        }
        row!(@ $columns $name { $($index $field: $ty,)* });
    };
    (@ None $name:ident { $($rest:tt)* }) => {};
    (@ $columns:ident $name:ident { $($index:literal $field:ident: $ty:ty,)* }) => {
        pub struct $columns<N: d::Nullness, D: d::Dialect> { $(pub $field: d::Column<d::Derived<$name, D>, d::Joined<$ty, N>>,)* pub __source: d::SourceId }
        impl<N: d::Nullness, D: d::Dialect> Clone for $columns<N, D> { fn clone(&self) -> Self { *self } }
        impl<N: d::Nullness, D: d::Dialect> Copy for $columns<N, D> {}
        impl<N: d::Nullness, D: d::Dialect> d::Scope for $columns<N, D> {}
        impl<N: d::Nullness, D: d::Dialect> d::Single for $columns<N, D> {}
        impl<N: d::Nullness, D: d::Dialect> d::Nullify for $columns<N, D> { type Out = $columns<d::Nullable, D>; fn nullify(self) -> Self::Out { <$name as d::RowSource>::columns(self.__source) } }
        impl<N: d::Nullness, D1: d::Dialect, D: d::Dialect> d::Projection<D> for $columns<N, D1> where D1: d::Covers<D> {
            type Row = N::Row<$name>;
            fn items(self, items: &mut Vec<d::Item>) { items.push(d::Item::Row(self.__source)); }
            fn read(cells: &mut d::RowReader<'_>) -> Result<Self::Row, d::DecodeError> { N::row(cells, [$($index),*].len(), |cells| Ok($name { $($field: cells.read()?),* })) }
            fn types(types: &mut Vec<&'static d::Type>) { types.extend([$(<$ty as d::SqlType>::SQL_TYPE),*]); }
        }
        impl d::RowSource for $name {
            type Columns<N: d::Nullness, D: d::Dialect> = $columns<N, D>;
            fn names() -> d::Names { std::borrow::Cow::Borrowed(&[$(std::borrow::Cow::Borrowed(stringify!($field))),*]) }
            fn columns<N: d::Nullness, D: d::Dialect>(source: d::SourceId) -> $columns<N, D> { $columns { $($field: d::Column::new(source, $index),)* __source: source } }
        }
    };
}

#[macro_export]
macro_rules! patch {
    ($name:ident $table:ident { $($field:ident: $ty:ty,)* }) => {
        #[derive(Debug, Clone, Default)]
        pub struct $name { $(pub $field: d::Set<$ty>),* }
        impl d::Patch<$table> for $name {
            fn changes(self) -> Vec<d::Assignment<$table>> {
                let columns = <$table as d::Table>::columns::<d::NotNull>(d::SourceId::SCHEMA);
                let mut all = Vec::new();
                $(all.extend(self.$field.assign(columns.$field));)*
                all
            }
        }
    };
}
