//! The calls of `api-calls.mjs`, made with this crate.

mod machines;
mod organizations;
mod sessions;
mod settings;
mod users;

use clerk::api::{ApiClient, ApiError, Metadata};
use serde::Serialize;
use serde_json::Value;

/// What a call read, as JSON in Clerk's names.
pub type Read = Result<Value, ApiError>;

/// Makes the call of this name, if there is one.
pub async fn make(client: &ApiClient, name: &str) -> Option<Read> {
    let (resource, call) = name.split_once('.').unwrap_or((name, ""));
    match resource {
        "users" => users::make(client, call).await,
        "organizations" => organizations::make(client, call).await,
        "sessions" | "clients" | "sign_in_tokens" | "actor_tokens" | "testing_tokens" | "jwks" => {
            sessions::make(client, resource, call).await
        }
        "machines" | "m2m_tokens" | "api_keys" | "oauth_applications" => {
            machines::make(client, resource, call).await
        }
        _ => settings::make(client, resource, call).await,
    }
}

/// What was read, in Clerk's names.
fn shown<T: Serialize>(read: Result<T, ApiError>) -> Read {
    read.map(|read| serde_json::to_value(read).unwrap())
}

fn strings(values: &[&str]) -> Vec<String> {
    values.iter().map(|&value| value.to_owned()).collect()
}

fn some(value: &str) -> Option<String> {
    Some(value.to_owned())
}

fn object(value: Value) -> Metadata {
    match value {
        Value::Object(members) => members,
        other => panic!("{other} is not an object"),
    }
}
