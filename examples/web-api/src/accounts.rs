//! Accounts, and money that goes from one to another and is never made or lost on the way.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use relvar::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::ApiError;
use crate::request::{Body, Path};
use crate::schema::{Account, AccountId, MOST, UserId};

/// How often a transfer is run again that met another one.
const RETRIES: u32 = 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateAccount {
    user_id: UserId,
    balance: i64,
}

/// `POST /accounts`
pub(crate) async fn create(
    State(db): State<AnyDb>,
    Body(account): Body<CreateAccount>,
) -> Result<(StatusCode, Json<Account>), ApiError> {
    let account = Account { id: AccountId::new(), user_id: account.user_id, balance: account.balance };
    // the check of the table refuses a balance that is out of range
    Account::insert(account.clone()).execute(&db).await?;
    Ok((StatusCode::CREATED, Json(account)))
}

/// `GET /accounts/{id}`
pub(crate) async fn show(State(db): State<AnyDb>, Path(id): Path<AccountId>) -> Result<Json<Account>, ApiError> {
    Ok(Json(Account::find_by(Account::PRIMARY_KEY, id).one(&db).await?))
}

#[derive(Deserialize, Clone, Copy)]
#[serde(deny_unknown_fields)]
pub(crate) struct Transfer {
    from: AccountId,
    to: AccountId,
    amount: i64,
}

/// The accounts after a transfer.
#[derive(Serialize)]
pub(crate) struct Transferred {
    from: Account,
    to: Account,
}

/// `POST /transfers`: both accounts change, or none.
pub(crate) async fn transfer(
    State(db): State<AnyDb>,
    Body(transfer): Body<Transfer>,
) -> Result<Json<Transferred>, ApiError> {
    if !(1..=MOST).contains(&transfer.amount) {
        return Err(ApiError::invalid("amount", format!("is not between 1 and {MOST}")));
    }
    if transfer.from == transfer.to {
        return Err(ApiError::invalid("to", "is the account that the money comes from"));
    }
    let transferred = db
        .transaction(|tx| async move {
            let Transfer { from, to, amount } = transfer;
            let debit = Account::update()
                .filter(|a| a.id.eq(from) & a.balance.gte(amount))
                .set(|a| a.balance.set(a.balance - amount));
            let debited = debit.execute(&tx).await?;
            let from = Account::find_by(Account::PRIMARY_KEY, from).one(&tx).await?;
            if debited == 0 {
                return Err(ApiError::InsufficientFunds);
            }
            let credit = Account::update().filter(|a| a.id.eq(to)).set(|a| a.balance.set(a.balance + amount));
            credit.execute(&tx).await?;
            let to = Account::find_by(Account::PRIMARY_KEY, to).one(&tx).await?;
            Ok(Transferred { from, to })
        })
        .isolation(Isolation::Serializable)
        .retry(RETRIES)
        .await?;
    Ok(Json(transferred))
}
