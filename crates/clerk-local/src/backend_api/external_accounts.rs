//! `/v1/users/{id}/external_accounts` and `/v1/users/{id}/oauth_access_tokens`.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{delete, get},
};
use serde_json::Value;

use super::input::Query;
use crate::{
    LocalState,
    error::{LocalError, Result},
    provider::Provider,
    shapes::{self, external},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route(
            "/v1/users/{id}/external_accounts/{account_id}",
            delete(remove),
        )
        .route(
            "/v1/users/{id}/oauth_access_tokens/{provider}",
            get(access_tokens),
        )
}

async fn remove(
    State(state): State<LocalState>,
    Path((id, account_id)): Path<(String, String)>,
) -> Result<Json<Value>> {
    let account = state.remove_account(&id, &account_id).await?;
    Ok(Json(shapes::deleted("external_account", &account.id)))
}

/// A bare array, or a page with `paginated=true`. The provider's name may have its `oauth_`.
async fn access_tokens(
    State(state): State<LocalState>,
    Path((id, provider)): Path<(String, String)>,
    Query(query): Query,
) -> Result<Json<Value>> {
    let user = state.user(&id).await?.ok_or_else(LocalError::not_found)?;
    let slug = provider.strip_prefix("oauth_").unwrap_or(&provider);
    let provider = Provider::from_slug(slug).ok_or_else(|| {
        LocalError::api(
            400,
            "oauth_unsupported_provider",
            "This OAuth provider is not one of the instance's.",
        )
    })?;
    let (limit, offset) = query.page()?;
    let tokens = state.provider_tokens(&user, provider).await?;
    let total = u64::try_from(tokens.len()).unwrap_or(u64::MAX);
    let from = usize::try_from(offset).unwrap_or(usize::MAX);
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let data = tokens.iter().skip(from).take(most);
    let data: Vec<Value> = data.map(external::access_token).collect();
    Ok(Json(match query.is_true("paginated") {
        true => shapes::page(data, total),
        false => Value::Array(data),
    }))
}
