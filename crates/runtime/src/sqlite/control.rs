//! Transaction control, told by its first word.

/// How a transaction that may not write begins: where the connection could write, that is switched off for it.
pub(super) const BEGIN_READ_ONLY: &str = "BEGIN /* READ ONLY */";

/// A statement that begins, ends or divides a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    /// BEGIN
    Begin,
    /// COMMIT, END
    Commit,
    /// ROLLBACK of all
    Rollback,
    /// SAVEPOINT, RELEASE, ROLLBACK TO
    Savepoint,
}

impl Control {
    /// What `sql` is, if it is that and nothing else.
    pub(super) fn of(sql: &str) -> Option<Control> {
        let sql = sql.trim().trim_end_matches(';');
        if sql.contains(';') {
            return None;
        }
        let mut words = sql.split_ascii_whitespace();
        let first = words.next()?;
        let is = |word: &str| first.eq_ignore_ascii_case(word);
        Some(if is("BEGIN") {
            Control::Begin
        } else if is("COMMIT") || is("END") {
            Control::Commit
        } else if is("SAVEPOINT") || is("RELEASE") {
            Control::Savepoint
        } else if is("ROLLBACK") {
            if words.any(|word| word.eq_ignore_ascii_case("TO")) { Control::Savepoint } else { Control::Rollback }
        } else {
            return None;
        })
    }
}
