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
    };
    spelling.on(engine).map(|template| (template, name)).ok_or("function that gives such rows")
}
