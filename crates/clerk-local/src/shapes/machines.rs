//! Machines, their tokens and API keys.

use serde_json::{Value, json};

use super::extend;
use crate::state::{ApiKey, M2mToken, Machine, MachineRow, MachineScope};

/// `Machine` with those it may call. Its secret key is shown when it is made only.
pub fn machine(machine: &Machine, instance_id: &str) -> Value {
    let scoped: Vec<Value> = machine
        .scoped_machines
        .iter()
        .map(|called| alone(called, instance_id))
        .collect();
    extend(
        alone(&machine.row, instance_id),
        json!({ "scoped_machines": scoped }),
    )
}

/// `Machine` as the answer to its creation shows it.
pub fn machine_with_secret(machine: &Machine, instance_id: &str) -> Value {
    extend(
        self::machine(machine, instance_id),
        json!({ "secret_key": machine.secret }),
    )
}

/// `MachineWithoutScopedMachines`.
fn alone(machine: &MachineRow, instance_id: &str) -> Value {
    json!({
        "object": "machine",
        "id": machine.id,
        "name": machine.name,
        "instance_id": instance_id,
        "default_token_ttl": machine.default_token_ttl,
        "created_at": machine.created_at,
        "updated_at": machine.updated_at,
    })
}

/// `{"object":"machine_secret_key","secret":…}`
pub fn machine_secret_key(machine: &Machine) -> Value {
    json!({ "object": "machine_secret_key", "secret": machine.secret })
}

/// `MachineScope`.
pub fn machine_scope(scope: &MachineScope) -> Value {
    json!({
        "object": "machine_scope",
        "from_machine_id": scope.from_machine_id,
        "to_machine_id": scope.to_machine_id,
        "created_at": scope.created_at,
    })
}

/// A token between machines as of a time (unix milliseconds), without the token itself.
pub fn m2m_token(token: &M2mToken, now_ms: i64) -> Value {
    json!({
        "object": "machine_to_machine_token",
        "id": token.id,
        "subject": token.machine_id,
        "claims": token.claims,
        "scopes": token.scopes.0,
        "revoked": token.revoked,
        "revocation_reason": token.revocation_reason,
        "expired": token.is_expired(now_ms),
        "expiration": token.expires_at,
        "last_used_at": token.last_used_at,
        "created_at": token.created_at,
        "updated_at": token.updated_at,
    })
}

/// An API key as of a time (unix milliseconds), without the key itself.
pub fn api_key(key: &ApiKey, now_ms: i64) -> Value {
    json!({
        "object": "api_key",
        "id": key.id,
        "type": "api_key",
        "subject": key.subject,
        "name": key.name,
        "description": key.description,
        "claims": key.claims,
        "scopes": key.scopes.0,
        "revoked": key.revoked,
        "revocation_reason": key.revocation_reason,
        "expired": key.is_expired(now_ms),
        "expiration": key.expires_at,
        "created_by": key.created_by,
        "last_used_at": key.last_used_at,
        "created_at": key.created_at,
        "updated_at": key.updated_at,
    })
}
