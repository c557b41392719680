//! Building SQL with SeaORM and with the sea-query below it.

use contender::Result;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, PostgresQueryBuilder, Query};
use sea_orm::{
    ColumnTrait, DbBackend, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait,
};

use crate::entity::{comment, post, user};

/// Builds with SeaORM, and runs nothing.
pub(crate) struct SeaOrm;

impl contender::Contender for SeaOrm {
    async fn execute(&mut self, _: &'static str) -> Result<()> {
        Ok(())
    }

    fn build_simple(&mut self, id: i64) -> Option<i64> {
        Some(user::Entity::find_by_id(id).build(DbBackend::Postgres).sql.len() as i64)
    }

    fn build_join(&mut self, id: i64) -> Option<i64> {
        let query = user::Entity::find()
            .select_only()
            .column(user::Column::Name)
            .column(post::Column::Title)
            .column(comment::Column::Text)
            .join(JoinType::InnerJoin, user::Relation::Post.def())
            .join(JoinType::InnerJoin, post::Relation::Comment.def())
            .filter(user::Column::Id.eq(id))
            .filter(user::Column::Age.gt(18))
            .order_by_asc(comment::Column::Id)
            .limit(20);
        Some(query.build(DbBackend::Postgres).sql.len() as i64)
    }
}

/// Builds with sea-query, and runs nothing.
pub(crate) struct SeaQuery;

impl contender::Contender for SeaQuery {
    async fn execute(&mut self, _: &'static str) -> Result<()> {
        Ok(())
    }

    fn build_simple(&mut self, id: i64) -> Option<i64> {
        let columns = ["id", "name", "email", "hair_color", "age", "active"].map(Alias::new);
        let query = Query::select().columns(columns).from("users").and_where(Expr::col("id").eq(id)).take();
        let (sql, values) = query.build(PostgresQueryBuilder);
        Some((sql.len() + std::hint::black_box(values).0.len()) as i64)
    }

    fn build_join(&mut self, id: i64) -> Option<i64> {
        let query = Query::select()
            .columns([("users", "name"), ("posts", "title"), ("comments", "text")])
            .from("users")
            .inner_join("posts", Expr::col(("posts", "user_id")).equals(("users", "id")))
            .inner_join("comments", Expr::col(("comments", "post_id")).equals(("posts", "id")))
            .and_where(Expr::col(("users", "id")).eq(id))
            .and_where(Expr::col(("users", "age")).gt(18))
            .order_by(("comments", "id"), sea_orm::Order::Asc)
            .limit(20)
            .take();
        let (sql, values) = query.build(PostgresQueryBuilder);
        Some((sql.len() + std::hint::black_box(values).0.len()) as i64)
    }
}
