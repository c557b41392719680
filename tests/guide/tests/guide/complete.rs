//! Every sample is shown, everything shown is a sample.

use relvar::query::dialect::{Capability, Engine};
use relvar_guide_tests::construct::{Construct, constructs};
use relvar_guide_tests::page::{PAGES, Page, Shown, check};
use relvar_guide_tests::region::all_regions;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Names the table of what only some databases have.
const CAPABILITIES: &str = "capabilities";

/// Names the table of what no sample shows.
const EVERYTHING_ELSE: &str = "everything_else";

/// What is no construct: what the library, and code that it generates, takes expressions and statements apart with.
const TAKEN_APART: [&str; 24] = [
    "add_to",
    "argument",
    "branch",
    "column_type",
    "counted",
    "decoder",
    "elements",
    "entries",
    "fit",
    "from_ir",
    "give",
    "into_branch",
    "into_ir",
    "into_json",
    "into_pattern",
    "into_select",
    "json_fill",
    "keys",
    "nodes",
    "operand",
    "part",
    "positions",
    "steps",
    "stored_by",
];

fn page(path: &str) -> Page {
    Page::parse(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)).unwrap())
}

#[test]
fn every_sample_is_shown_as_it_is() {
    let unseen: Vec<String> = all_regions()
        .into_iter()
        .filter(|region| check(&region.name, |shown| Shown { rust: Some(region.code.clone()), ..shown.clone() }) == 0)
        .map(|region| region.name)
        .collect();
    assert!(unseen.is_empty(), "no page shows {unseen:?}");
}

#[test]
fn everything_that_is_shown_is_a_sample() {
    let regions = all_regions();
    for path in PAGES {
        let page = page(path);
        assert_eq!(page.untested(), [""; 0], "{path} has code without `<!-- sample: name -->` before it");
        for shown in page.samples() {
            let known = regions.iter().any(|region| region.name == shown.name)
                || [CAPABILITIES, EVERYTHING_ELSE].contains(&&*shown.name);
            assert!(known, "{path} shows `{}`, and there is no such sample", shown.name);
        }
    }
}

#[test]
fn what_only_some_databases_have_is_what_the_compiler_goes_by() {
    let row = |cells: [&str; 4], what: &str| format!("| {what} | {} |", cells.join(" | "));
    let names = Engine::ALL.map(Engine::name);
    let mut table = vec![row(names, ""), row([":-:"; 4], "---")];
    table.extend(Capability::ALL.iter().filter_map(|capability| {
        let has = Engine::ALL.map(|engine| engine.has(*capability));
        // what all of them have is there for a database that is still to come
        let some = has.contains(&false);
        some.then(|| {
            row(
                has.map(|has| if has { "✓" } else { "" }),
                &capability.describe().trim_end_matches('.').replace('|', "\\|"),
            )
        })
    }));
    let places = check(CAPABILITIES, |shown| Shown { table: table.clone(), ..shown.clone() });
    assert_eq!(places, 1, "the guide has the table");
}

#[test]
fn everything_that_can_be_said_is_shown() {
    let all = constructs();
    for name in TAKEN_APART {
        assert!(all.iter().any(|construct| construct.name == name), "there is no `{name}` any more");
    }
    let pages: Vec<Page> = PAGES.map(page).into();
    let code = |shown: &Shown| shown.rust.clone().unwrap_or_default();
    let code: String = pages.iter().flat_map(|page| page.samples().map(code).collect::<Vec<_>>()).collect();
    let words: BTreeSet<&str> = code.split(|c: char| c != '_' && !c.is_alphanumeric()).collect();
    let mut table = vec!["| | what it is | where |".to_owned(), "| --- | --- | --- |".to_owned()];
    let unseen = |construct: &&Construct| !words.contains(&*construct.name) && !TAKEN_APART.contains(&&*construct.name);
    table.extend(all.iter().filter(unseen).map(|Construct { file, name, words }| {
        let place = file.replace('/', "::");
        format!("| `{name}` | {} | {place} |", words.replace('|', "\\|"))
    }));
    let places = check(EVERYTHING_ELSE, |shown| Shown { table: table.clone(), ..shown.clone() });
    assert_eq!(places, 1, "the guide has the table");
}

#[test]
fn every_link_within_the_guide_leads_somewhere() {
    let slug = |heading: &str| {
        let kept = heading.to_lowercase().replace(|c: char| !(c.is_alphanumeric() || matches!(c, ' ' | '-' | '_')), "");
        kept.replace(' ', "-")
    };
    let text = page(PAGES[1]).text();
    let headings: Vec<String> = text
        .lines()
        .filter(|line| line.starts_with("## ") || line.starts_with("### "))
        .map(|line| slug(line.trim_start_matches(['#', ' '])))
        .collect();
    let targets = text.split("](#").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    let lost: Vec<&str> = targets.filter(|target| !headings.iter().any(|heading| heading == target)).collect();
    assert_eq!(lost, [""; 0]);
}
