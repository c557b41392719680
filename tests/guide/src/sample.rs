//! A sample under test: what it is as SQL, on which databases it runs, and what it gives there.

use relvar::Database;
use relvar::prelude::*;
use relvar::query::compile::render;
use relvar::query::dialect::{Dialect, Engine, OneDialect, RunsOn, Target};
use relvar::query::ir::Statement as Ir;
use relvar::query::types::Decoder;
use relvar_sql_tests::Written;
use std::fmt::Debug;
use std::panic::Location;
use tokio::runtime::Builder;

use crate::page::{self, Shown};
use crate::place::{Kept, Place, kept, place};
use crate::region::{read, regions, root};
use crate::{schema, sql};

/// A sample that gives rows. Its code stands inside of `build`, behind a comment `// sample: name`.
#[track_caller]
pub fn query<Q>(build: impl FnOnce() -> Q) -> Sample<Q::Row>
where
    Q: Fetchable<Row: Debug + 'static>,
{
    let query = build();
    let decoder = query.decoder();
    Sample::new::<Q::Dialect>(query.into_ir(), None, decoder)
}

/// A sample that changes rows; `look` is a query for what it leaves.
#[track_caller]
pub fn change<S, L>(build: impl FnOnce() -> S, look: impl FnOnce() -> L) -> Sample<L::Row>
where
    S: Statement,
    L: Fetchable<Row: Debug + 'static>,
{
    let (statement, look) = (build().into_ir(), look());
    let decoder = look.decoder();
    Sample::new::<S::Dialect>(statement, Some(look.into_ir()), decoder)
}

/// A sample on its way. It does nothing before `gives`, `leaves` or `is_shown`, which compare it with the guide.
#[must_use = "a sample is tested by `.gives(..)` or `.leaves(..)`"]
pub struct Sample<R> {
    statement: Ir,
    look: Option<Ir>,
    decoder: Decoder<R>,
    engines: &'static [Engine],
    also: Vec<Engine>,
    /// What the databases that it runs on have more than the tables of the guide.
    script: Option<&'static str>,
    at: &'static Location<'static>,
}

