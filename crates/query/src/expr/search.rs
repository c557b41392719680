//! Full-text search: `tsvector`, MATCH … AGAINST and FTS5; similarity by trigrams.

mod query;
mod rank;

pub use query::{TextQuery, TextQueryOps, phrase_query, plain_query, prefix_query, web_query};
pub use rank::{AnyRank, CoverDensity, Normalization, Normalizes};

use std::borrow::Cow;

use super::operand::bind;
use super::{Condition, DialectOf, Expr, Expression, Is, Operand, TypeOf};
use crate::dialect::{HasFts5, HasMatchAgainst, HasTextSearch, HasTrigrams, Meet, Met};
use crate::ir::{self, BinaryOp, Function};
use crate::types::{Cell, DecodeError, In, IsText, Kind, NotNull, NullOf, OrNull, SqlType, TextValue, Type, Wrap};
use crate::value::Value;

/// A text-search configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextSearchConfig(&'static str);

impl TextSearchConfig {
    /// A configuration by its name.
    pub const fn named(name: &'static str) -> TextSearchConfig {
        TextSearchConfig(name)
    }
}

/// English: stems and stop words.
#[allow(non_upper_case_globals, reason = "it reads like the name of a variant: `to_tsvector(English, ..)`")]
pub const English: TextSearchConfig = TextSearchConfig("english");
/// No language: words as they are, in lower case.
#[allow(non_upper_case_globals, reason = "it reads like the name of a variant: `to_tsvector(Simple, ..)`")]
pub const Simple: TextSearchConfig = TextSearchConfig("simple");

/// A document prepared for search (`tsvector`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document(String);

#[diagnostic::do_not_recommend]
impl SqlType for Document {
    type Base = Document;
    type Null = NotNull;
    const SQL_TYPE: &'static Type = &Type::named("tsvector", Kind::Text);

    fn into_value(self) -> Value {
        Value::Text(self.0)
    }

    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        String::decode(cell).map(Document)
    }
}

/// `to_tsvector(config, text)`; NULL text gives NULL.
pub fn to_tsvector<E: Expression>(config: TextSearchConfig, text: E) -> Expr<Document, DialectOf<E>>
where
    TypeOf<E>: IsText,
    DialectOf<E>: HasTextSearch,
{
    let config = ir::Node::Keyword(Cow::Borrowed(config.0));
    Expr::from_ir(ir::Node::Call(Function::ToTsvector, vec![config, text.into_ir()]))
}

/// The words of a text, letters and digits alone, each spelled by `spell`.
fn joined(text: &str, spell: impl Fn(&str) -> String, separator: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(spell).collect::<Vec<_>>().join(separator)
}

/// How much the words of a part of a document count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Most.
    A,
    /// Less than `A`.
    B,
    /// Less than `B`.
    C,
    /// Least: what words have by themselves.
    D,
}

/// How the parts of a text that match are shown, for [`Search::ts_headline_by`].
///
/// ```
/// use relvar_query::expr::Headline;
///
/// let headline = Headline::new().marked("<mark>", "</mark>").words(5, 20).fragments(3, " … ");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headline(String);

impl Headline {
    /// As the database has it: `<b>` and `</b>` around words, 15 to 35 words.
    pub fn new() -> Headline {
        Headline::default()
    }

    fn with(mut self, name: &str, value: &str) -> Headline {
        let comma = if self.0.is_empty() { "" } else { ", " };
        self.0.push_str(&format!("{comma}{name}=\"{}\"", value.replace('"', "\"\"")));
        self
    }

    /// What stands before and behind a word that matches; of the empty text, nothing does.
    #[must_use]
    pub fn marked(self, before: impl TextValue, after: impl TextValue) -> Headline {
        self.with("StartSel", &before.into_text()).with("StopSel", &after.into_text())
    }

    /// How many words it has, at least and at most: `least` is at least 1 and less than `most`, or it is an error of the
    /// database.
    #[must_use]
    pub fn words(self, least: u16, most: u16) -> Headline {
        self.with("MinWords", &least.to_string()).with("MaxWords", &most.to_string())
    }

