//! People and their addresses.

use serde_json::json;

use super::{Caller, id};
use crate::support::PASSWORD;

/// Leaves one person behind.
pub async fn people(caller: &Caller) -> String {
    let create = json!({ "email_address": ["ada@example.com"], "password": PASSWORD });
    let ada = caller.post("/v1/users", &[], create).await;
    let ada = id(&ada).to_owned();
    caller.get("/v1/users", &[]).await;
    caller.get("/v1/users/count", &[]).await;
    caller.get("/v1/users/{}", &[&ada]).await;
    let name = json!({ "first_name": "Ada" });
    caller.patch("/v1/users/{}", &[&ada], name).await;
    let metadata = json!({ "public_metadata": { "object": "user" } });
    caller
        .patch("/v1/users/{}/metadata", &[&ada], metadata.clone())
        .await;
    caller.put("/v1/users/{}/metadata", &[&ada], metadata).await;
    for what in ["ban", "unban", "lock", "unlock"] {
        caller
            .post(&format!("/v1/users/{{}}/{what}"), &[&ada], json!({}))
            .await;
    }
    let several = json!({ "user_ids": [ada] });
    caller.post("/v1/users/ban", &[], several.clone()).await;
    caller.post("/v1/users/unban", &[], several).await;
    let password = json!({ "password": PASSWORD });
    caller
        .post("/v1/users/{}/verify_password", &[&ada], password)
        .await;
    caller
        .post("/v1/users/{}/password/set_compromised", &[&ada], json!({}))
        .await;
    caller
        .post(
            "/v1/users/{}/password/unset_compromised",
            &[&ada],
            json!({}),
        )
        .await;
    caller
        .post("/v1/users/{}/remove_password", &[&ada], json!({}))
        .await;
    caller
        .get("/v1/users/{}/organization_memberships", &[&ada])
        .await;
    caller
        .get("/v1/users/{}/organization_invitations", &[&ada])
        .await;
    let replaced = json!({ "email_address": "new@example.com" });
    caller
        .put("/v1/users/{}/email_address", &[&ada], replaced)
        .await;
    let more = json!({ "user_id": ada, "email_address": "more@example.com" });
    let more = caller.post("/v1/email_addresses", &[], more).await;
    let more = id(&more);
    caller.get("/v1/email_addresses/{}", &[more]).await;
    let verified = json!({ "verified": true });
    caller
        .patch("/v1/email_addresses/{}", &[more], verified)
        .await;
    caller.delete("/v1/email_addresses/{}", &[more]).await;
    let image = "/v1/users/{}/profile_image";
    caller.picture("POST", image, &[&ada]).await;
    caller.delete(image, &[&ada]).await;
    ada
}
