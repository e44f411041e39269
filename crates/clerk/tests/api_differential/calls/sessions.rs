use clerk::{
    api::{
        ApiClient, CreateActorToken, CreateSignInToken, ListClients, ListSessions, RefreshSession,
    },
    authenticate::RefreshFormat,
    ids::{OrganizationId, SessionId, UserId},
};
use serde_json::{Value, json};

use super::{Read, shown, some, strings};

pub async fn make(client: &ApiClient, resource: &str, call: &str) -> Option<Read> {
    let user = &UserId::new("user_1");
    Some(match (resource, call) {
        ("sessions", _) => return sessions(client, user, call).await,
        ("clients", "get") => shown(client.clients().get("client_1").await),
        ("clients", "list") => {
            let params = ListClients {
                limit: Some(2),
                offset: 4,
            };
            shown(client.clients().list(&params).await)
        }
        ("clients", "verify") => shown(client.clients().verify("e30.e30.e30").await),
        ("clients", "handshake_payload") => {
            let directives = client.clients().handshake_payload("n+1 2").await;
            directives.map(|directives| json!({ "directives": directives }))
        }
        ("sign_in_tokens", "create") => {
            let new = CreateSignInToken {
                org_id: Some(OrganizationId::new("org_1")),
                expires_in_seconds: Some(60),
                ..CreateSignInToken::new(user)
            };
            shown(client.sign_in_tokens().create(&new).await)
        }
        ("sign_in_tokens", "revoke") => shown(client.sign_in_tokens().revoke("sit_1").await),
        ("actor_tokens", "create") => {
            let new = CreateActorToken {
                expires_in_seconds: Some(60),
                session_max_duration_in_seconds: Some(30),
                ..CreateActorToken::new(user, "user_2")
            };
            shown(client.actor_tokens().create(&new).await)
        }
        ("actor_tokens", "revoke") => shown(client.actor_tokens().revoke("act_1").await),
        ("testing_tokens", "create") => shown(client.testing_tokens().create().await),
        ("jwks", _) => shown(client.jwks().await),
        _ => return None,
    })
}

async fn sessions(client: &ApiClient, user: &UserId, call: &str) -> Option<Read> {
    let sessions = client.sessions();
    let id = &SessionId::new("sess_1");
    let jwt = |token: Value| json!({ "jwt": token });
    let cookies = |cookies: Value| json!({ "cookies": cookies });
    Some(match call {
        "get" => shown(sessions.get(id).await),
        "list" => {
            let params = ListSessions {
                client_id: some("client_1"),
                user_id: Some(user.clone()),
                status: some("active"),
                limit: Some(3),
                offset: 6,
            };
            shown(sessions.list(&params).await)
        }
        "create" => {
            let organization = OrganizationId::new("org_1");
            shown(sessions.create(user, Some(&organization)).await)
        }
        "revoke" => shown(sessions.revoke(id).await),
        "token" => shown(sessions.token(id, None).await).map(jwt),
        "token for a time" => shown(sessions.token(id, Some(30)).await).map(jwt),
        "token_from_template" => {
            let token = sessions.token_from_template(id, "hasura", Some(0)).await;
            shown(token).map(jwt)
        }
        "refresh" => shown(sessions.refresh(id, refresh(true)).await).map(cookies),
        "refresh with plain names" => {
            shown(sessions.refresh(id, refresh(false)).await).map(cookies)
        }
        _ => return None,
    })
}

fn refresh(suffixed_cookies: bool) -> RefreshSession {
    RefreshSession {
        expired_token: "e30".to_owned(),
        refresh_token: "r1".to_owned(),
        request_origin: "https://app.example".to_owned(),
        request_headers: [
            ("user-agent".to_owned(), strings(&["x"])),
            ("accept".to_owned(), strings(&["a", "b"])),
        ]
        .into(),
        format: RefreshFormat::Cookie,
        suffixed_cookies,
    }
}