    /// So many parts of the text, with `between` among them, in place of one.
    #[must_use]
    pub fn fragments(self, most: u16, between: impl TextValue) -> Headline {
        self.with("MaxFragments", &most.to_string()).with("FragmentDelimiter", &between.into_text())
    }

    /// The whole text.
    #[must_use]
    pub fn whole(self) -> Headline {
        self.with("HighlightAll", "true")
    }
}

/// A search in boolean mode, for [`match_boolean`]: built of words, of which nothing but letters and digits is
/// looked at, so that no input means anything else.
///
/// ```
/// use relvar_query::expr::BooleanSearch;
///
/// let search = BooleanSearch::new().must("quick").must_prefix("jump").must_not("lazy").phrase("brown fox");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BooleanSearch(String);

impl BooleanSearch {
    /// A search for nothing.
    pub fn new() -> BooleanSearch {
        BooleanSearch::default()
    }

    fn with(mut self, part: String) -> BooleanSearch {
        if !self.0.is_empty() && !part.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(&part);
        self
    }

    /// All of these words are there.
    pub fn must(self, words: impl TextValue) -> BooleanSearch {
        self.with(joined(&words.into_text(), |word| format!("+{word}"), " "))
    }

    /// All of these are there, each as the start of a word.
    pub fn must_prefix(self, words: impl TextValue) -> BooleanSearch {
        self.with(joined(&words.into_text(), |word| format!("+{word}*"), " "))
    }

    /// None of these words is there.
    pub fn must_not(self, words: impl TextValue) -> BooleanSearch {
        self.with(joined(&words.into_text(), |word| format!("-{word}"), " "))
    }

    /// These words may be there.
    pub fn may(self, words: impl TextValue) -> BooleanSearch {
        self.with(joined(&words.into_text(), str::to_owned, " "))
    }

    /// These words are there, one after the other.
    pub fn phrase(self, words: impl TextValue) -> BooleanSearch {
        let words = joined(&words.into_text(), str::to_owned, " ");
        if words.is_empty() { self } else { self.with(format!("+\"{words}\"")) }
    }
}

fn match_against<E: Expression>(
    function: Function,
    columns: impl IntoIterator<Item = E>,
    search: String,
) -> Expr<f64, DialectOf<E>> {
    let mut arguments = vec![bind(search, String::SQL_TYPE)];
    arguments.extend(columns.into_iter().map(Expression::into_ir));
    Expr::from_ir(ir::Node::Call(function, arguments))
}

/// `MATCH (columns) AGAINST (words IN NATURAL LANGUAGE MODE)`: how well the columns match, 0 if not at all. They are
/// those of a FULLTEXT index, in its order. Nothing but letters and digits of the words is looked at.
pub fn match_natural<E: Expression>(
    columns: impl IntoIterator<Item = E>,
    words: impl TextValue,
) -> Expr<f64, DialectOf<E>>
where
    TypeOf<E>: IsText,
    DialectOf<E>: HasMatchAgainst,
{
    // of some marks InnoDB's parser makes an error, though they mean nothing in this mode
    match_against(Function::MatchNatural, columns, joined(&words.into_text(), str::to_owned, " "))
}

/// `MATCH (columns) AGAINST (search IN BOOLEAN MODE)`: how well the columns match, 0 if not at all.
pub fn match_boolean<E: Expression>(
    columns: impl IntoIterator<Item = E>,
    search: BooleanSearch,
) -> Expr<f64, DialectOf<E>>
where
    TypeOf<E>: IsText,
    DialectOf<E>: HasMatchAgainst,
{
    match_against(Function::MatchBoolean, columns, search.0)
}

