//! The derive macros of relvar, and `migrations!`. Each derive goes the same way: attributes, model, checks, tokens.
//!
//! All mistakes of a struct are reported at once. What is a matter of types is left to the compiler: the
//! generated code asks for it at the place in the source that it is about. No database is known here.

mod attr;
mod expand;
mod migrations;
mod mistakes;
mod model;
mod name;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;
use syn::DeriveInput;

use mistakes::{Mistakes, collect};

type Derive = fn(&DeriveInput, &Mistakes) -> Option<proc_macro2::TokenStream>;

fn derive(input: TokenStream, expand: Derive) -> TokenStream {
    match syn::parse(input) {
        Ok(input) => collect(|mistakes| expand(&input, mistakes)).into(),
        Err(error) => error.into_compile_error().into(),
    }
}

/// Makes a table of a struct; each field is a column.
///
/// For `struct Thread` it writes `ThreadColumns`, which the closures of a query get, and implements `Table`,
/// `Insertable` (a whole row) and, where there is a primary key, `Entity`. Unique keys and named indexes become
/// constants: `Thread::SLUG_KEY`, `Thread::IDX_THREADS_ACTIVE`. With a primary key, the types of the fields must be
/// `Clone`: an update of a row sends copies.
///
/// # `#[table(..)]`
///
/// | key | meaning |
/// |---|---|
/// | `name = "threads"` | the table's name. Without it: the struct's in snake case and the plural: `-s`; `-es` after s, x, z, ch, sh; `-ies` for a consonant and y |
/// | `schema = "app"` | its schema |
/// | `dialect = Postgres`, `dialect = (Postgres, Sqlite)` | the databases it is for; without it, all |
/// | `primary_key(a, b)` | a key of several columns, by the names of the fields |
/// | `comment = ".."`, `collate = ".."` | a comment in the database; the collation of its texts |
/// | `crate = path` | where relvar is, if not at `::relvar` |
///
/// # `#[column(..)]`
///
/// | key | meaning |
/// |---|---|
/// | `name = ".."` | the column's name, if not the field's |
/// | `primary_key`, `auto_increment` | the key; the database numbers the rows |
/// | `unique`, `unique = "constraint"` | a unique constraint, and a constant `.._KEY` named after the field |
/// | `index` | an index of this column |
/// | `type = "citext"` | the SQL type, if not the one that the Rust type has by itself |
/// | `len = 80`, `precision = (10, 2)`, `collate = ".."` | limits and collation |
/// | `default = expr` | DEFAULT: a value, or an expression such as `now()` |
/// | `generated = \|t\| expr` | the database computes it: rows are inserted and updated without it, and it refuses a `set` |
/// | `virtual` | what is generated is computed when it is read, and not stored |
/// | `never_reused` | of `auto_increment`: the number of a deleted row is never given again |
/// | `invisible` | `SELECT *` leaves it out |
/// | `references = User::id`, `on_delete = Cascade`, `on_update = ..` | a foreign key |
/// | `created_at`, `updated_at`, `version` | the library fills it in |
/// | `comment = ".."` | a comment in the database |
/// | `skip` | no column: `Default::default()` in rows that are read |
/// | `embed`, `embed, prefix = "home_"` | the columns of a struct with `#[derive(Embed)]` |
///
/// # `#[index(..)]`
///
/// `on = |t| (t.a, t.b.desc())` is the key: columns, expressions, directions. Further `name`, `unique`,
/// `using = Gin`, `ops = JsonbPathOps` or `ops = "class"` (for every part of the key), `filter = |t| ..`,
/// `include = |t| (t.c, t.d)`. Values in the closures become constants of the schema. Instead of a closure, the
/// path of a function can be given. A unique index of plain columns makes a constant `.._KEY`, named after the
/// index or, without a name, the columns.
///
/// # `#[foreign_key(..)]`
///
/// A foreign key of several columns: `on = |t| (t.tenant, t.author)` refers to
/// `references = User, to = |u| (u.tenant, u.id)`, which must be a key there. Further `name`, `on_delete = Cascade`,
/// `on_update = ..`.
///
/// # `#[check(..)]`
///
/// `#[check(|t| t.price.gt(0))]` or `#[check(name = "positive", condition = |t| t.price.gt(0))]`.
#[proc_macro_derive(Table, attributes(table, column, index, foreign_key, check))]
pub fn table(input: TokenStream) -> TokenStream {
    derive(input, expand::table)
}

/// Makes a view of a struct: a query that is kept in the database under a name, and read as a table is. Nothing can be
/// written to it.
///
/// For `struct OpenThread` it writes `OpenThreadColumns`, which the closures of a query get, and `OpenThreadExprs`, with
/// which its own query selects.
///
/// # `#[view(..)]`
///
/// | key | meaning |
/// |---|---|
/// | `query = \|\| Thread::query().select(..)` | what it shows: a closure or function that gives a query for this very struct; its values become constants of the schema |
/// | `name = "open_threads"`, `schema = "app"`, `dialect = ..`, `crate = path` | as of a table |
/// | `materialized` | its rows are kept until `OpenThread::refresh()`; PostgreSQL only |
///
/// A field takes `#[column(name = "..", type = "..")]`. A materialized view takes `#[index(..)]` as a table does; a
/// unique one of plain columns lets it be refreshed while it is read, by `OpenThread::refresh_concurrently()`.
#[proc_macro_derive(View, attributes(view, column, index))]
pub fn view(input: TokenStream) -> TokenStream {
    derive(input, expand::view)
}

