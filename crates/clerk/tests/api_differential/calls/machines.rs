use clerk::api::{
    ApiClient, Change, CreateApiKey, CreateM2mToken, CreateMachine, ListApiKeys, ListM2mTokens,
    ListMachines, M2mTokenFormat, UpdateApiKey, UpdateMachine,
};
use serde_json::{Value, json};

use super::{Read, shown, some, strings};

pub async fn make(client: &ApiClient, resource: &str, call: &str) -> Option<Read> {
    match (resource, call) {
        ("machines", _) => machines(client, call).await,
        ("m2m_tokens", _) => m2m_tokens(client, call).await,
        ("api_keys", _) => api_keys(client, call).await,
        ("oauth_applications", "verify_access_token") => {
            let applications = client.oauth_applications();
            Some(shown(applications.verify_access_token("oat_secret").await))
        }
        _ => None,
    }
}

fn secret(secret: Value) -> Value {
    json!({ "secret": secret })
}

async fn machines(client: &ApiClient, call: &str) -> Option<Read> {
    let machines = client.machines();
    let id = "mch_1";
    Some(match call {
        "get" => shown(machines.get(id).await),
        "list" => {
            let params = ListMachines {
                query: some("one"),
                order_by: some("-name"),
                limit: Some(2),
                offset: 3,
            };
            shown(machines.list(&params).await)
        }
        "create" => {
            let new = CreateMachine {
                name: "one".to_owned(),
                scoped_machines: strings(&["mch_2"]),
                default_token_ttl: Some(3600),
            };
            shown(machines.create(&new).await)
        }
        "update" => {
            let changes = UpdateMachine {
                name: some("uno"),
                default_token_ttl: Some(60),
            };
            shown(machines.update(id, &changes).await)
        }
        "delete" => shown(machines.delete(id).await),
        "secret_key" => shown(machines.secret_key(id).await).map(secret),
        "rotate_secret_key" => shown(machines.rotate_secret_key(id, 0).await).map(secret),
        "create_scope" => shown(machines.create_scope(id, "mch_2").await),
        "delete_scope" => shown(machines.delete_scope(id, "mch_2").await),
        _ => return None,
    })
}

async fn m2m_tokens(client: &ApiClient, call: &str) -> Option<Read> {
    let tokens = client.m2m_tokens();
    let of_machine = ListM2mTokens {
        subject: "mch_1".to_owned(),
        ..ListM2mTokens::default()
    };
    Some(match call {
        "create" => {
            let new = CreateM2mToken {
                token_format: M2mTokenFormat::Jwt,
                seconds_until_expiration: Some(60),
                claims: Some(json!({ "teamId": 1 })),
                min_remaining_ttl_seconds: Some(5),
            };
            shown(tokens.made_by("ak_other").create(&new).await)
        }
        "create without parameters" => shown(tokens.create(&CreateM2mToken::default()).await),
        "list" => {
            let params = ListM2mTokens {
                revoked: Some(true),
                limit: Some(2),
                offset: 2,
                ..of_machine
            };
            shown(tokens.list(&params).await)
        }
        "list of those that are not expired" => {
            let params = ListM2mTokens {
                expired: Some(false),
                ..of_machine
            };
            shown(tokens.list(&params).await)
        }
        "revoke" => {
            let tokens = tokens.made_by("ak_other");
            shown(tokens.revoke("mt_1", Some("lost")).await)
        }
        "verify" => shown(tokens.verify("mt_secret").await),
        _ => return None,
    })
}

async fn api_keys(client: &ApiClient, call: &str) -> Option<Read> {
    let keys = client.api_keys();
    let id = "ak_1";
    Some(match call {
        "list" => {
            let params = ListApiKeys {
                subject: "user_1".to_owned(),
                include_invalid: Some(true),
                query: some("C I"),
                limit: Some(2),
                offset: 2,
            };
            shown(keys.list(&params).await)
        }
        "create" => {
            let new = CreateApiKey {
                description: some("for builds"),
                claims: Some(json!({ "teamId": 1 })),
                scopes: strings(&["read"]),
                created_by: some("user_1"),
                seconds_until_expiration: Some(60),
                ..CreateApiKey::new("CI", "user_1")
            };
            shown(keys.create(&new).await)
        }
        "get" => shown(keys.get(id).await),
        "update" => {
            let changes = UpdateApiKey {
                description: Change::Clear,
                claims: json!({ "teamId": 2 }).into(),
                scopes: Some(Vec::new()),
                ..UpdateApiKey::new("user_1")
            };
            shown(keys.update(id, &changes).await)
        }
        "secret" => shown(keys.secret(id).await).map(secret),
        "revoke" => shown(keys.revoke(id, None).await),
        "delete" => shown(keys.delete(id).await),
        "verify" => shown(keys.verify("ak_secret").await),
        _ => return None,
    })
}
