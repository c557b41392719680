//! Mistakes in attributes: every one of a struct is reported, in our words.

use syn::{DeriveInput, parse_quote};

use crate::expand;
use crate::mistakes::{Mistakes, messages};

type Derive = fn(&DeriveInput, &Mistakes) -> Option<proc_macro2::TokenStream>;

/// Asserts that a derive of this struct gives exactly these messages.
#[track_caller]
fn says(derive: Derive, input: DeriveInput, expected: &[&str]) {
    assert_eq!(messages(|mistakes| derive(&input, mistakes)), expected);
}

#[test]
fn every_mistake_is_reported() {
    let input = parse_quote! {
        #[table(nam = "x", dialect = A, dialect = B)]
        #[index(on = 3)]
        #[check(name = "x")]
        struct T {
            #[column(primary_kye, unique unique)]
            id: i64,
            #[column(name = "id", default = )]
            a: i64,
        }
    };
    let expected = [
        "`#[table(..)]` has no `nam`: did you mean `name`?",
        "`dialect` is given twice",
        "expected a closure of the columns: `|t| (t.a, t.b.desc())`",
        "a check needs a condition: `#[check(|t| t.price.gt(0))]`",
        "`#[column(..)]` has no `primary_kye`: did you mean `primary_key`?",
        "expected a comma",
        "`default = ` has no value",
        "the column of `id` is named `id`, too",
    ];
    says(expand::table, input, &expected);
}

#[test]
fn shapes() {
    says(
        expand::table,
        parse_quote!(
            struct T;
        ),
        &["`Table` needs at least one field"],
    );
    says(
        expand::table,
        parse_quote!(
            struct T {}
        ),
        &["`Table` needs at least one field"],
    );
    let tuple = ["`Row` is for structs with named fields: each is a column"];
    says(
        expand::row,
        parse_quote!(
            struct T(i64);
        ),
        &tuple,
    );
    let enumeration = ["`Insert` is for structs with named fields, not for enums"];
    says(
        expand::insert,
        parse_quote!(
            #[insert(table = T)]
            enum E {
                A,
            }
        ),
        &enumeration,
    );
    let generic = ["`Table` does not support generic types: its columns must be known"];
    says(
        expand::table,
        parse_quote!(
            struct T<X> {
                x: X,
            }
        ),
        &generic,
    );
    let skipped = ["a table needs at least one column"];
    says(
        expand::table,
        parse_quote!(
            struct T {
                #[column(skip)]
                x: i64,
            }
        ),
        &skipped,
    );
    let missing = ["say which table this is for: `#[patch(table = Thread)]`"];
    says(
        expand::patch,
        parse_quote!(
            struct T {
                x: i64,
            }
        ),
        &missing,
    );
    let list = ["write `#[table(..)]`"];
    says(
        expand::table,
        parse_quote!(
            #[table]
            struct T {
                x: i64,
            }
        ),
        &list,
    );
}

#[test]
fn keys() {
    let two = ["a table has one primary key: for one of several columns, say `#[table(primary_key(a, b))]`"];
    says(
        expand::table,
        parse_quote!(
            struct T {
                #[column(primary_key)]
                a: i64,
                #[column(primary_key)]
                b: i64,
            }
        ),
        &two,
    );
    let both = [
        "the primary key is given by `#[table(primary_key(..))]` already",
        "there is no column `c`",
        "`a` is in the key twice",
    ];
    says(
        expand::table,
        parse_quote!(
            #[table(primary_key(a, c, a))]
            struct T {
                #[column(primary_key)]
                a: i64,
            }
        ),
        &both,
    );
    let numbered = ["`auto_increment` is for the primary key: add `primary_key`"];
    says(
        expand::table,
        parse_quote!(
            struct T {
                #[column(auto_increment)]
                a: i64,
            }
        ),
        &numbered,
    );
    let unique = ["a primary key is unique already"];
    says(
        expand::table,
        parse_quote!(
            struct T {
                #[column(primary_key, unique)]
                a: i64,
            }
        ),
        &unique,
    );
}