impl<R: Debug + Send + 'static> Sample<R> {
    #[track_caller]
    fn new<D: Dialect>(statement: Ir, look: Option<Ir>, decoder: Decoder<R>) -> Self {
        let at = Location::caller();
        Sample { statement, look, decoder, engines: D::ENGINES, also: Vec::new(), script: None, at }
    }

    /// Its SQL on this database is worth a look, too.
    pub fn also(mut self, engine: Engine) -> Self {
        self.also.push(engine);
        self
    }

    /// What has to be there beside the tables of the guide.
    pub fn needs(mut self, script: &'static str) -> Self {
        self.script = Some(script);
        self
    }

    /// Compares its SQL with the guide, and the rows it gives on each database with these. Without ORDER BY, their order
    /// is not looked at.
    ///
    /// # Panics
    /// When they differ.
    #[track_caller]
    pub fn gives<X: Debug>(self, rows: impl IntoIterator<Item = X>) {
        let rows = rows.into_iter().map(|row| format!("{row:?}")).collect();
        self.run(rows);
    }

    /// Compares its SQL with the guide, how many rows it changes on each database, and what it leaves there.
    ///
    /// # Panics
    /// When they differ.
    #[track_caller]
    pub fn leaves<X: Debug>(self, changed: u64, rows: impl IntoIterator<Item = X>) {
        let changed = std::iter::once(format!("{changed} changed"));
        let rows = changed.chain(rows.into_iter().map(|row| format!("{row:?}"))).collect();
        self.run(rows);
    }

    /// Compares its SQL with the guide; it runs nowhere, because not every server has what it needs.
    ///
    /// # Panics
    /// When they differ.
    #[track_caller]
    pub fn is_shown(self) {
        let name = self.name();
        let places = page::check(&name, |shown| Shown { on: self.on(), sql: self.texts(), ..shown.clone() });
        assert!(places > 0, "no page shows the sample `{name}`");
    }

    #[track_caller]
    fn run(self, mut rows: Vec<String>) {
        if !self.sorted() {
            rows.sort();
        }
        let mut kept = kept();
        for engine in self.engines {
            match engine {
                Engine::Postgres => self.on_place::<Postgres>(*engine, &rows, &mut kept),
                Engine::MySql => self.on_place::<MySql>(*engine, &rows, &mut kept),
                Engine::MariaDb => self.on_place::<MariaDb>(*engine, &rows, &mut kept),
                Engine::Sqlite => self.on_place::<Sqlite>(*engine, &rows, &mut kept),
            }
        }
        self.is_shown();
    }

    /// Whether ORDER BY says which row comes first.
    fn sorted(&self) -> bool {
        matches!(self.look.as_ref().unwrap_or(&self.statement), Ir::Select(select) if !select.order_by.is_empty())
    }

    #[track_caller]
    fn on_place<D: Database + OneDialect + RunsOn<D>>(&self, engine: Engine, rows: &[String], kept: &mut Kept)
    where
        Portable: RunsOn<D>,
    {
        let Some(place) = place(engine) else { return };
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let turn = place.turn();
        let found = runtime.block_on(self.rows_on::<D>(&place));
        drop(turn);
        let mut found = found.unwrap_or_else(|error| panic!("`{}` on {}: {error}", self.name(), engine.name()));
        if !self.sorted() {
            found.sort();
        }
        assert_eq!(found, rows, "`{}` on {}", self.name(), engine.name());
        kept.push(place);
    }

    async fn rows_on<D: Database + OneDialect + RunsOn<D>>(&self, place: &Place) -> relvar::Result<Vec<String>>
    where
        Portable: RunsOn<D>,
    {
        let db = Db::<D>::connect(&place.url()).await?;
        if place.is_empty() {
            schema::create(&db).await?;
        }
        let tx = db.begin().await?;
        if let Some(script) = self.script {
            tx.raw_script(relvar::Unchecked(script.to_owned())).await?;
        }
        let statement = Written::<R, D>::new(&self.statement, self.decoder.clone());
        let shown = |rows: Vec<R>| rows.iter().map(|row| format!("{row:?}")).collect::<Vec<_>>();
        let rows = match &self.look {
            None => shown(statement.all(&tx).await?),
            Some(look) => {
                let mut rows = vec![format!("{} changed", statement.execute(&tx).await?)];
                rows.extend(shown(Written::<R, D>::new(look, self.decoder.clone()).all(&tx).await?));
                rows
            }
        };
        tx.rollback().await?;
        db.close().await;
        Ok(rows)
    }

    /// That of the comment nearest behind where the sample begins.
    fn name(&self) -> String {
        let file = root().join(self.at.file());
        let all = regions(&read(&file));
        let own = all.into_iter().find(|region| region.line >= self.at.line());
        own.unwrap_or_else(|| panic!("there is no comment `// sample: name` behind {}", self.at)).name
    }

    /// The line that says on which databases it runs, if that is not all of them.
    fn on(&self) -> Option<String> {
        let names: Vec<&str> = self.engines.iter().map(|engine| engine.name()).collect();
        match names.as_slice() {
            [_, _, _, _] => None,
            [first @ .., last] if !first.is_empty() => Some(format!("*On {} and {last}.*", first.join(", "))),
            _ => Some(format!("*On {}.*", names.join(""))),
        }
    }

    /// Its SQL: of the first database that it runs on, then of those that are worth a look.
    fn texts(&self) -> Vec<String> {
        let first = self.engines.iter().take(1);
        let texts = first.chain(&self.also).map(|engine| {
            let compiled = render(&self.statement, Target::oldest(*engine));
            let text = compiled.unwrap_or_else(|error| panic!("`{}`: {error}", self.name())).sql.to_string();
            match engine {
                Engine::Postgres => sql::layout(&text),
                other => format!("-- {}\n{}", other.name(), sql::layout(&text)),
            }
        });
        texts.collect()
    }
}
