//! Derived code in hostile surroundings: names taken, no prelude, other paths, inside functions and macros.

mod shadowed {
    //! Types of the user's with the names of everything that generated code could mean.
    #![allow(dead_code, non_upper_case_globals, reason = "the names are there to be in the way")]

    pub(super) struct Option;
    pub(super) struct Result;
    pub(super) struct Vec;
    pub(super) struct Some;
    pub(super) struct Ok;
    pub(super) struct Clone;
    pub(super) struct Copy;
    pub(super) struct Default;
    pub(super) struct From;
    pub(super) struct Column;
    pub(super) struct Table;
    #[derive(relvar::SqlType, Debug, Clone)]
    pub(super) struct String(std::string::String);
    #[derive(relvar::SqlType, Debug, Clone)]
    pub(super) struct N(i64);
    #[derive(relvar::SqlType, Debug, Clone)]
    pub(super) struct D(i64);
    #[derive(relvar::SqlType, Debug, Clone)]
    pub(super) struct A0(i64);
    #[derive(relvar::SqlType, Debug, Clone)]
    pub(super) enum Kind {
        Ok,
        Err,
    }

    pub(super) const index: u32 = 0;
    pub(super) const columns: u32 = 0;
    pub(super) const values: u32 = 0;

    #[derive(relvar::Table, std::fmt::Debug)]
    #[table(primary_key(n, d))]
    #[index(on = |t| (t.n, t.string), unique)]
    pub(super) struct Shadow {
        pub(super) n: N,
        pub(super) d: D,
        pub(super) a0: std::option::Option<A0>,
        #[column(len = 20)]
        pub(super) string: String,
        pub(super) kind: Kind,
        #[column(default = String(std::string::String::new()))]
        pub(super) columns: String,
        #[column(skip)]
        pub(super) source: i8,
    }

    #[derive(relvar::Row)]
    pub(super) struct Shadows {
        pub(super) n: N,
        pub(super) d: D,
        pub(super) a0: A0,
        pub(super) string: String,
    }

    #[derive(relvar::Insert)]
    #[insert(table = Shadow)]
    pub(super) struct NewShadow {
        pub(super) n: N,
        pub(super) d: D,
        pub(super) string: String,
        pub(super) kind: Kind,
    }

    #[derive(relvar::Embed)]
    pub(super) struct Inner {
        pub(super) n: N,
        pub(super) o: std::option::Option<D>,
    }
}

mod bare {
    //! Without Rust's prelude and without relvar's.
    #![no_implicit_prelude]
    #![deny(warnings)]
    #![allow(dead_code)]

    #[derive(::relvar::Table)]
    #[index(on = |t| t.name, name = "by name")]
    #[index(on = |t| (t.name, t.id), unique)]
    pub(super) struct Bare {
        #[column(primary_key, auto_increment)]
        pub(super) id: i32,
        #[column(unique, len = 20, default = "x", type = "citext", comment = "hm")]
        pub(super) name: ::std::string::String,
        #[column(embed)]
        pub(super) part: Part,
    }

    #[derive(::relvar::Embed, ::std::clone::Clone)]
    pub(super) struct Part {
        pub(super) x: ::std::option::Option<bool>,
    }

    #[derive(::relvar::Row)]
    pub(super) struct Named {
        pub(super) name: ::std::string::String,
    }

    #[derive(::relvar::Insert)]
    #[insert(table = Bare)]
    pub(super) struct NewBare {
        pub(super) part: Part,
    }

    #[derive(::relvar::Patch)]
    #[patch(table = Bare)]
    pub(super) struct BarePatch {
        pub(super) name: ::relvar::query::source::Set<::std::string::String>,
    }

    #[derive(::relvar::SqlType)]
    pub(super) enum One {
        One,
    }
}

mod elsewhere {
    //! relvar under another name.
    #![allow(dead_code, reason = "deriving is the test")]

    pub(super) mod inside {
        pub(crate) use relvar::*;
    }

    use relvar::prelude::*;

    #[derive(Table, Clone)]
    #[table(crate = crate::hygiene::elsewhere::inside, dialect = Sqlite, name = "w")]
    pub(super) struct Where {
        #[column(primary_key)]
        pub(super) r#type: i64,
        #[column(unique)]
        pub(super) r#match: String,
    }

    #[derive(Row)]
    #[row(crate = inside)]
    pub(super) struct Wheres {
        pub(super) r#type: i64,
    }

