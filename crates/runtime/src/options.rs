//! Options: how many connections, how long to wait for what, what to warn about.

use std::time::Duration;

/// How a database is connected to.
///
/// Every option has a default that suits a service; the URL says the rest.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Options {
    pub(crate) max_connections: Option<u32>,
    pub(crate) acquire_timeout: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) max_lifetime: Option<Duration>,
    pub(crate) ping_after: Duration,
    pub(crate) statement_timeout: Option<Duration>,
    pub(crate) response_timeout: Option<Duration>,
    pub(crate) lock_timeout: Option<Duration>,
    pub(crate) busy_timeout: Duration,
    pub(crate) application_name: Option<String>,
    pub(crate) slow_statement: Duration,
    pub(crate) cache_bytes: usize,
    pub(crate) blocking_pool: bool,
    pub(crate) stable_plans: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            max_connections: None,
            acquire_timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            idle_timeout: Some(Duration::from_secs(10 * 60)),
            max_lifetime: Some(Duration::from_secs(30 * 60)),
            ping_after: Duration::from_secs(30),
            statement_timeout: None,
            response_timeout: None,
            lock_timeout: None,
            busy_timeout: Duration::from_secs(5),
            application_name: None,
            slow_statement: Duration::from_secs(1),
            cache_bytes: 16 << 20,
            blocking_pool: false,
            stable_plans: false,
        }
    }
}

impl Options {
    /// The defaults.
    pub fn new() -> Options {
        Options::default()
    }

    /// How many connections there are at most; at least one. By default 10 to a server; on SQLite, where
    /// this counts the readers beside the one writer, as many as there are processors, at least 2.
    #[must_use]
    pub fn max_connections(mut self, max: u32) -> Options {
        self.max_connections = Some(max.max(1));
        self
    }

    /// How long a statement waits for a free connection: 30 seconds by default.
    #[must_use]
    pub fn acquire_timeout(mut self, timeout: Duration) -> Options {
        self.acquire_timeout = timeout;
        self
    }

