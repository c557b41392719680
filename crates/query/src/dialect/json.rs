//! How a place in a JSON document is read, by the syntax that the database has: to add a form, add a row.

use super::syntax::JsonSyntax;
use crate::ir::JsonForm;

/// The template of a form. By operators `{0}` is the place as JSON and `{1}` as text; by path operators `{0}` is the
/// document and `{1}` the path; by functions `{0}` is the place
/// and `{1}` the collation of its text.
pub(crate) fn json_form(syntax: JsonSyntax, form: JsonForm) -> &'static str {
    let [operators, path_operators, functions] = match form {
        JsonForm::Json => ["{0}", "{0} -> {1}", "{0}"],
        JsonForm::Text => [
            "{1}",
            "CASE json_type({0}, {1}) WHEN 'text' THEN {0} ->> {1} WHEN 'null' THEN NULL ELSE {0} -> {1} END",
            "CASE json_type({0}) WHEN 'NULL'{1} THEN NULL ELSE json_unquote({0}){1} END",
        ],
        // the conditions stand within each other: AND may look at its second part first
        JsonForm::Integer => [
            "CASE WHEN jsonb_typeof({0}) = 'number' THEN CASE WHEN CAST({0} AS numeric) = trunc(CAST({0} AS numeric)) \
             AND CAST({0} AS numeric) BETWEEN -9223372036854775808 AND 9223372036854775807 \
             THEN CAST({0} AS bigint) END END",
            "CASE json_type({0}, {1}) WHEN 'integer' THEN CASE typeof({0} ->> {1}) WHEN 'integer' THEN {0} ->> {1} END \
             WHEN 'real' THEN CASE WHEN {0} ->> {1} = CAST({0} ->> {1} AS INTEGER) THEN CAST({0} ->> {1} AS INTEGER) END END",
            "CASE WHEN json_type({0}) = 'UNSIGNED INTEGER'{1} \
             THEN CASE WHEN CAST({0} AS UNSIGNED) <= 9223372036854775807 THEN CAST({0} AS SIGNED) END \
             WHEN json_type({0}) IN ('INTEGER'{1}, 'DOUBLE'{1}, 'DECIMAL'{1}) \
             THEN CASE WHEN CAST({0} AS DECIMAL(65, 30)) = truncate(CAST({0} AS DECIMAL(65, 30)), 0) \
             AND CAST({0} AS DECIMAL(65, 30)) BETWEEN -9223372036854775808 AND 9223372036854775807 \
             THEN CAST(CAST({0} AS DECIMAL(65, 30)) AS SIGNED) END END",
        ],
        JsonForm::Float => [
            "CASE WHEN jsonb_typeof({0}) = 'number' THEN CAST({0} AS double precision) END",
            "CASE WHEN json_type({0}, {1}) IN ('integer', 'real') THEN CAST({0} ->> {1} AS REAL) END",
            "CASE WHEN json_type({0}) IN ('INTEGER'{1}, 'UNSIGNED INTEGER'{1}, 'DOUBLE'{1}, 'DECIMAL'{1}) THEN CAST({0} AS DOUBLE) END",
        ],
        JsonForm::Boolean => [
            "CASE WHEN jsonb_typeof({0}) = 'boolean' THEN CAST({0} AS boolean) END",
            "CASE json_type({0}, {1}) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END",
            "CASE WHEN json_type({0}) = 'BOOLEAN'{1} THEN json_unquote({0}) = 'true'{1} END",
        ],
        JsonForm::Exists => ["(({0}) IS NOT NULL)", "(json_type({0}, {1}) IS NOT NULL)", "({0} IS NOT NULL)"],
        JsonForm::TypeName => [
            "jsonb_typeof({0})",
            "CASE json_type({0}, {1}) WHEN 'text' THEN 'string' WHEN 'integer' THEN 'number' WHEN 'real' THEN 'number' \
             WHEN 'true' THEN 'boolean' WHEN 'false' THEN 'boolean' ELSE json_type({0}, {1}) END",
            "CASE json_type({0}) WHEN 'INTEGER'{1} THEN 'number'{1} WHEN 'UNSIGNED INTEGER'{1} THEN 'number'{1} \
             WHEN 'DOUBLE'{1} THEN 'number'{1} WHEN 'DECIMAL'{1} THEN 'number'{1} ELSE lower(json_type({0})) END",
        ],
    };
    match syntax {
        JsonSyntax::Operators => operators,
        JsonSyntax::PathOperators => path_operators,
        JsonSyntax::Functions => functions,
    }
}