    #[derive(Insert)]
    #[insert(table = Where, crate = self::inside)]
    pub(super) struct NewWhere {
        pub(super) r#type: i64,
        pub(super) r#match: String,
    }
}

use relvar::prelude::*;

#[test]
fn raw_identifiers_are_plain_names() {
    let where_ = elsewhere::Where::definition();
    assert_eq!(where_.columns[0].name, "type");
    assert_eq!(where_.unique[0].name, "w_match_key");
    assert_eq!(elsewhere::Where::MATCH_KEY.columns(), [1]);
    let _ =
        elsewhere::Where::query().filter(|w| w.r#match.eq("x")).select(|w| elsewhere::WheresExprs { r#type: w.r#type });
    let _ = elsewhere::Where::insert(elsewhere::NewWhere { r#type: 1, r#match: "x".into() });
}

#[test]
fn tables_can_be_local() {
    #[derive(Table, Clone)]
    struct Local {
        #[column(primary_key)]
        id: i64,
        name: Option<String>,
        #[column(references = Local::id)]
        parent: Option<i64>,
    }
    #[derive(Row)]
    #[allow(dead_code)]
    struct Some {
        name: Option<String>,
    }
    let _ = Local::query().filter(|l| l.name.is_null()).select(|l| SomeExprs { name: l.name });
    assert_eq!(Local::definition().foreign_keys[0].to_table, "locals");
    assert_eq!(bare::Bare::definition().indexes[0].name, "by name");
    assert_eq!(bare::Bare::BY_NAME.name(), "by name");
    assert_eq!(shadowed::Shadow::definition().columns.len(), 6);
}

#[test]
fn tables_can_come_out_of_macros() {
    macro_rules! table {
        ($name:ident, $field:ident: $ty:ty, $closure:expr, $default:expr, $index:literal) => {
            #[derive(Table, Clone)]
            #[table(dialect = Postgres)]
            #[index(on = |t| (t.$field, t.id.desc()), filter = |t| t.id.gt($default))]
            #[index(on = $closure, name = $index)]
            struct $name {
                #[column(primary_key)]
                id: i64,
                #[column(default = $default, references = $name::id)]
                $field: $ty,
            }
        };
    }
    table!(Made, other: i64, |t| t.other, 7, "given");
    assert_eq!(Made::definition().indexes[0].name, "idx_mades_other_id");
    assert_eq!(Made::GIVEN.name(), "given");
}

mod by_function {
    #![allow(dead_code, reason = "deriving is the test")]

    use relvar::prelude::*;

    #[derive(Table)]
    #[table(dialect = Postgres)]
    #[index(on = key)]
    #[check(condition = not_empty)]
    pub(super) struct ByFunction {
        #[column(generated = self::key)]
        lower: String,
        name: Option<String>,
    }

    fn key(t: ByFunctionColumns) -> Expr<String, Postgres> {
        t.name.coalesce("").lower()
    }

    pub(super) fn not_empty<N: Nullness>(t: ByFunctionColumns<N>) -> Condition<Postgres> {
        t.name.is_distinct_from("")
    }
}

#[test]
fn functions_stand_for_closures() {
    let defined = by_function::ByFunction::definition();
    assert_eq!(defined.indexes[0].name, "idx_by_functions_1");
    assert!(defined.columns[0].generated.is_some());
    let _ = by_function::ByFunction::query().filter(by_function::not_empty);
}

#[test]
fn tables_can_be_wide() {
    macro_rules! wide {
        ($($field:ident)*) => {
            #[derive(Table, Clone)]
            struct Wide {
                #[column(primary_key)]
                id: i64,
                $(#[column(index, len = 20)] $field: Option<String>,)*
            }
            #[derive(Row)]
            #[allow(dead_code)]
            struct WideRow {
                $($field: Option<String>,)*
            }
            const COUNT: usize = [$(stringify!($field)),*].len();
        };
    }
    wide! {
        f00 f01 f02 f03 f04 f05 f06 f07 f08 f09 f10 f11 f12 f13 f14 f15 f16 f17 f18 f19
        f20 f21 f22 f23 f24 f25 f26 f27 f28 f29 f30 f31 f32 f33 f34 f35 f36 f37 f38 f39
    }
    assert_eq!(Wide::definition().columns.len(), COUNT + 1);
    assert_eq!(Wide::definition().indexes.len(), COUNT);
    assert_eq!(crate::required::<Wide>(), ["id"]);
    let _ = Wide::query().filter(|w| w.f39.eq("x"));
}