macro_rules! ranks {
    ($($(#[$doc:meta])* $name:ident $function:ident $(by $kind:ident)?;)*) => { $(
        $(#[$doc])*
        fn $name<Q: Expression<Type = TextQuery>>(
            self,
            query: Q,
            $(normalization: impl Normalizes<$kind>,)?
        ) -> Expr<Wrap<NullOf<TypeOf<Self>>, f32>, Met<DialectOf<Self>, Q::Dialect>>
        where
            TypeOf<Self>: Is<Document>,
            DialectOf<Self>: HasTextSearch + Meet<Q::Dialect>,
        {
            let arguments = vec![self.into_ir(), query.into_ir() $(, Normalizes::<$kind>::into_ir(normalization))?];
            Expr::from_ir(ir::Node::Call(Function::$function, arguments))
        }
    )* };
}

macro_rules! similarities {
    ($($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        fn $name<R: Operand<String>>(
            self,
            other: R,
        ) -> Expr<Wrap<OrNull<NullOf<TypeOf<Self>>, R::Null>, f32>, Met<DialectOf<Self>, R::Dialect>>
        where
            TypeOf<Self>: IsText,
            DialectOf<Self>: HasTrigrams + Meet<R::Dialect>,
        {
            let other = other.operand(String::SQL_TYPE);
            Expr::from_ir(ir::Node::Call(Function::$function, vec![self.into_ir(), other]))
        }
    )* };
}

/// Search in text.
///
/// ```
/// # use relvar_query::{dialect::{Postgres, Sqlite}, expr::*};
/// # fn of(body: Expr<String, Postgres>, line: Expr<String, Sqlite>, typed: &str) {
/// let found: Condition<Postgres> = body.clone().matches(English, "\"brown fox\" or dog -cat");
/// let as_typed: Condition<Postgres> = to_tsvector(English, body).matches_query(prefix_query(English, typed));
/// let in_fts5: Condition<Sqlite> = line.matches_fts5(typed);
/// # }
/// ```
pub trait Search: Expression {
    /// `to_tsvector(config, self) @@ websearch_to_tsquery(config, words)`: words as people type them, with
    /// `"phrases"`, `or` and `-not`; no input is an error. An index on the same `to_tsvector` serves it.
    fn matches(self, config: TextSearchConfig, words: impl TextValue) -> Condition<DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasTextSearch,
    {
        let document = to_tsvector(config, self).into_ir();
        let query = web_query(config, words).into_ir();
        Expr::from_ir(ir::Node::binary(BinaryOp::Matches, document, query))
    }

    /// `self @@ query`: whether a document matches.
    fn matches_query<Q: Expression<Type = TextQuery>>(self, query: Q) -> Condition<Met<DialectOf<Self>, Q::Dialect>>
    where
        TypeOf<Self>: Is<Document>,
        DialectOf<Self>: HasTextSearch + Meet<Q::Dialect>,
    {
        Expr::from_ir(ir::Node::binary(BinaryOp::Matches, self.into_ir(), query.into_ir()))
    }

    ranks! {
        /// How well a document matches: the more often the words, the higher.
        ts_rank TsRank;
        /// How well a document matches: the nearer the words to each other, the higher.
        ts_rank_cd TsRankCd;
        /// As [`ts_rank`](Search::ts_rank), normalized: `ts_rank(self, query, flags)`.
        ts_rank_by TsRank by AnyRank;
        /// As [`ts_rank_cd`](Search::ts_rank_cd), normalized: `ts_rank_cd(self, query, flags)`.
        ts_rank_cd_by TsRankCd by CoverDensity;
    }

    /// A document whose words count as `weight` says.
    fn with_weight(self, weight: Weight) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: Is<Document>,
        DialectOf<Self>: HasTextSearch,
    {
        let weight = match weight {
            Weight::A => "A",
            Weight::B => "B",
            Weight::C => "C",
            Weight::D => "D",
        };
        let weight = ir::Node::Constant(ir::Constant::Text(weight.into()));
        Expr::from_ir(ir::Node::Call(Function::SetWeight, vec![self.into_ir(), weight]))
    }

    /// Two documents as one.
    fn with_document<R: Operand<Document>>(
        self,
        other: R,
    ) -> Expr<In<R::Null, TypeOf<Self>>, Met<DialectOf<Self>, R::Dialect>>
    where
        TypeOf<Self>: Is<Document>,
        DialectOf<Self>: HasTextSearch + Meet<R::Dialect>,
    {
        let other = other.operand(Document::SQL_TYPE);
        Expr::from_ir(ir::Node::Call(Function::Concatenate, vec![self.into_ir(), other]))
    }

    /// The parts of the text that match, the words between `<b>` and `</b>`. The text is not escaped: what shows it
    /// as HTML escapes it first.
    fn ts_headline<Q: Expression<Type = TextQuery>>(
        self,
        config: TextSearchConfig,
        query: Q,
    ) -> Expr<Wrap<NullOf<TypeOf<Self>>, String>, Met<DialectOf<Self>, Q::Dialect>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasTextSearch + Meet<Q::Dialect>,
    {
        let config = ir::Node::Keyword(Cow::Borrowed(config.0));
        Expr::from_ir(ir::Node::Call(Function::TsHeadline, vec![config, self.into_ir(), query.into_ir()]))
    }

    /// As [`ts_headline`](Search::ts_headline), marked and cut as `headline` says.
    fn ts_headline_by<Q: Expression<Type = TextQuery>>(
        self,
        config: TextSearchConfig,
        query: Q,
        headline: Headline,
    ) -> Expr<Wrap<NullOf<TypeOf<Self>>, String>, Met<DialectOf<Self>, Q::Dialect>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasTextSearch + Meet<Q::Dialect>,
    {
        let config = ir::Node::Keyword(Cow::Borrowed(config.0));
        let options = bind(headline.0, String::SQL_TYPE);
        let arguments = vec![config, self.into_ir(), query.into_ir(), options];
        Expr::from_ir(ir::Node::Call(Function::TsHeadline, arguments))
    }

    similarities! {
        /// How similar two texts are, from 0 to 1, by the trigrams they share (the extension pg_trgm).
        similarity Similarity;
        /// How similar `other` is to the part of it that is most like it (the extension pg_trgm).
        word_similarity WordSimilarity;
    }

    /// `self % other`: whether two texts are more similar than `pg_trgm.similarity_threshold`, by itself 0.3. An index
    /// with `gin_trgm_ops` serves it.
    fn is_similar_to<R: Operand<String>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasTrigrams + Meet<R::Dialect>,
    {
        let other = other.operand(String::SQL_TYPE);
        Expr::from_ir(ir::Node::binary(BinaryOp::Similar, self.into_ir(), other))
    }

    /// `self MATCH words`, of a column of an FTS5 table: all of the words, nothing in them meaning anything else.
    fn matches_fts5(self, words: impl TextValue) -> Condition<DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasFts5,
    {
        let words = quoted_words(&words.into_text());
        Expr::from_ir(ir::Node::binary(BinaryOp::MatchesFts5, self.into_ir(), fts5(words)))
    }

    /// Like [`matches_fts5`](Search::matches_fts5), each word being the start of one.
    fn matches_fts5_prefix(self, words: impl TextValue) -> Condition<DialectOf<Self>>
    where
        TypeOf<Self>: IsText,
        DialectOf<Self>: HasFts5,
    {
        let words = prefixes(&words.into_text());
        Expr::from_ir(ir::Node::binary(BinaryOp::MatchesFts5, self.into_ir(), fts5(words)))
    }
}

/// All of the words, in FTS5's own notation.
pub(super) fn quoted_words(words: &str) -> String {
    joined(words, |word| format!("\"{word}\""), " ")
}

/// All of the words as the starts of words, in FTS5's own notation.
pub(super) fn prefixes(words: &str) -> String {
    joined(words, |word| format!("\"{word}\"*"), " ")
}

/// A search in FTS5's own notation; of no words, one that finds nothing, for an empty one is an error.
pub(super) fn fts5(words: String) -> ir::Node {
    bind(if words.is_empty() { "\"\"".to_owned() } else { words }, String::SQL_TYPE)
}

impl<E: Expression> Search for E {}
