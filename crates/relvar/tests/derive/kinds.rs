//! Newtypes, enums and embedded structs.

use relvar::derive::{Cell, Insertable, Placed, Table as _};
use relvar::prelude::*;
use relvar::query::source::Embedded;
use relvar::query::types::{Cells, DecodeError, Kind, RowReader, Type};
use relvar::query::value::Value;

use crate::forum::{Money, Mood, UserId};

#[derive(Embed, Debug, Clone, PartialEq, Default)]
pub(crate) struct Point {
    lat: f64,
    #[column(name = "long", default = 0.5)]
    lng: f64,
}

#[derive(Embed, Debug, Clone, PartialEq, Default)]
pub(crate) struct Address {
    #[column(type = "citext", len = 40)]
    street: String,
    #[column(embed, prefix = "at_")]
    point: Point,
    zip: Option<String>,
    #[column(skip)]
    checked: bool,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[index(on = |t| (t.home.street, t.name))]
#[check(|t| t.home.point.lat.lt(90.0))]
struct Company {
    #[column(primary_key)]
    id: i64,
    #[column(embed)]
    home: Address,
    #[column(unique, type = "char(3)", len = 3)]
    name: String,
    #[column(embed, prefix = "")]
    r#where: Point,
}

#[derive(Table, Debug)]
#[foreign_key(on = |b| (b.company, b.at.street), references = Company, to = |c| (c.id, c.home.street))]
struct Branch {
    #[column(primary_key)]
    id: i64,
    company: i64,
    #[column(embed)]
    at: Address,
}

#[derive(Insert)]
#[insert(table = Company)]
struct NewCompany {
    name: String,
    home: Address,
    id: i64,
    r#where: Point,
}

#[derive(Patch)]
#[patch(table = Company)]
struct CompanyPatch {
    home: Set<Address>,
    name: Set<&'static str>,
}

#[derive(Row, Debug)]
#[allow(dead_code, reason = "deriving is the test")]
struct Place {
    id: i64,
    #[row(nested)]
    address: Address,
    #[row(nested)]
    maybe: Option<Point>,
}

struct Row(Vec<Cell<'static>>);

impl Cells for Row {
    fn cell(&self, index: usize) -> Result<Cell<'_>, DecodeError> {
        self.0.get(index).copied().ok_or(DecodeError::Missing)
    }
}

fn company() -> Company {
    let home = Address { street: "x".into(), point: Point { lat: 1.0, lng: 2.0 }, ..Address::default() };
    Company { id: 3, home, name: "abc".into(), r#where: Point { lat: 4.0, lng: 5.0 } }
}

#[test]
fn embedded_columns_stand_in_the_table() {
    let names: Vec<&str> = Company::TABLE.columns.iter().map(|name| name.as_ref()).collect();
    let expected = ["id", "home_street", "home_at_lat", "home_at_long", "home_zip", "name", "lat", "long"];
    assert_eq!(names, expected);
    assert_eq!(Company::TABLE.name, "companies");
    let defined = Company::definition();
    assert_eq!(defined.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>(), expected);
    assert_eq!(defined.columns[1].ty, Type::named("citext", Kind::Text));
    assert_eq!((defined.columns[1].length, defined.columns[4].nullable), (Some(40), true));
    assert!(defined.columns[3].default.is_some() && defined.columns[2].default.is_none());
    assert_eq!(defined.indexes[0].name, "idx_companies_home_street_name");
    assert_eq!(crate::required::<Company>(), ["id", "home_street", "home_at_lat", "name", "lat"]);
    let columns = Company::columns::<NotNull>(relvar::derive::SourceId(9));
    let positions = [columns.home.point.lng.at().index, columns.home.zip.at().index, columns.name.at().index];
    assert_eq!(positions, [3, 4, 5]);
    assert_eq!(columns.r#where.lng.at().index, 7);
    assert_eq!(Company::NAME_KEY.columns(), [5]);
    let types = |index| <Company as relvar::derive::Origin>::column_type(index).and_then(|ty| ty.name.as_deref());
    assert_eq!([types(1), types(2), types(5), types(6)], [Some("citext"), None, Some("char(3)"), None]);
}

#[test]
fn embedded_structs_are_read_and_written_whole() {
    let cells = vec![
        Cell::Integer(3),
        Cell::Text(b"x"),
        Cell::Real(1.0),
        Cell::Real(2.0),
        Cell::Null,
        Cell::Text(b"abc"),
        Cell::Real(4.0),
        Cell::Real(5.0),
    ];
    assert_eq!(<Company as relvar::query::source::Table>::read(&mut RowReader::new(&Row(cells))).unwrap(), company());
    let columns = <NewCompany as Insertable<Company>>::COLUMNS;
    assert_eq!(columns, [5, 1, 2, 3, 4, 0, 6, 7]);
    let Company { id, home, name, r#where } = company();
    let row = NewCompany { name, home, id, r#where };
    assert_eq!(crate::values::<Company>(row).len(), columns.len());
    let changes = company().changes();
    assert_eq!(changes.into_iter().map(|c| c.into_ir().column).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7]);
    let patch = CompanyPatch { home: Set::To(Address::default()), name: Set::Leave };
    let changes = relvar::query::source::Patch::<Company>::changes(patch);
    assert_eq!(changes.len(), 4);
    let mut all = Vec::new();
    Placed::changes(Company::columns::<NotNull>(relvar::derive::SourceId(0)).home.set(Address::default()), &mut all);
    assert_eq!(all.len(), 4);
    assert_eq!(Address::COLUMNS.len(), 4);
}

#[test]
fn embedded_columns_are_queried() {
    fn is<Q: Fetchable<Row = R>, R>(_: Q) {}
    is::<_, Address>(Company::query().filter(|c| c.home.street.eq("x")).select(|c| c.home));
    is::<_, (Company, Option<Point>)>(
        Company::query()
            .left_join(Company::table(), |a, b| a.home.zip.eq(b.home.zip))
            .select(|(a, b)| (a, b.home.point)),
    );
    is::<_, Place>(Company::query().left_join(Company::table(), |a, b| a.id.eq(b.id)).select(|(a, b)| PlaceExprs {
        id: a.id,
        address: a.home,
        maybe: b.r#where,
    }));
    let _ = Company::update().everywhere().set(|c| (c.home.set(Address::default()), c.home.street.set("y")));
}

#[test]
fn newtypes_travel_as_what_is_inside() {
    assert_eq!(UserId(3).into_value(), Value::I64(3));
    assert_eq!(UserId::decode(Cell::Integer(4)).unwrap(), UserId(4));
    assert_eq!(UserId::SQL_TYPE, i64::SQL_TYPE);
    assert_eq!(<Option<Money> as relvar::query::types::SqlType>::decode(Cell::Null).unwrap(), None);

    #[derive(SqlType, Clone)]
    #[sql_type(type = "citext")]
    struct Slug(#[allow(dead_code)] String);
    assert_eq!(Slug::SQL_TYPE, &Type::named("citext", Kind::Text));
    #[derive(SqlType, Clone)]
    struct Document(#[allow(dead_code)] Json<serde_json::Value>);
    assert_eq!(Document::SQL_TYPE.kind, Kind::Json);
}

#[test]
fn enums_travel_as_labels() {
    assert_eq!(Mood::Sad.into_value(), Value::Text("it's sad".into()));
    assert_eq!(Mood::decode(Cell::Text(b"very-happy")).unwrap(), Mood::VeryHappy);
    assert_eq!(Mood::decode(Cell::Binary(b"it's sad")).unwrap(), Mood::Sad);
    let error = Mood::decode(Cell::Text(b"secret")).unwrap_err().to_string();
    assert_eq!(error, "not a valid label of `mood`: the Rust enum has no such label");
    assert_eq!(Mood::decode(Cell::Null), Err(DecodeError::Null));
    assert_eq!(Mood::LABELS, ["very-happy", "it's sad"]);
    assert_eq!(<Vec<Mood> as relvar::query::types::SqlType>::LABELS, Mood::LABELS);

    #[derive(SqlType)]
    enum Order {
        #[allow(dead_code)]
        NewOne,
    }
    assert_eq!(Order::SQL_TYPE.name.as_deref(), Some("\"order\""));
    assert_eq!(Order::LABELS, ["new_one"]);
}

#[test]
fn foreign_keys_of_embedded_columns() {
    let [key] = <[_; 1]>::try_from(Branch::definition().foreign_keys).unwrap();
    assert_eq!(key.columns, ["company", "at_street"]);
    assert_eq!(
        (key.to_table.as_str(), key.to_columns.as_slice()),
        ("companies", ["id", "home_street"].map(String::from).as_slice())
    );
    assert_eq!(key.name, "fk_branches_company_at_street");
}