/// Makes a named result of a struct: `SummaryExprs`, with a field for the expression of each of its own, and
/// `SummaryColumns`, what a query sees of it as a subquery or common table expression.
///
/// A field marked `#[row(nested)]` holds another such struct, a table's struct, or an `Option` of one; then the
/// row cannot be a source, and only `SummaryExprs` is made.
#[proc_macro_derive(Row, attributes(row))]
pub fn row(input: TokenStream) -> TokenStream {
    derive(input, expand::row)
}

/// Makes a struct a row to insert: `#[insert(table = Thread)]`. Its fields have the names of the table's; one that
/// has to be there and is not is named when the program is compiled.
///
/// A field holds what fits its column: a value, or a borrowed one, `&'a str`, `Option<&'a str>`, `Cow<'a, str>`,
/// `&'a [u8]`, `&'a Uuid`.
#[proc_macro_derive(Insert, attributes(insert))]
pub fn insert(input: TokenStream) -> TokenStream {
    derive(input, expand::insert)
}

/// Makes a struct a change of a row: `#[patch(table = Thread)]`. Its fields are `Set<T>`: left alone, or set.
#[proc_macro_derive(Patch, attributes(patch))]
pub fn patch(input: TokenStream) -> TokenStream {
    derive(input, expand::patch)
}

/// Makes a struct one that tables can embed: `#[column(embed)] address: Address`. It takes the attributes
/// `#[column(..)]` of a table's fields that say what a column is; keys and indexes are the table's.
///
/// For `struct Address` it writes `AddressColumns`, which is the type of the field in the table's columns:
/// `t.address.city`. Each table's columns carry a prefix, `address_city`.
#[proc_macro_derive(Embed, attributes(embed, column))]
pub fn embed(input: TokenStream) -> TokenStream {
    derive(input, expand::embed)
}

/// Makes a column type of a newtype, `struct UserId(i64)`, or of an enum without fields.
///
/// On a newtype: `#[sql_type(arithmetic)]` for numbers that can be calculated with, `#[sql_type(type = "citext")]`
/// for a declared type of its own. On an enum: `name` (without it, the enum's in snake case), `schema`,
/// `rename_all = "snake_case"` (the default), `"lowercase"`, `"UPPERCASE"`, `"camelCase"`, `"PascalCase"`,
/// `"kebab-case"`, `"SCREAMING_SNAKE_CASE"`; on a variant, `#[sql_type(label = "..")]`.
#[proc_macro_derive(SqlType, attributes(sql_type))]
pub fn sql_type(input: TokenStream) -> TokenStream {
    derive(input, expand::sql_type)
}

/// Builds the migrations of a folder into the program: `relvar::migrations!()` for `migrations`, or
/// `relvar::migrations!("db/migrations")`, beside the `Cargo.toml` of the crate that says so. It is a `Migrator<D>`.
///
/// A file that is edited makes the program compile anew. A file that is *added* does so only if cargo is told to watch
/// the folder, by a `build.rs` beside the `Cargo.toml`:
///
/// ```
/// // build.rs
/// println!("cargo::rerun-if-changed=migrations");
/// ```
///
/// That the folder is not there, or has no migration in it, is an error of the compiler. What names and texts say is
/// looked at when the migrator first has a database.
///
/// `migrations!("migrations", crate = path)` says where relvar is, if not at `::relvar`.
#[proc_macro]
pub fn migrations(input: TokenStream) -> TokenStream {
    match syn::parse(input) {
        Ok(input) => collect(|mistakes| migrations::expand(&input, mistakes)).into(),
        Err(error) => error.to_compile_error().into(),
    }
}

/// Declares functions of the database, each in one line: a typed Rust function is written that makes a call of it.
///
/// ```ignore
/// sql_function! {
///     /// How many changes make the one text of the other.
///     #[sql(dialect = Postgres)]
///     pub fn levenshtein(a: String, b: String) -> i32;
/// }
/// Thread::query().filter(|t| levenshtein(t.title, "hello").lt(3));
/// ```
///
/// NULL in gives NULL out: the result may be NULL if an argument may be, or if the declaration returns an `Option`. A
/// parameter of type `Option<..>` takes NULL as a value. `#[sql(..)]` says `dialect` (without it, all databases),
/// `name` and `schema` where they are not the function's own, `aggregate` for one that is called in a group,
/// `g.call(|t| median(t.price))`, and `crate`. Creating the function is a migration's matter.
#[proc_macro]
pub fn sql_function(input: TokenStream) -> TokenStream {
    match syn::parse(input) {
        Ok(functions) => collect(|mistakes| expand::function(&functions, mistakes)).into(),
        Err(error) => error.into_compile_error().into(),
    }
}
