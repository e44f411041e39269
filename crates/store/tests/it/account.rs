//! How people like pages, leaving altogether, and what organizations demand of sessions.

use crate::support::{START, TestDb, membership, on_each, session, session_as, user};
use clerk::{session::Session, test_util::session_with_claims, webhooks::EventData};
use serde_json::json;
use std::sync::Arc;
use store::{Departure, Origin, Preferences, SecurityPolicy, StoreError};

/// A session at Acme that says when its factors were shown.
fn session_with(name: &str, role: &str, fva: [i64; 2]) -> Session {
    session_with_claims(&json!({
        "v": 2, "sub": format!("user_{name}"), "sid": "sess_1", "sts": "active", "fva": fva,
        "iss": "https://clerk.test.lcl.dev", "iat": 1_700_000_000, "exp": 4_102_444_800_i64,
        "o": { "id": "org_acme", "slg": "acme", "rol": role },
    }))
}

#[tokio::test]
async fn preferences_come_with_the_person_and_with_the_scope() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let max = session("max", "acme");
        let me = db.store.me(&max).await.unwrap();
        assert_eq!(me.email.as_deref(), Some("max@example.com"));
        assert_eq!(me.preferences, Preferences::default());
        let mut told = user("max", START + 5);
        let likes = json!({ "theme": "dark", "time_zone": "Asia/Tokyo", "density": 1 });
        told.public_metadata = likes.as_object().unwrap().clone();
        db.store.identity().user_changed(&told).await.unwrap();
        let expected = Preferences {
            theme: Some("dark".into()),
            density: None,
            time_zone: Some("Asia/Tokyo".into()),
        };
        assert_eq!(db.store.me(&max).await.unwrap().preferences, expected);
        let scope = db.store.enter(&max, "acme").await.unwrap();
        assert_eq!(*scope.preferences(), expected);
        drop(scope);
        let ada = db.store.enter(&session("ada", "acme"), "acme").await;
        assert_eq!(*ada.unwrap().preferences(), Preferences::default());
        // An older word changes nothing.
        db.tell(EventData::UserUpdated(user("max", START + 4)))
            .await;
        assert_eq!(db.store.me(&max).await.unwrap().preferences, expected);
    })
    .await;
}

#[tokio::test]
async fn a_policy_holds_for_every_session_that_enters() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let two = SecurityPolicy {
            second_factor: true,
            sign_in_hours: Some(8),
        };
        let secure = |session: Session, policy| {
            let store = db.store.clone();
            async move {
                let turn = store.take_turn(&session, "acme", Origin::default()).await?;
                turn.secure(&session, policy).await
            }
        };
        let ada = session_with("ada", "admin", [5, 5]);
        let refused = secure(session_with("max", "member", [5, 5]), two).await;
        assert!(matches!(refused, Err(StoreError::Forbidden { .. })));
        let refused = secure(session_with("ada", "admin", [5, -1]), two).await;
        assert!(matches!(refused, Err(StoreError::SecondFactorNeeded)));
        let refused = secure(session_with("ada", "admin", [480, 5]), two).await;
        assert!(matches!(
            refused,
            Err(StoreError::SignInTooOld { hours: 8 })
        ));
        let changed = "organization_id = 'org_acme' AND action = 'organization.security_changed'";
        assert_eq!(db.count("audit_events", changed).await, 0);
        secure(ada.clone(), two).await.unwrap();
        // The same again is no change.
        secure(ada.clone(), two).await.unwrap();
        assert_eq!(db.count("audit_events", changed).await, 1);

        assert_eq!(db.store.enter(&ada, "acme").await.unwrap().security(), two);
        let enter = |fva| {
            let store = db.store.clone();
            async move {
                store
                    .enter(&session_with("max", "member", fva), "acme")
                    .await
            }
        };
        enter([479, 0]).await.unwrap();
        let refused = enter([5, -1]).await;
        assert!(matches!(refused, Err(StoreError::SecondFactorNeeded)));
        let refused = enter([480, 0]).await;
        assert!(matches!(
            refused,
            Err(StoreError::SignInTooOld { hours: 8 })
        ));
        // Nothing of it to somebody who is no member, or from another organization.
        let stranger = session_as("bob", Some("acme"), "org:admin");
        let refused = db.store.enter(&stranger, "acme").await;
        assert!(matches!(refused, Err(StoreError::NotFound)));
        // Clerk's word about the organization leaves it as it is.
        let told = crate::support::organization("acme", START + 9);
        db.tell(EventData::OrganizationUpdated(told)).await;
        assert_eq!(db.store.enter(&ada, "acme").await.unwrap().security(), two);
        secure(ada.clone(), SecurityPolicy::default())
            .await
            .unwrap();
        enter([9999, -1]).await.unwrap();
    })
    .await;
}

/// What becomes of somebody who leaves, with Clerk thinking in between.
async fn leave(db: Arc<TestDb>, name: &'static str) -> Result<(), StoreError> {
    let session = session_as(name, Some("acme"), "org:admin");
    let departure: Departure = db.store.depart(&session).await?;
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    departure.finish().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_admins_who_delete_their_accounts_at_once_one_stays() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let alone = db.store.sole_admin_of(&ada).await.unwrap();
        assert!(alone.iter().any(|organization| organization.slug == "acme"));
        let promoted = membership("acme", "max", "org:admin", START + 1);
        db.tell(EventData::OrganizationMembershipUpdated(promoted))
            .await;
        let max = session_as("max", Some("acme"), "org:admin");
        assert_eq!(db.store.sole_admin_of(&max).await.unwrap(), []);

        let promoted = membership("globex", "gus", "org:admin", START + 1);
        db.tell(EventData::OrganizationMembershipUpdated(promoted))
            .await;
        let both = ["ada", "max"].map(|name| tokio::spawn(leave(Arc::clone(&db), name)));
        let [ada, max] = both;
        let outcomes = [ada.await.unwrap(), max.await.unwrap()];
        let gone = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(gone, 1, "{outcomes:?}");
        let refused = outcomes.into_iter().find_map(Result::err).unwrap();
        assert!(matches!(refused, StoreError::LastAdmin), "{refused:?}");
        let admins = "organization_id = 'org_acme' AND role = 'org:admin'";
        assert_eq!(db.count("memberships", admins).await, 1);
        assert_eq!(db.count("users", "id IN ('user_ada', 'user_max')").await, 1);
    })
    .await;
}
