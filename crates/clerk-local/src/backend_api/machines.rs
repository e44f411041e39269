//! `/v1/machines`: programs that call one another, their secret keys and permissions.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::{delete, get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{Body, Query};
use crate::{
    LocalState,
    error::{LocalError, Result},
    shapes,
    state::{Machine, MachineChanges, MachineQuery},
};

pub(super) fn router() -> Router<LocalState> {
    Router::new()
        .route("/v1/machines", get(list).post(create))
        .route(
            "/v1/machines/{id}",
            get(read).patch(update).delete(delete_machine),
        )
        .route("/v1/machines/{id}/secret_key", get(secret_key))
        .route("/v1/machines/{id}/secret_key/rotate", post(rotate))
        .route("/v1/machines/{id}/scopes", post(add_scope))
        .route("/v1/machines/{id}/scopes/{other}", delete(remove_scope))
}

async fn list(State(state): State<LocalState>, Query(query): Query) -> Result<Json<Value>> {
    let (limit, offset) = query.page()?;
    let (machines, total) = state
        .machines(&MachineQuery {
            query: query.text("query").map(str::to_owned),
            order_by: query.text("order_by").map(str::to_owned),
            limit,
            offset,
        })
        .await?;
    let machines = machines
        .iter()
        .map(|machine| shapes::machines::machine(machine, &state.instance().id))
        .collect();
    Ok(Json(shapes::page(machines, total)))
}

async fn read(State(state): State<LocalState>, Path(id): Path<String>) -> Result<Json<Value>> {
    let machine = find(&state, &id).await?;
    Ok(answer(&state, &machine))
}

#[derive(Deserialize)]
struct Create {
    name: Option<String>,
    #[serde(default)]
    scoped_machines: Vec<String>,
    default_token_ttl: Option<i64>,
}

async fn create(State(state): State<LocalState>, Body(body): Body<Create>) -> Result<Json<Value>> {
    let new = MachineChanges {
        name: body.name,
        default_token_ttl: body.default_token_ttl,
    };
    let machine = state.create_machine(new, &body.scoped_machines).await?;
    let instance_id = &state.instance().id;
    Ok(Json(shapes::machines::machine_with_secret(
        &machine,
        instance_id,
    )))
}

#[derive(Deserialize)]
struct Update {
    name: Option<String>,
    default_token_ttl: Option<i64>,
}

async fn update(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Update>,
) -> Result<Json<Value>> {
    let changes = MachineChanges {
        name: body.name,
        default_token_ttl: body.default_token_ttl,
    };
    let machine = state.update_machine(&id, changes).await?;
    Ok(answer(&state, &machine))
}

async fn delete_machine(
    State(state): State<LocalState>,
    Path(id): Path<String>,
) -> Result<Json<Value>> {
    state.delete_machine(&id).await?;
    Ok(Json(shapes::deleted("machine", &id)))
}

async fn secret_key(
    State(state): State<LocalState>,
    Path(id): Path<String>,
) -> Result<Json<Value>> {
    let machine = find(&state, &id).await?;
    Ok(Json(shapes::machines::machine_secret_key(&machine)))
}

#[derive(Deserialize)]
struct Rotate {
    previous_token_ttl: Option<i64>,
}

async fn rotate(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Rotate>,
) -> Result<Json<Value>> {
    let ttl = body
        .previous_token_ttl
        .ok_or_else(|| LocalError::missing("previous_token_ttl"))?;
    let machine = state.rotate_machine_secret(&id, ttl).await?;
    Ok(Json(shapes::machines::machine_secret_key(&machine)))
}

#[derive(Deserialize)]
struct Scope {
    to_machine_id: Option<String>,
}

async fn add_scope(
    State(state): State<LocalState>,
    Path(id): Path<String>,
    Body(body): Body<Scope>,
) -> Result<Json<Value>> {
    let to = body
        .to_machine_id
        .ok_or_else(|| LocalError::missing("to_machine_id"))?;
    let scope = state.add_machine_scope(&id, &to).await?;
    Ok(Json(shapes::machines::machine_scope(&scope)))
}

async fn remove_scope(
    State(state): State<LocalState>,
    Path((id, other)): Path<(String, String)>,
) -> Result<Json<Value>> {
    state.remove_machine_scope(&id, &other).await?;
    Ok(Json(json!({
        "object": "machine_scope",
        "from_machine_id": id,
        "to_machine_id": other,
        "deleted": true,
    })))
}

async fn find(state: &LocalState, id: &str) -> Result<Machine> {
    state.machine(id).await?.ok_or_else(LocalError::not_found)
}

fn answer(state: &LocalState, machine: &Machine) -> Json<Value> {
    Json(shapes::machines::machine(machine, &state.instance().id))
}
