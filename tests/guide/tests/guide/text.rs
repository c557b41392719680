//! Text: patterns, parts, regular expressions, collations.

use relvar_guide_tests::prelude::*;

#[test]
fn like() {
    let typed = "100%";
    query(|| {
        // sample: like
        // `typed` comes from a user: its own wildcards are escaped
        Book::query()
            .filter(|b| b.title.like("The %") | b.title.like(contains(typed)) | b.title.like(starts_with("Sol")))
            .filter(|b| b.title.not_like(ends_with("Heaven")))
            .select(|b| b.title)
    })
    .gives(["The Dispossessed", "Solaris", "The Cyberiad"]);
}

#[test]
fn ilike() {
    query(|| {
        // sample: ilike
        Book::query()
            .only_on::<Postgres>()
            .filter(|b| b.title.only_on::<Postgres>().ilike(contains("SOL")))
            .select(|b| b.title)
    })
    .gives(["Solaris"]);
}

#[test]
fn lower() {
    query(|| {
        // sample: lower
        Book::query()
            .filter(|b| b.title.lower().like(contains("sol")))
            .select(|b| (b.title.upper(), b.title.char_length()))
    })
    .gives([("SOLARIS", 7)]);
}

#[test]
fn concat() {
    query(|| {
        // sample: concat
        Customer::query()
            .filter(|c| c.id.lte(2))
            .order_by(|c| c.id.asc())
            .select(|c| (c.name.concat(" <").concat(c.email).concat(">"), concat_ws(", ", (c.name, c.city, "Earth"))))
    })
    .also(Engine::MySql)
    .gives([("Ann <ann@example.org>", "Ann, Berlin, Earth"), ("Bob <bob@example.org>", "Bob, Earth")]);
}

#[test]
fn parts() {
    query(|| {
        // sample: parts
        Book::query().filter(|b| b.id.eq(3)).select(|b| {
            (
                b.title.substring(2, 3),
                b.title.left(3),
                b.title.position("ari"),
                b.title.replace("S", "P"),
                b.genre.pad_start(7, '.'),
                b.title.trim_char('S'),
            )
        })
    })
    .gives([("ola", "Sol", 4, "Polaris", "..novel", "olaris")]);
}

#[test]
fn calculated_part() {
    query(|| {
        // sample: calculated_part
        Customer::query().filter(|c| c.id.eq(2)).select(|c| c.email.substring_of(1, c.email.position("@") - 1))
    })
    .also(Engine::MySql)
    .gives(["bob"]);
}

#[test]
fn split_part() {
    query(|| {
        // sample: split_part
        type Servers = (Postgres, MySql, MariaDb);

        Customer::query()
            .only_on::<Servers>()
            .filter(|c| c.id.eq(1))
            .select(|c| (c.email.only_on::<Servers>().split_part('@', 2), c.name.only_on::<Servers>().reverse()))
    })
    .also(Engine::MySql)
    .gives([("example.org", "nnA")]);
}

#[test]
fn regex() {
    query(|| {
        // sample: regex
        type Servers = (Postgres, MySql, MariaDb);

        Book::query()
            .only_on::<Servers>()
            .filter(|b| {
                let title = b.title.only_on::<Servers>();
                title.clone().matches_regex("^S") | title.matches_regex_ignoring_case("WULF$")
            })
            .select(|b| b.title)
    })
    .also(Engine::MySql)
    .gives(["Solaris", "Beowulf"]);
}

#[test]
fn regex_replace() {
    query(|| {
        // sample: regex_replace
        type Servers = (Postgres, MySql, MariaDb);

        Book::query()
            .only_on::<Servers>()
            .filter(|b| b.id.eq(3))
            .select(|b| b.title.only_on::<Servers>().regex_replace("[aeiou]", "-"))
    })
    .gives(["S-l-r-s"]);
}

#[test]
fn collate() {
    query(|| {
        // sample: collate
        Author::query().order_by(|a| a.name.collate(Collation::CODE_POINTS).asc()).select(|a| a.name)
    })
    .also(Engine::MySql)
    .gives(["Jorge Luis Borges", "Stanisław Lem", "Ursula K. Le Guin", "anonymous"]);
}

#[test]
fn only_on() {
    query(|| {
        // sample: only_on
        let short = |b: BookColumns| b.title.char_length().lt(10); // for any query on books

        Book::query()
            .only_on::<Postgres>()
            .filter(short)
            .filter(|b| b.title.only_on::<Postgres>().lower().ilike("s%"))
            .select(|b| b.title)
    })
    .gives(["Solaris"]);
}

#[test]
fn regex_groups() {
    query(|| {
        // sample: regex_groups
        type Servers = (Postgres, MySql, MariaDb);

        Author::query().only_on::<Servers>().filter(|a| a.id.eq(2)).select(|a| {
            let name = a.name.only_on::<Servers>();
            (
                name.clone().regex_replace("^([^ ]+) (.+)$", (regex_group(2), ", ", regex_group(1))),
                name.regex_first("[a-z]+"),
            )
        })
    })
    .also(Engine::MySql)
    .gives([("Lem, Stanisław", Some("tanis"))]);
}

#[test]
fn texts_cut_and_filled() {
    query(|| {
        // sample: texts_cut_and_filled
        Book::query().filter(|b| b.id.eq(6)).select(|b| {
            (
                b.title.right(4),
                b.title.pad_end(9, '.'),
                b.genre.repeat(2),
                (b.title.trim_char_start('B'), b.title.trim_char_end('f')),
                b.genre.concat("  ").trim_end().byte_length(),
            )
        })
    })
    .gives([("wulf", "Beowulf..", "poempoem", ("eowulf", "Beowul"), 4)]);
}

#[test]
fn texts_as_times() {
    let (day, time): (NaiveDate, NaiveTime) = ("1961-06-01".parse().unwrap(), "08:30:00".parse().unwrap());
    query(|| {
        // sample: texts_as_times
        Book::query().filter(|b| b.id.eq(3)).select(|b| {
            let date = value("1961-06-01".to_owned());
            let moment = date.clone().concat("T08:30:00").parse_date_time();
            (date.parse_date(), value("08:30:00".to_owned()).parse_time(), moment.and_utc(), b.title.parse_date())
        })
    })
    .gives([(Some(day), Some(time), Some(day.and_time(time).and_utc()), None::<NaiveDate>)]);
}
