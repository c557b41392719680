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
    Ok(Json(get(&db, id).await?))
}

async fn get(db: impl Executor<Portable>, id: AccountId) -> relvar::Result<Account> {
    Account::find_by(Account::PRIMARY_KEY, id).one(&db).await
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
            let mut changes = [(from, -amount), (to, amount)];
            // in one order, whichever way the money goes: else two transfers would wait for each other
            changes.sort_unstable();
            for (account, change) in changes {
                let update = Account::update()
                    .filter(|a| a.id.eq(account) & (a.balance + change).gte(0))
                    .set(|a| a.balance.set(a.balance + change));
                if update.execute(&tx).await? == 0 {
                    // it is not there, or does not hold that much
                    get(&tx, account).await?;
                    return Err(ApiError::InsufficientFunds);
                }
            }
            Ok(Transferred { from: get(&tx, from).await?, to: get(&tx, to).await? })
        })
        .isolation(Isolation::Serializable)
        .retry(RETRIES)
        .await?;
    Ok(Json(transferred))
}
