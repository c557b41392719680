//! The functions that give rows, and how each dialect spells them.

use super::Engine;
use super::spelling::{NONE, all};
use crate::ir::TableFunction;

/// The template of a function in FROM, and the name that its alias starts from; the name of what is missing for one
/// that the dialect lacks. In it stand `{0}`, `{1}` and `{*}` for the arguments, `{alias}` and `{columns}` for the
/// names, `{ordinality}`, and `{numbered}` for the name of the number behind others. To add a function, add a row.
pub(crate) fn table_function(
    engine: Engine,
    function: TableFunction,
) -> Result<(&'static str, &'static str), &'static str> {
    let (spelling, name) = match function {
        TableFunction::Unnest => (NONE.postgres("unnest({*}){ordinality} AS {alias} ({columns})"), "unnest"),
        TableFunction::GenerateSeries => {
            (NONE.postgres("generate_series({*}){ordinality} AS {alias} ({columns})"), "series")
        }
        TableFunction::GenerateTimes => (
            NONE.postgres(
                "generate_series({0}, {1}, {2} * interval '1 microsecond'){ordinality} AS {alias} ({columns})",
            ),
            "series",
        ),
        TableFunction::JsonTexts => (
            all("JSON_TABLE({0}, '$[*]' COLUMNS ({columns} TEXT PATH '$' ERROR ON ERROR)) AS {alias}")
                .postgres("jsonb_array_elements_text({0}){ordinality} AS {alias} ({columns})")
                .sqlite("json_each({0}) AS {alias}"),
            "elements",
        ),
        TableFunction::JsonIntegers => (
            all("JSON_TABLE({0}, '$[*]' COLUMNS ({columns} BIGINT PATH '$' ERROR ON ERROR)) AS {alias}")
                .postgres(
                    "LATERAL (SELECT CAST(element AS bigint){numbered} FROM jsonb_array_elements_text({0}){ordinality} AS \
                     listed (element{numbered})) AS {alias} ({columns})",
                )
                .sqlite("json_each({0}) AS {alias}"),
            "elements",
        ),
        TableFunction::JsonFloats => (
            all("JSON_TABLE({0}, '$[*]' COLUMNS ({columns} DOUBLE PATH '$' ERROR ON ERROR)) AS {alias}")
                .postgres(
                    "LATERAL (SELECT CAST(element AS double precision){numbered} FROM \
                     jsonb_array_elements_text({0}){ordinality} AS listed (element{numbered})) AS {alias} ({columns})",
                )
                .sqlite("json_each({0}) AS {alias}"),
            "elements",
        ),
        TableFunction::JsonDocuments => (
            all("JSON_TABLE({0}, '$[*]' COLUMNS ({columns} JSON PATH '$' ERROR ON ERROR)) AS {alias}")
                .postgres(
                    "jsonb_array_elements(CASE jsonb_typeof({0}) WHEN 'array' THEN {0} END){ordinality} AS {alias} \
                     ({columns})",
                )
                .sqlite("json_each(CASE json_type({0}) WHEN 'array' THEN {0} END) AS {alias}"),
            "elements",
        ),
    };
    spelling.on(engine).map(|template| (template, name)).ok_or("function that gives such rows")
}

/// How a column of the function is read where it does not hold what it is said to, `{0}` being the alias; `None` if it
/// does. SQLite gives the value of an element, not its text.
pub(crate) fn element(engine: Engine, function: TableFunction) -> Option<&'static str> {
    let spelling = match function {
        TableFunction::JsonDocuments => NONE.sqlite("({0}.json -> {0}.fullkey)"),
        _ => NONE,
    };
    spelling.on(engine)
}
