//! Creating, analyzing and dropping tables, all or none where the database can do that.

use relvar_query::dialect::Engine;
use relvar_query::dialect::{Dialect, Target};
use relvar_query::error::BuildError;
use relvar_query::expr::Origin;
use relvar_query::lower::{
    analyze_table, create_indexes, create_table, create_view, dependency_order, drop_table, drop_view, view_order,
};
use relvar_query::schema::{TableDef, ViewDef};
use relvar_query::source::{Table, View};

use crate::db::{Db, check_engine};
use crate::error::Result;
use crate::transaction::Begin;

/// Tables and views that are created and dropped together.
///
/// Tables are created after those that they refer to, and views after the tables and those that they read, in whatever
/// order they were named.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    tables: Vec<TableDef>,
    views: Vec<ViewDef>,
    /// The databases each table and view is for.
    engines: Vec<&'static [Engine]>,
}

impl Schema {
    /// No tables yet.
    pub fn new() -> Schema {
        Schema::default()
    }

    /// With the table `T`, its indexes and its enum types.
    #[must_use]
    pub fn table<T: Table>(self) -> Schema {
        self.definition(T::definition(), <T as Origin>::Dialect::ENGINES)
    }

    /// With a table that was defined at run time, for these databases.
    #[must_use]
    pub fn definition(mut self, table: TableDef, engines: &'static [Engine]) -> Schema {
        self.tables.push(table);
        self.engines.push(engines);
        self
    }

    /// With the view `V`, and its indexes if it is a materialized one.
    #[must_use]
    pub fn view<V: View>(self) -> Schema {
        self.view_definition(V::definition(), <V as Origin>::Dialect::ENGINES)
    }

    /// With a view that was defined at run time, for these databases.
    #[must_use]
    pub fn view_definition(mut self, view: ViewDef, engines: &'static [Engine]) -> Schema {
        self.views.push(view);
        self.engines.push(engines);
        self
    }

    /// The views, in the order in which they were named.
    pub fn views(&self) -> &[ViewDef] {
        &self.views
    }

    /// The tables, in the order in which they were named.
    pub fn tables(&self) -> &[TableDef] {
        &self.tables
    }

    /// Creates the tables and their indexes.
    ///
    /// # Errors
    /// What the database cannot have, and what it said: that one is there already, for example.
    pub async fn create<D: 'static>(&self, db: &Db<D>) -> Result<()> {
        self.run(db, self.create_sql(self.target(db)?, false)?).await
    }

    /// Creates the tables and indexes that are not there yet. One that is there stays as it is, even if it
    /// is not what the struct says; but a view that is not materialized becomes what the struct says.
    ///
    /// # Errors
    /// What the database cannot have, and what it said.
    pub async fn create_if_not_exists<D: 'static>(&self, db: &Db<D>) -> Result<()> {
        self.run(db, self.create_sql(self.target(db)?, true)?).await
    }

    /// Drops those of the tables that are there, with everything in them.
    ///
    /// # Errors
    /// What the database said: that other tables refer to one, for example.
    pub async fn drop<D: 'static>(&self, db: &Db<D>) -> Result<()> {
        self.run(db, self.drop_sql(self.target(db)?)?).await
    }

    /// Has the database look at the tables' data again, which it plans queries by: after a large load, or where
    /// nothing else does it, as on SQLite.
    ///
    /// # Errors
    /// What the database said: that a table is not there, for example, which MySQL and MariaDB pass over.
    pub async fn analyze<D: 'static>(&self, db: &Db<D>) -> Result<()> {
        let target = self.target(db)?;
        let statements: Result<Vec<String>, BuildError> =
            self.tables.iter().map(|table| analyze_table(table, target)).collect();
        self.run(db, statements?).await
    }

    /// The statements that create the tables.
    ///
    /// # Errors
    /// What the database cannot have, or tables that refer to each other in a circle.
    pub fn create_sql(&self, target: Target, if_not_exists: bool) -> Result<Vec<String>, BuildError> {
        let mut statements = Vec::new();
        for position in dependency_order(&self.tables)? {
            if let Some(table) = self.tables.get(position) {
                statements.extend(create_table(table, target, if_not_exists)?);
                statements.extend(create_indexes(table, target, if_not_exists)?);
            }
        }
        for position in view_order(&self.views)? {
            if let Some(view) = self.views.get(position) {
                statements.extend(create_view(view, target, if_not_exists)?);
            }
        }
        Ok(statements)
    }

    /// The statements that drop the tables.
    ///
    /// # Errors
    /// A name that the database cannot have, or tables that refer to each other in a circle.
    pub fn drop_sql(&self, target: Target) -> Result<Vec<String>, BuildError> {
        let views = view_order(&self.views)?.into_iter().rev().filter_map(|position| self.views.get(position));
        let views = views.map(|view| drop_view(view, target, true));
        let order = dependency_order(&self.tables)?;
        let tables = order.into_iter().rev().filter_map(|position| self.tables.get(position));
        views.chain(tables.map(|table| drop_table(table, target, true))).collect()
    }

    fn target<D: 'static>(&self, db: &Db<D>) -> Result<Target> {
        let target = db.core().target();
        self.engines.iter().try_for_each(|engines| check_engine(engines, target.engine))?;
        Ok(target)
    }

    async fn run<D: 'static>(&self, db: &Db<D>, statements: Vec<String>) -> Result<()> {
        if statements.is_empty() {
            return Ok(());
        }
        let level = db.core().clone().begin(Begin::default()).await?;
        for sql in &statements {
            level.script(sql).await?;
        }
        level.commit().await
    }
}