#[test]
fn attributes_that_exclude_each_other() {
    let cases: [(DeriveInput, &str); 11] = [
        (
            parse_quote!(
                struct T {
                    x: i64,
                    #[column(skip, index)]
                    a: i64,
                }
            ),
            "`skip` says that there is no column, so there is no `index`",
        ),
        (
            parse_quote!(
                struct T {
                    #[column(created_at, default = now())]
                    a: i64,
                }
            ),
            "the library fills this column with the time: it needs no `default`",
        ),
        (
            parse_quote!(
                struct T {
                    #[column(created_at, version)]
                    a: i64,
                }
            ),
            "a column is one of `created_at`, `updated_at` and `version`",
        ),
        (
            parse_quote!(
                struct T {
                    #[column(generated = |t| t.b, default = 1)]
                    a: i64,
                }
            ),
            "a generated column has no `default`",
        ),
        (
            parse_quote!(
                struct T {
                    #[column(on_delete = Cascade)]
                    a: i64,
                }
            ),
            "`on_delete` and `on_update` go with `references = Table::column`",
        ),
        (
            parse_quote!(
                struct T {
                    #[column(references = User)]
                    a: i64,
                }
            ),
            "`references` names a table's struct and the field: `references = User::id`",
        ),
        (
            parse_quote!(
                struct T {
                    #[column(len = 3, precision = (3, 1))]
                    a: i64,
                }
            ),
            "`len` is for text, `precision` for decimals",
        ),
        (
            parse_quote!(
                struct T {
                    #[column(precision = (3, 4))]
                    a: i64,
                }
            ),
            "`precision` is all digits, then those after the point: `(10, 2)`",
        ),
        (
            parse_quote!(
                struct T {
                    #[column(prefix = "x")]
                    a: i64,
                }
            ),
            "`prefix` goes with `embed`",
        ),
        (
            parse_quote!(
                struct T {
                    #[column(embed, unique)]
                    a: i64,
                }
            ),
            "`unique` is said of the columns inside the embedded struct",
        ),
        (
            parse_quote!(
                struct T {
                    #[column(len = 0)]
                    a: i64,
                }
            ),
            "`len` is a whole number: `len = 80`",
        ),
    ];
    for (input, expected) in cases {
        says(expand::table, input, &[expected]);
    }
}