    /// How long making one connection may take: 10 seconds by default.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Options {
        self.connect_timeout = timeout;
        self
    }

    /// After how long without use a connection is closed: 10 minutes by default, never if `None`.
    #[must_use]
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Options {
        self.idle_timeout = timeout.into();
        self
    }

    /// After how long a connection is replaced by a new one: 30 minutes by default, never if `None`.
    #[must_use]
    pub fn max_lifetime(mut self, lifetime: impl Into<Option<Duration>>) -> Options {
        self.max_lifetime = lifetime.into();
        self
    }

    /// After how long without use a connection is asked whether it is still there, before it is used
    /// again: 30 seconds by default.
    #[must_use]
    pub fn ping_after(mut self, idle: Duration) -> Options {
        self.ping_after = idle;
        self
    }

    /// How long one statement may run: as long as it takes by default. MySQL limits only those that read.
    ///
    /// The server counts, and ends the statement with an error ([`is_cancelled`](crate::Error::is_cancelled)) after
    /// which the connection is as good as before. What the server cannot count is a line that is dead: see
    /// [`response_timeout`](Self::response_timeout).
    #[must_use]
    pub fn statement_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Options {
        self.statement_timeout = timeout.into();
        self
    }

    /// How long the server may say nothing while a statement runs: for as long as it likes by default.
    ///
    /// A line can die without a sign: a firewall forgets it, a machine loses its power. TCP finds out after minutes,
    /// or never. After this time the statement fails with [`ErrorKind::Timeout`](crate::ErrorKind::Timeout), its
    /// connection is given up and replaced, and the server is asked, over another one, to end what it still does.
    /// During COMMIT the error is [`ErrorKind::OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown).
    ///
    /// Every row that arrives starts the time anew, and it stands still while the reader of a stream takes its time; so
    /// it limits silence, not work. But a statement that thinks for long before its first row is silent, too: choose
    /// more than the longest statement needs, and more than `statement_timeout` and `lock_timeout`, which leave the
    /// connection whole. BEGIN, COMMIT, savepoints and raw SQL count as statements. A statement that runs on the calling
    /// thread, as short ones do on SQLite, cannot be given up.
    ///
    /// ```
    /// use std::time::Duration;
    /// # use relvar_runtime::Options;
    /// let options = Options::new().statement_timeout(Duration::from_secs(20)).response_timeout(Duration::from_secs(30));
    /// ```
    #[must_use]
    pub fn response_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Options {
        self.response_timeout = timeout.into();
        self
    }

    /// How long a statement waits for a lock that another transaction holds, where the server can limit
    /// that: as long as the server says by default. MySQL and MariaDB count whole seconds, rounded up.
    #[must_use]
    pub fn lock_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Options {
        self.lock_timeout = timeout.into();
        self
    }

    /// How long a file that another process has locked is waited for, on SQLite: 5 seconds by default.
    #[must_use]
    pub fn busy_timeout(mut self, timeout: Duration) -> Options {
        self.busy_timeout = timeout;
        self
    }

    /// The name under which the server lists the connections; MySQL and MariaDB have none.
    #[must_use]
    pub fn application_name(mut self, name: impl Into<String>) -> Options {
        self.application_name = Some(name.into());
        self
    }

    /// From what duration on a statement is logged as slow: 1 second by default.
    ///
    /// What is logged goes to the subscriber of [`tracing`](https://docs.rs/tracing): slow statements as warnings, all others
    /// at the level DEBUG, if the subscriber listens at that level. Where there is no subscriber and `tracing` hands its
    /// records on to `log`, slow and failed statements are logged and the others are not.
    #[must_use]
    pub fn slow_statement(mut self, threshold: Duration) -> Options {
        self.slow_statement = threshold;
        self
    }

    /// Whether every statement of SQLite runs on the blocking pool of the runtime: no by default.
    ///
    /// SQLite works in the thread that calls it. A point select takes 3 µs there, and 15 µs more to get to another thread and
    /// back; so short statements run on the thread of the task that runs them, and only what is long leaves it: streams,
    /// reads that have not given a row after 0.3 ms, texts that once took 5 ms, large commits. What can still hold up
    /// other tasks is a single write that is long for the first time, a `count(*)` of a table not in memory, a slow disk.
    /// Say yes where that matters more than speed: a thread with latencies to keep, a disk across the network.
    ///
    /// ```
    /// # use relvar_runtime::Options;
    /// let options = Options::new().blocking_pool(true);
    /// ```
    #[must_use]
    pub fn blocking_pool(mut self, always: bool) -> Options {
        self.blocking_pool = always;
        self
    }

    /// Whether SQLite plans a statement once, and not for the values it is run with: no by default.
    ///
    /// In a file that was analyzed, SQLite looks at how often the values of a column are there: whenever such a value is
    /// bound, it prepares the statement anew. With columns whose values are spread unevenly it may find a better plan; of a
    /// join of three tables that gives one row it takes six sevenths of the instructions. Say yes where plans do not depend
    /// on values. Then a condition with a bound value does not find a partial index any more, as
    /// `.filter(|t| t.state.eq("open"))` does: name the index, `.filter(|t| Thread::THREADS_OPEN.condition(t))`.
    /// See the [query planner stability
    /// guarantee](https://www.sqlite.org/c3ref/c_dbconfig_defensive.html#sqlitedbconfigenableqpsg).
    ///
    /// ```
    /// # use relvar_runtime::Options;
    /// let options = Options::new().stable_plans(true);
    /// ```
    #[must_use]
    pub fn stable_plans(mut self, always: bool) -> Options {
        self.stable_plans = always;
        self
    }

    /// How many bytes of SQL text and shapes are kept: 16 MiB by default.
    #[must_use]
    pub fn cache_bytes(mut self, bytes: usize) -> Options {
        self.cache_bytes = bytes;
        self
    }
}
