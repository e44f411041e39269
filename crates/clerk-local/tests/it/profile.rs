//! What people change about themselves: names, metadata, the account itself.

use serde_json::json;

use crate::browser::World;

#[tokio::test]
async fn names_and_metadata() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    let me = "/v1/me?_method=PATCH";
    let named = [("first_name", "Ada"), ("last_name", " Byron ")];
    let user = ada.post(me, &named).await;
    assert_eq!(user.response()["last_name"], "Byron");
    let user = ada.post(me, &[("last_name", "")]).await;
    assert_eq!(user.response()["first_name"], "Ada");
    assert_eq!(user.response()["last_name"], json!(null));

    let metadata = "/v1/me/metadata?_method=PATCH";
    let one = [("unsafe_metadata", r#"{"a":{"b":1,"c":2},"d":3}"#)];
    ada.post(metadata, &one).await.response();
    let two = [("unsafe_metadata", r#"{"a":{"b":null,"e":4}}"#)];
    let merged = ada.post(metadata, &two).await;
    let expected = json!({ "a": { "c": 2, "e": 4 }, "d": 3 });
    assert_eq!(merged.response()["unsafe_metadata"], expected);
    // Older clients send it along with the names: the whole value.
    let whole = ada.post(me, &[("unsafe_metadata", r#"{"x":1}"#)]).await;
    assert_eq!(whole.response()["unsafe_metadata"], json!({ "x": 1 }));
    let list = ada.post(metadata, &[("unsafe_metadata", "[1]")]).await;
    let expected = (422, "form_param_format_invalid", Some("unsafe_metadata"));
    assert_eq!(list.error(), expected);

    let refused = ada.post(me, &[("username", "ada")]).await;
    assert_eq!(
        refused.error(),
        (422, "form_param_unknown", Some("username"))
    );
}

#[tokio::test]
async fn who_deletes_the_account_is_signed_out_everywhere() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut here = world.signed_in("ada@example.com").await;
    let mut there = world.signed_in("ada@example.com").await;
    let gone = here.post("/v1/me?_method=DELETE", &[]).await;
    assert_eq!(gone.response()["deleted"], true);
    assert_eq!(gone.json["client"]["sessions"], json!([]));
    assert_eq!(there.get("/v1/me").await.error(), (401, "signed_out", None));
    let client = there.get("/v1/client").await;
    assert_eq!(client.response()["sessions"], json!([]));
    assert_eq!(world.events("session.removed").await, 2);
    assert_eq!(world.events("user.deleted").await, 1);
    let fields = [("identifier", "ada@example.com")];
    let unknown = here.post("/v1/client/sign_ins", &fields).await;
    assert_eq!(unknown.error().1, "form_identifier_not_found");
}