#[test]
fn names() {
    says(
        expand::table,
        parse_quote!(
            #[table(name = "")]
            struct T {
                a: i64,
            }
        ),
        &["a name cannot be empty"],
    );
    let control = ["a name cannot contain control characters"];
    says(
        expand::table,
        parse_quote!(
            struct T {
                #[column(name = "a\u{7f}")]
                a: i64,
            }
        ),
        &control,
    );
    let long = "x".repeat(64);
    let too_long = ["a name cannot be longer than 63 bytes: databases cut it off"];
    says(
        expand::table,
        parse_quote!(
            #[table(schema = #long)]
            struct T {
                a: i64,
            }
        ),
        &too_long,
    );
    let twice = ["two indexes or unique constraints are named `i`: say `name = \"..\"`"];
    let input = parse_quote! {
        #[index(on = |t| t.a, name = "i")]
        #[index(on = |t| t.b, name = "i")]
        struct T { a: i64, b: i64 }
    };
    says(expand::table, input, &twice);
    let keys = ["two foreign keys are named `fk_t_a_b`: say `name = \"..\"`"];
    let input = parse_quote! {
        #[table(name = "t")]
        #[foreign_key(on = |t| (t.a, t.b), references = U, to = |u| (u.a, u.b))]
        struct T { a: i64, b: i64, #[column(references = U::id)] a_b: i64 }
    };
    says(expand::table, input, &keys);
    let constants = ["two constants would be named `A_KEY`: say `name = \"..\"`"];
    let input = parse_quote! {
        #[index(on = |t| t.b, name = "a", unique)]
        struct T { #[column(unique)] a: i64, b: i64 }
    };
    says(expand::table, input, &constants);
    says(
        expand::table,
        parse_quote!(
            struct T {
                __source: i64,
            }
        ),
        &["`__source` is taken: name the field otherwise and say `name = \"..\"`"],
    );
}

#[test]
fn tables_have_at_most_so_many_columns() {
    let fields = |n: usize| (0..n).map(|i| quote::format_ident!("c{i}")).collect::<Vec<_>>();
    let (most, many) = (fields(1600), fields(1601));
    says(expand::table, parse_quote!(struct T { #(#most: i64),* }), &[]);
    let expected = ["a table has at most 1600 columns, this one has 1601"];
    says(expand::table, parse_quote!(struct T { #(#many: i64),* }), &expected);
}

#[test]
fn column_types() {
    let none = "`SqlType` is for newtypes, `struct UserId(i64)`, and for enums without fields";
    says(
        expand::sql_type,
        parse_quote!(
            struct T {
                a: i64,
            }
        ),
        &[none],
    );
    says(
        expand::sql_type,
        parse_quote!(
            struct T(i64, i64);
        ),
        &[none],
    );
    says(
        expand::sql_type,
        parse_quote!(
            enum E {
                A(i64),
                B,
            }
        ),
        &["a variant is a label in the database: it has no fields"],
    );
    says(
        expand::sql_type,
        parse_quote!(
            enum E {}
        ),
        &["an enum needs at least one variant"],
    );
    let twice = ["`A` has the label `b`, too"];
    says(
        expand::sql_type,
        parse_quote!(
            enum E {
                #[sql_type(label = "b")]
                A,
                B,
            }
        ),
        &twice,
    );
    let style = ["there is no style `snakecase`: did you mean `snake_case`?"];
    says(
        expand::sql_type,
        parse_quote!(
            #[sql_type(rename_all = "snakecase")]
            enum E {
                A,
            }
        ),
        &style,
    );
}

#[test]
fn embedded_structs_leave_keys_to_the_table() {
    let input = parse_quote!(
        struct E {
            #[column(primary_key, nam = "x")]
            a: i64,
        }
    );
    let expected = [
        "`primary_key` is said in the table, not in a struct that is embedded in it",
        "`#[column(..)]` has no `nam`: did you mean `name`?",
    ];
    says(expand::embed, input, &expected);
}

#[test]
fn a_right_struct_gives_no_message() {
    let input = parse_quote! {
        #[table(name = "t", dialect = (B, A), primary_key(a, b), comment = "c", crate = crate::x)]
        #[index(on = |t| (t.a, t.b.desc()), unique, filter = |t| t.a.gt(f::<i64, i64>(3)))]
        #[check(|t| t.a.gt(3))]
        struct T {
            a: i64,
            #[column(type = "citext", len = 3, references = module::User::id, on_delete = Cascade)]
            b: String,
            #[column(default = vec![1, 2], comment = "x", unique = "u")]
            c: Vec<i64>,
            #[column(embed, prefix = "")]
            d: D,
        }
    };
    says(expand::table, input, &[]);
}

#[test]
fn types_that_no_column_has() {
    let input = parse_quote! {
        struct T {
            a: u64,
            b: Option<u8>,
            c: Option<Option<String>>,
            d: &'static str,
            #[column(skip)]
            e: u64,
            f: Vec<u8>,
        }
    };
    let expected = [
        "`u64` is not a column type: use `i64`",
        "`u8` is not a column type: use `i16`",
        "a column is optional once: SQL has one NULL",
        "a column owns its value: use `String` for text, `Vec<u8>` for bytes",
    ];
    says(expand::table, input, &expected);
    let nullable = ["a newtype is of a value that is there: a column can be an `Option<T>`"];
    says(
        expand::sql_type,
        parse_quote!(
            struct T(Option<i64>);
        ),
        &nullable,
    );
    let method = ["there is no index method `Bitmap`: there are `BTree`, `Gin`, `Gist`, `Brin`, `Hash`, `FullText`"];
    says(
        expand::table,
        parse_quote!(
            #[index(on = |t| t.a, using = Bitmap)]
            struct T {
                a: i64,
            }
        ),
        &method,
    );
}
