//! Random questions about the users: as queries, as their shapes, and as answers of a model of SQL's logic.

use proptest::arbitrary::any;
use proptest::prelude::*;
use relvar::query::ir::{ListStyle, Statement as Ir};
use relvar_sql_tests::prelude::*;
use std::fmt::Write;

/// What the model knows of the data: id, name, age.
const USERS: [(i64, &str, Option<i32>); 4] =
    [(1, "Ann", Some(31)), (2, "Bob", Some(45)), (3, "Zoë", None), (4, "Dan O'Hara", Some(31))];
const NAMES: [&str; 6] = ["Ann", "Bob", "Zoë", "Dan O'Hara", "' OR 1=1 --", ""];
const AGES: [i32; 4] = [31, 45, 0, -1];

/// A query for ids, beside a value that may be NULL.
#[derive(Clone, Debug)]
pub(super) struct Question {
    tests: Vec<Test>,
    beside: Option<i64>,
    limit: Option<u64>,
    offset: Option<u64>,
    /// Two values that several tests can use.
    shared: [i64; 2],
}

#[derive(Clone, Debug)]
enum Test {
    /// At least one of the shared values: which, and whether the other one is looked at, too.
    Shared(bool, bool),
    IdAbove(i64),
    Name(usize),
    /// IS NOT DISTINCT FROM a value or NULL.
    Age(Option<usize>),
    IdIn(Vec<i64>),
    IdNotIn(Vec<i64>),
    AgeIn(Vec<usize>),
    AgeNotIn(Vec<usize>),
    /// Two bounds: the same expression twice, or two of their own.
    Bounds(i64, Option<i64>),
    /// A CASE of two values.
    Case(i64, i64),
    /// A subquery with a limit.
    InFirst(u64),
    Not(Box<Test>),
    Or(Box<Test>, Box<Test>),
}
use Test::*;

/// Lengths around the powers of two, and none.
fn list<T: Clone + std::fmt::Debug>(element: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Vec<T>> {
    prop::collection::vec(element, 0..=17).boxed()
}

fn test() -> impl Strategy<Value = Test> {
    let id = || -1i64..6;
    let leaf = prop_oneof![
        3 => any::<(bool, bool)>().prop_map(|(which, both)| Shared(which, both)),
        1 => id().prop_map(IdAbove),
        1 => (0..NAMES.len()).prop_map(Name),
        1 => prop::option::of(0..AGES.len()).prop_map(Age),
        1 => list(id()).prop_map(IdIn),
        1 => list(id()).prop_map(IdNotIn),
        1 => list(0..AGES.len()).prop_map(AgeIn),
        1 => list(0..AGES.len()).prop_map(AgeNotIn),
        1 => (id(), prop::option::of(id())).prop_map(|(low, high)| Bounds(low, high)),
        1 => (id(), id()).prop_map(|(one, two)| Case(one, two)),
        1 => (0u64..5).prop_map(InFirst),
    ];
    leaf.prop_recursive(2, 4, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|test| Not(Box::new(test))),
            (inner.clone(), inner).prop_map(|(a, b)| Or(Box::new(a), Box::new(b))),
        ]
    })
}

fn question() -> impl Strategy<Value = Question> {
    let parts = (
        prop::collection::vec(test(), 0..4),
        prop::option::of(any::<i64>()),
        prop::option::of(0u64..5),
        prop::option::of(0u64..3),
        [-1i64..6, -1i64..6],
    );
    parts.prop_map(|(tests, beside, limit, offset, shared)| Question { tests, beside, limit, offset, shared })
}

/// A question, and one that differs from it in one place.
pub(super) fn pair() -> impl Strategy<Value = (Question, Question)> {
    (question(), any::<prop::sample::Index>(), 0i64..18, any::<bool>()).prop_map(|(one, place, with, other)| {
        let mut two = one.clone();
        match place.index(two.tests.len() + 4) {
            0 => two.beside = if other { None } else { Some(with) },
            1 => two.limit = if other { None } else { Some(with.unsigned_abs() % 5) },
            2 => two.offset = if other { None } else { Some(with.unsigned_abs() % 3) },
            3 => two.shared[usize::from(other)] = with % 5,
            test => two.tests[test - 4].change(with, other),
        }
        (one, two)
    })
}

impl Test {
    /// Changes one value, the length of a list, NULL or not, or whether an argument is used twice.
    fn change(&mut self, with: i64, other: bool) {
        let index = |most: usize| with.unsigned_abs() as usize % most;
        match self {
            Shared(which, both) => {
                if other {
                    *which = !*which
                } else {
                    *both = !*both
                }
            }
            IdAbove(id) => *id = with,
            Name(name) => *name = index(NAMES.len()),
            Age(age) => *age = if other { None } else { Some(index(AGES.len())) },
            IdIn(list) | IdNotIn(list) if other => list.resize(index(18), with % 5),
            IdIn(list) | IdNotIn(list) => list.iter_mut().for_each(|id| *id = (*id + with) % 5),
            AgeIn(list) | AgeNotIn(list) => list.resize(index(18), index(AGES.len())),
            Bounds(low, high) => *high = if other { None } else { Some(if with < 9 { *low } else { with % 5 }) },
            Case(one, two) if other => *two = *one,
            Case(one, _) => *one = with % 5,
            InFirst(rows) => *rows = with.unsigned_abs() % 5,
            Not(test) => test.change(with, other),
            Or(a, b) => if other { a } else { b }.change(with, with % 2 == 0),
        }
    }

