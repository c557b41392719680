//! The names in the server's messages, which the protocol has no fields for. Never its data: a message may
//! quote a value, and the value may be made to look like the rest of a message.

/// What an error is about.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) constraint: Option<String>,
    pub(super) table: Option<String>,
    pub(super) column: Option<String>,
}

/// The names in a message. `keys_with_table` says whether keys are named `table.key`.
pub(super) fn names(number: u16, message: &str, keys_with_table: bool) -> Names {
    let names = match number {
        1062 | 1586 => key(message, keys_with_table),
        1451 | 1452 => foreign_key(message),
        1048 => enclosed(message, "Column '", "' cannot be null").map(of_column),
        1364 => enclosed(message, "Field '", "' doesn't have a default value").map(of_column),
        3819 => enclosed(message, "Check constraint '", "' is violated.")
            .map(|name| Names { constraint: Some(name.to_owned()), ..Names::default() }),
        4025 => check(message),
        // names of the statement, which is shown anyway
        1054 => unknown_column(message),
        1146 => enclosed(message, "Table '", "' doesn't exist")
            .map(|path| Names { table: Some(path.rsplit('.').next().unwrap_or(path).to_owned()), ..Names::default() }),
        1264 | 1265 | 1292 | 1366 | 1406 => column(message).map(of_column),
        _ => None,
    };
    names.unwrap_or_default()
}

fn of_column(name: &str) -> Names {
    Names { column: Some(name.to_owned()), ..Names::default() }
}

fn enclosed<'m>(message: &'m str, before: &str, after: &str) -> Option<&'m str> {
    message.strip_prefix(before)?.strip_suffix(after)
}

/// `Unknown column 'table.column' in 'where clause'`: the last part of it.
fn unknown_column(message: &str) -> Option<Names> {
    let (path, _) = message.strip_prefix("Unknown column '")?.rsplit_once("' in '")?;
    Some(of_column(path.rsplit('.').next().unwrap_or(path)))
}

/// `Duplicate entry 'value' for key 'name'`: the name is what stands last.
fn key(message: &str, with_table: bool) -> Option<Names> {
    let (_, rest) = message.rsplit_once("' for key '")?;
    let name = rest.strip_suffix('\'')?;
    let (table, constraint) = match name.split_once('.').filter(|_| with_table) {
        Some((table, key)) => (Some(table.to_owned()), key),
        None => (None, name),
    };
    Some(Names { constraint: Some(constraint.to_owned()), table, column: None })
}

/// ``… a foreign key constraint fails (`db`.`table`, CONSTRAINT `name` FOREIGN KEY …``: there is no data in it.
fn foreign_key(message: &str) -> Option<Names> {
    let (_, rest) = message.split_once(" (")?;
    let (table, rest) = last_of_path(rest)?;
    let constraint = rest.strip_prefix(", CONSTRAINT ").and_then(quoted).map(|(name, _)| name);
    Some(Names { constraint, table: Some(table), column: None })
}

/// ``CONSTRAINT `name` failed for `db`.`table` ``
fn check(message: &str) -> Option<Names> {
    let (constraint, rest) = quoted(message.strip_prefix("CONSTRAINT ")?)?;
    let table = rest.strip_prefix(" failed for ").and_then(last_of_path).map(|(table, _)| table);
    Some(Names { constraint: Some(constraint), table, column: None })
}

/// `… for column 'name' at row 1`, or with a path in backticks: nothing unless it stands at the very end.
fn column(message: &str) -> Option<&str> {
    let (before, row) = message.rsplit_once(" at row ")?;
    if row.is_empty() || !row.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (_, name) = before.rsplit_once(" for column ")?;
    match name.strip_prefix('\'') {
        Some(name) => name.strip_suffix('\''),
        None => name.strip_suffix('`')?.rsplit_once('`').map(|(_, name)| name),
    }
}

/// A name in backticks, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('`')?;
    let mut name = String::new();
    loop {
        let (part, after) = rest.split_once('`')?;
        name.push_str(part);
        match after.strip_prefix('`') {
            Some(more) => {
                name.push('`');
                rest = more;
            }
            None => return Some((name, after)),
        }
    }
}

/// The last of several names in backticks with dots between them, and what follows.
fn last_of_path(text: &str) -> Option<(String, &str)> {
    let (mut name, mut rest) = quoted(text)?;
    while let Some((next, after)) = rest.strip_prefix('.').and_then(quoted) {
        (name, rest) = (next, after);
    }
    Some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(constraint: &str, table: &str, column: &str) -> Names {
        let some = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        Names { constraint: some(constraint), table: some(table), column: some(column) }
    }

    #[test]
    fn names_are_found() {
        for (number, message, with_table, expected) in [
            (1062, "Duplicate entry 'a@b' for key 'users.email'", true, named("email", "users", "")),
            (1062, "Duplicate entry 'a@b' for key 'email.x'", false, named("email.x", "", "")),
            (1062, "Duplicate entry '' for key 'k' for key 't.PRIMARY'", true, named("PRIMARY", "t", "")),
            (
                1452,
                "Cannot add or update a child row: a foreign key constraint fails (`my``db`.`child`, CONSTRAINT `fk` \
                 FOREIGN KEY (`p`) REFERENCES `p` (`id`))",
                true,
                named("fk", "child", ""),
            ),
            (1054, "Unknown column 't.n' in 'field list'", true, named("", "", "n")),
            (1146, "Table 'd.t' doesn't exist", true, named("", "t", "")),
            (1048, "Column 'n' cannot be null", true, named("", "", "n")),
            (1364, "Field 'n' doesn't have a default value", true, named("", "", "n")),
            (3819, "Check constraint 'n_positive' is violated.", true, named("n_positive", "", "")),
            (4025, "CONSTRAINT `n_positive` failed for `d`.`p`", false, named("n_positive", "p", "")),
            (4025, "CONSTRAINT `p.n` failed for `d`.`p`", false, named("p.n", "p", "")),
            (1406, "Data too long for column 'x' at row 1", true, named("", "", "x")),
            (1366, "Incorrect integer value: 'abc' for column `d`.`t`.`x` at row 12", false, named("", "", "x")),
        ] {
            assert_eq!(names(number, message, with_table), expected, "{message}");
        }
    }

    #[test]
    fn data_is_never_taken_for_a_name() {
        for (number, message) in [
            (1292, "Truncated incorrect DOUBLE value: 'x for column 'secret' at row 1'"),
            (1292, "Truncated incorrect DOUBLE value: 'x for column `secret` at row 1'"),
            (1366, "Incorrect integer value: 'secret' for column"),
            (1062, "Duplicate entry 'secret' for key"),
            (1062, "secret"),
            (1451, "secret"),
            (1452, " (`secret"),
            (4025, "CONSTRAINT `secret"),
        ] {
            assert_eq!(names(number, message, true), Names::default(), "{message}");
        }
        // the value ends in what looks like the rest; the last is the server's own
        let message = "Incorrect integer value: 'x' for column 'secret' at row 1' for column 'n' at row 1";
        assert_eq!(names(1366, message, true), named("", "", "n"));
    }
}
