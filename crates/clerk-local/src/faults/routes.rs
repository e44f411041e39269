//! `/faults`.

use axum::{
    Json, Router,
    extract::{State, rejection::JsonRejection},
    middleware,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Switches;
use crate::{
    LocalState,
    error::{LocalError, Result},
    loopback,
};

/// No routes at all unless the instance was started with them.
pub(crate) fn router(state: &LocalState) -> Router<LocalState> {
    if !state.options().faults {
        return Router::new();
    }
    Router::new()
        .route("/faults", get(show).patch(set).delete(reset))
        .route("/faults/clock", post(clock))
        .route("/faults/rotate-signing-key", post(rotate))
        .route_layer(middleware::from_fn(loopback::programs_only))
}

async fn show(State(state): State<LocalState>) -> Json<Value> {
    answer(&state)
}

/// Sets what is given and leaves the rest.
async fn set(
    State(state): State<LocalState>,
    given: Result<Json<Map<String, Value>>, JsonRejection>,
) -> Result<Json<Value>> {
    let given = given.map_err(|error| refused(error.to_string()))?;
    let mut switches = state.faults().lock();
    let mut whole = serde_json::to_value(&*switches)?;
    if let Some(whole) = whole.as_object_mut() {
        whole.extend(given.0);
    }
    *switches = serde_json::from_value(whole).map_err(|error| refused(error.to_string()))?;
    drop(switches);
    Ok(answer(&state))
}

async fn reset(State(state): State<LocalState>) -> Json<Value> {
    *state.faults().lock() = Switches::default();
    state.reset_clock();
    answer(&state)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum SetClock {
    /// The clock stands at this time (unix milliseconds).
    StopAt(i64),
    /// The clock, going or standing, moves by so many milliseconds.
    AdvanceBy(i64),
}

async fn clock(
    State(state): State<LocalState>,
    given: Result<Json<SetClock>, JsonRejection>,
) -> Result<Json<Value>> {
    match given.map_err(|error| refused(error.to_string()))?.0 {
        SetClock::StopAt(at) => state.stop_clock(at),
        SetClock::AdvanceBy(by) => state.advance_clock(by),
    }
    Ok(answer(&state))
}

async fn rotate(State(state): State<LocalState>) -> Result<Json<Value>> {
    state.rotate_signing_key().await?;
    Ok(Json(json!({ "kid": state.instance().signing()?.kid })))
}

fn answer(state: &LocalState) -> Json<Value> {
    Json(json!({ "switches": *state.faults().lock(), "now_ms": state.now_ms() }))
}

fn refused(reason: String) -> LocalError {
    LocalError::api(422, "form_param_value_invalid", &reason)
}