    fn condition(&self, u: UserColumns, shared: &[Expr<i64, Portable>; 2]) -> Condition<Portable> {
        match self {
            Shared(which, both) => {
                let [one, two] = shared.clone();
                let (this, that) = if *which { (one, two) } else { (two, one) };
                if *both { u.id.gte(this) | u.id.eq(that) } else { u.id.gte(this) }
            }
            IdAbove(id) => u.id.gt(id),
            Name(name) => u.name.eq(NAMES[*name]),
            Age(age) => u.age.is_not_distinct_from(age.map(|age| AGES[age])),
            IdIn(list) => u.id.in_list(list),
            IdNotIn(list) => u.id.not_in_list(list),
            AgeIn(list) => u.age.in_list(list.iter().map(|age| AGES[*age])),
            AgeNotIn(list) => u.age.not_in_list(list.iter().map(|age| AGES[*age])),
            Bounds(low, high) => {
                let low = value(*low);
                let high = high.map_or_else(|| low.clone(), value);
                u.id.gte(low) & u.id.lte(high)
            }
            Case(one, two) => case().when(u.active, *one).otherwise(*two).eq(u.id),
            InFirst(rows) => {
                u.id.in_query(User::query().order_by(|first| first.id.asc()).select(|first| first.id).limit(*rows))
            }
            Not(test) => !test.condition(u, shared),
            Or(a, b) => a.condition(u, shared) | b.condition(u, shared),
        }
    }

    /// What SQL says of a user; nothing is NULL.
    fn holds(&self, (id, name, age): (i64, &str, Option<i32>), shared: [i64; 2]) -> Option<bool> {
        let in_ages = |list: &[usize]| match age {
            _ if list.is_empty() => Some(false),
            age => age.map(|age| list.iter().any(|known| AGES[*known] == age)),
        };
        match self {
            Shared(which, both) => {
                let (this, that) = if *which { (shared[0], shared[1]) } else { (shared[1], shared[0]) };
                Some(id >= this || (*both && id == that))
            }
            IdAbove(bound) => Some(id > *bound),
            Name(known) => Some(name == NAMES[*known]),
            Age(known) => Some(age == known.map(|known| AGES[known])),
            IdIn(list) => Some(list.contains(&id)),
            IdNotIn(list) => Some(!list.contains(&id)),
            AgeIn(list) => in_ages(list),
            AgeNotIn(list) => in_ages(list).map(|held| !held),
            Bounds(low, high) => Some(id >= *low && id <= high.unwrap_or(*low)),
            Case(one, two) => Some(id == if name == "Bob" { *two } else { *one }),
            InFirst(rows) => Some(id <= *rows as i64),
            Not(test) => test.holds((id, name, age), shared).map(|held| !held),
            Or(a, b) => match (a.holds((id, name, age), shared), b.holds((id, name, age), shared)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
        }
    }

    /// Everything about it that is not a value.
    fn shape(&self, lists: ListStyle, known: &mut Vec<bool>, shape: &mut String) {
        let length = |length: usize| match lists {
            ListStyle::Array => 0,
            ListStyle::Padded if length == 0 => 0,
            ListStyle::Padded => length.next_power_of_two(),
        };
        // a shared value is told by the order in which it was first met
        let mut number = |which: bool| match known.iter().position(|known| *known == which) {
            Some(number) => number,
            None => {
                known.push(which);
                known.len() - 1
            }
        };
        let written = match self {
            Shared(which, false) => write!(shape, "shared {} ", number(*which)),
            Shared(which, true) => write!(shape, "shared {} {} ", number(*which), number(!*which)),
            IdAbove(_) => write!(shape, "above "),
            Name(_) => write!(shape, "name "),
            Age(_) => write!(shape, "age "),
            IdIn(list) => write!(shape, "in {} ", length(list.len())),
            IdNotIn(list) => write!(shape, "outside {} ", length(list.len())),
            AgeIn(list) => write!(shape, "ages {} ", length(list.len())),
            AgeNotIn(list) => write!(shape, "no ages {} ", length(list.len())),
            Bounds(_, high) => write!(shape, "bounds {} ", high.is_some()),
            Case(..) => write!(shape, "case "),
            InFirst(_) => write!(shape, "first "),
            Not(test) => {
                shape.push('!');
                test.shape(lists, known, shape);
                Ok(())
            }
            Or(a, b) => {
                shape.push('(');
                a.shape(lists, known, shape);
                shape.push('|');
                b.shape(lists, known, shape);
                shape.push(')');
                Ok(())
            }
        };
        written.unwrap();
    }
}

impl Question {
    pub(super) fn query(&self) -> Rows<(i64, Option<i64>), Portable> {
        let mut query = User::query().order_by(|u| u.id.asc()).select(|u| (u.id, value(self.beside)));
        let shared = self.shared.map(value);
        for test in &self.tests {
            query = query.filter(|u| test.condition(u, &shared));
        }
        if let Some(rows) = self.limit {
            query = query.limit(rows);
        }
        if let Some(rows) = self.offset {
            query = query.offset(rows);
        }
        query.rows()
    }

    pub(super) fn statement(&self) -> Ir {
        self.query().into_ir()
    }

    /// The rows that it should give.
    pub(super) fn answer(&self) -> Vec<(i64, Option<i64>)> {
        let users =
            USERS.into_iter().filter(|user| self.tests.iter().all(|test| test.holds(*user, self.shared) == Some(true)));
        let skipped = users.skip(self.offset.unwrap_or(0) as usize);
        let limit = self.limit.map_or(usize::MAX, |rows| rows as usize);
        skipped.take(limit).map(|(id, ..)| (id, self.beside)).collect()
    }

    /// Everything about it that is not a value: what one SQL text serves.
    pub(super) fn shape(&self, lists: ListStyle) -> String {
        let mut shape = format!("{} {} ", self.limit.is_some(), self.offset.is_some());
        let mut known = Vec::new();
        self.tests.iter().for_each(|test| test.shape(lists, &mut known, &mut shape));
        shape
    }
}
