//! Whose tokens are taken: stricter than Clerk's own SDK.

use clerk::authenticate::Status;

use crate::world::{NOW, Page, World};

#[tokio::test]
async fn only_this_instances_tokens_are_taken() {
    let mut world = World::production();
    let with = |world: &World, iss: serde_json::Value| {
        let mut claims = world.instance.claims(NOW);
        match iss {
            serde_json::Value::Null => drop(claims.as_object_mut().unwrap().remove("iss")),
            iss => claims["iss"] = iss,
        }
        let token = world.instance.mint(&claims);
        Page::at("/").header("authorization", &format!("Bearer {token}"))
    };
    for accept_missing in [false, true] {
        world.options.accept_missing_issuer = accept_missing;
        let missing = world.decide(with(&world, serde_json::Value::Null)).await;
        assert_eq!(missing.status() == Status::SignedIn, accept_missing);
        for other in ["https://clerk.other.com".into(), "".into(), 7.into()] {
            let state = world.decide(with(&world, other)).await;
            let reason = state.reason().unwrap();
            assert_eq!(reason.as_str(), "token-verification-failed");
        }
        let own = with(&world, format!("https://{}", crate::world::HOST).into());
        assert_eq!(world.decide(own).await.status(), Status::SignedIn);
    }
}
