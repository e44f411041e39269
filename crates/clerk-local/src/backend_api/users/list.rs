//! Listing and counting people.

use axum::{Json, extract::State};
use serde_json::{Value, json};

use crate::{
    LocalState,
    backend_api::input::Query,
    browser_api::context::Form,
    error::{LocalError, Result},
    provider::Provider,
    shapes,
    state::{TimeRange, UserQuery},
};

/// A bare array, unlike every other list.
pub(super) async fn list(
    State(state): State<LocalState>,
    Query(query): Query,
) -> Result<Json<Value>> {
    let (users, _) = state.users(&user_query(&query)?).await?;
    let users: Vec<Value> = users
        .iter()
        .map(|user| shapes::backend::user(user, state.options()))
        .collect();
    Ok(Json(Value::Array(users)))
}

/// Takes the list's filters; it knows no pages.
pub(super) async fn count(
    State(state): State<LocalState>,
    Query(query): Query,
) -> Result<Json<Value>> {
    let (_, total) = state.users(&user_query(&query)?).await?;
    Ok(Json(
        json!({ "object": "total_count", "total_count": total }),
    ))
}

/// What nobody has here: the instance is set up for email addresses alone.
const OF_NOBODY: [&str; 5] = [
    "phone_number",
    "phone_number_query",
    "username",
    "username_query",
    "web3_wallet",
];

fn user_query(query: &Form) -> Result<UserQuery> {
    let (limit, offset) = query.page()?;
    let text = |name: &str| query.text(name).map(str::to_owned);
    let time = |name: &str| number(query, name);
    let range = |name: &str| -> Result<TimeRange> {
        Ok(TimeRange {
            after: time(&format!("{name}_after"))?,
            before: time(&format!("{name}_before"))?,
        })
    };
    let mut last_active_at = range("last_active_at")?;
    if let Some(since) = time("last_active_at_since")? {
        last_active_at.after = Some(since);
    }
    let account = account(query)?;
    Ok(UserQuery {
        user_ids: query.all("user_id"),
        organization_ids: query.all("organization_id"),
        email_addresses: query.all("email_address"),
        external_ids: query.all("external_id"),
        nobody: OF_NOBODY.iter().any(|name| !query.all(name).is_empty())
            || matches!(account, Some((None, _))),
        account: account.and_then(|(provider, numbers)| Some((provider?, numbers))),
        query: text("query"),
        email_address_query: text("email_address_query"),
        name_query: text("name_query"),
        banned: match query.text("banned") {
            None => None,
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(_) => return Err(invalid("banned", "true or false")),
        },
        last_active_at,
        created_at: range("created_at")?,
        last_sign_in_at: range("last_sign_in_at")?,
        order_by: text("order_by"),
        starting_after: text("starting_after"),
        limit,
        offset,
    })
}

/// The accounts that are asked for: `oauth_google` or `google`, and numbers there. A provider that the
/// instance does not have is none, and nobody has an account there.
///
/// # Errors
/// 422 `form_param_missing` for one of the two without the other.
fn account(query: &Form) -> Result<Option<(Option<Provider>, Vec<String>)>> {
    let numbers = query.all("provider_user_id");
    match (query.text("provider"), numbers.is_empty()) {
        (None, true) => Ok(None),
        (None, false) => Err(LocalError::missing("provider")),
        (Some(_), true) => Err(LocalError::missing("provider_user_id")),
        (Some(name), false) => {
            let slug = name.strip_prefix("oauth_").unwrap_or(name);
            Ok(Some((Provider::from_slug(slug), numbers)))
        }
    }
}

fn number(query: &Form, name: &str) -> Result<Option<i64>> {
    let Some(text) = query.text(name) else {
        return Ok(None);
    };
    match text.parse() {
        Ok(value) => Ok(Some(value)),
        Err(_) => Err(invalid(name, "a unix time in milliseconds")),
    }
}

fn invalid(name: &str, wanted: &str) -> LocalError {
    let text = format!("{name} must be {wanted}.");
    LocalError::form(422, "form_param_value_invalid", &text, name)
}
