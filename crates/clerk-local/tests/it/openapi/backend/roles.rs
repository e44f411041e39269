//! Roles and permissions.

use serde_json::json;

use super::{Caller, id};

pub async fn roles(caller: &Caller) {
    let permission = json!({ "name": "Read", "key": "org:reports:read", "description": "Reads." });
    let permission = caller
        .post("/v1/organization_permissions", &[], permission)
        .await;
    let permission = id(&permission);
    caller.get("/v1/organization_permissions", &[]).await;
    caller
        .get("/v1/organization_permissions/{}", &[permission])
        .await;
    let name = json!({ "name": "Read reports" });
    caller
        .patch("/v1/organization_permissions/{}", &[permission], name)
        .await;
    let role = json!({ "name": "Auditor", "key": "org:auditor", "description": "Looks." });
    let role = caller.post("/v1/organization_roles", &[], role).await;
    let role = id(&role);
    caller.get("/v1/organization_roles", &[]).await;
    caller.get("/v1/organization_roles/{}", &[role]).await;
    caller
        .patch(
            "/v1/organization_roles/{}",
            &[role],
            json!({ "name": "Auditors" }),
        )
        .await;
    let grant = "/v1/organization_roles/{}/permissions/{}";
    caller.post(grant, &[role, permission], json!({})).await;
    caller.delete(grant, &[role, permission]).await;
    caller.delete("/v1/organization_roles/{}", &[role]).await;
    caller
        .delete("/v1/organization_permissions/{}", &[permission])
        .await;
}
