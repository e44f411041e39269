//! Organizations, members, invitations.

use serde_json::json;

use super::{Caller, id};

pub async fn organizations(caller: &Caller, ada: &str) {
    let bob = json!({ "email_address": ["bob@example.com"] });
    let bob = caller.post("/v1/users", &[], bob).await;
    let bob = id(&bob);
    let acme = json!({ "name": "Acme", "created_by": ada });
    let acme = caller.post("/v1/organizations", &[], acme).await;
    let acme = id(&acme);
    caller.get("/v1/organizations", &[]).await;
    caller.get("/v1/organizations/{}", &[acme]).await;
    caller
        .patch("/v1/organizations/{}", &[acme], json!({ "name": "Ajax" }))
        .await;
    let metadata = json!({ "public_metadata": { "a": 1 } });
    caller
        .patch("/v1/organizations/{}/metadata", &[acme], metadata.clone())
        .await;
    caller
        .put("/v1/organizations/{}/metadata", &[acme], metadata.clone())
        .await;
    let logo = "/v1/organizations/{}/logo";
    caller.picture("PUT", logo, &[acme]).await;
    caller.delete(logo, &[acme]).await;
    let members = "/v1/organizations/{}/memberships";
    let one = "/v1/organizations/{}/memberships/{}";
    let join = json!({ "user_id": bob, "role": "org:member" });
    caller.post(members, &[acme], join).await;
    caller.get(members, &[acme]).await;
    caller.get("/v1/organization_memberships", &[]).await;
    caller
        .patch(one, &[acme, bob], json!({ "role": "org:admin" }))
        .await;
    let member_metadata = "/v1/organizations/{}/memberships/{}/metadata";
    caller
        .patch(member_metadata, &[acme, bob], metadata.clone())
        .await;
    caller.put(member_metadata, &[acme, bob], metadata).await;
    caller.delete(one, &[acme, bob]).await;
    invitations(caller, acme, ada).await;
    caller.delete("/v1/organizations/{}", &[acme]).await;
}

async fn invitations(caller: &Caller, acme: &str, ada: &str) {
    let all = "/v1/organizations/{}/invitations";
    let invite = |email: &str| json!({ "email_address": email, "role": "org:member", "inviter_user_id": ada });
    let made = caller.post(all, &[acme], invite("cem@example.com")).await;
    caller.get(all, &[acme]).await;
    caller
        .get("/v1/organizations/{}/invitations/pending", &[acme])
        .await;
    caller
        .get("/v1/organizations/{}/invitations/{}", &[acme, id(&made)])
        .await;
    caller.get("/v1/organization_invitations", &[]).await;
    let several = json!([invite("dan@example.com"), invite("eve@example.com")]);
    caller
        .post("/v1/organizations/{}/invitations/bulk", &[acme], several)
        .await;
    let revoke = "/v1/organizations/{}/invitations/{}/revoke";
    let by = json!({ "requesting_user_id": ada });
    caller.post(revoke, &[acme, id(&made)], by).await;
    let made = caller
        .post(
            "/v1/invitations",
            &[],
            json!({ "email_address": "fay@example.com" }),
        )
        .await;
    caller.get("/v1/invitations", &[]).await;
    let several = json!([{ "email_address": "gil@example.com" }]);
    caller.post("/v1/invitations/bulk", &[], several).await;
    caller
        .post("/v1/invitations/{}/revoke", &[id(&made)], json!({}))
        .await;
    caller.delete("/v1/invitations/{}", &[id(&made)]).await;
}
