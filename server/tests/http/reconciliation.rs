//! What the local copy lacks, or has too much, after webhooks were lost: the walk through the
//! backend API mends it.

mod story;

use clerk::{
    api::{Deleted, OrganizationMembership, User},
    clock::Clock as _,
    ids::{OrganizationId, UserId},
    webhooks::{Event, EventData},
};
use server::{
    commands,
    jobs::reconcile::{ReconcileError, reconcile},
};
use store::{Repairs, Store};

use crate::support::{
    TestServer,
    backend::{Backend, LISTS},
    databases::kinds,
    elsewhere::RemoteServer,
};
use story::Story;

/// More milliseconds than clocks may differ by.
const LATER: i64 = 60_000;

#[tokio::test]
async fn with_a_third_of_the_events_lost_the_end_is_the_same() {
    for kind in kinds() {
        for seed in 1..=4 {
            let (clerk, backend, some) = RemoteServer::apart(kind).await;
            let all = RemoteServer::behind(kind, &clerk, &backend).await;
            let mut story = Story::new(seed);
            story.happen(&clerk, 60).await;
            let (told, lost) = story.tell(&clerk, &all, &some, 30).await;
            assert!(lost > 5 && told > lost, "{told} told, {lost} lost");
            clerk.clock.advance(LATER);

            let before = all.rows().await;
            let repairs = run(&all).await.unwrap();
            assert_eq!(repairs.total(), 0, "{kind:?} {seed}: {repairs}");
            assert_eq!(all.rows().await, before, "{kind:?} {seed}");
            assert_ne!(
                some.rows().await,
                before,
                "{kind:?} {seed}: nothing to mend"
            );

            let repairs = run(&some).await.unwrap();
            assert!(repairs.total() > 0, "{kind:?} {seed}");
            assert_eq!(some.rows().await, before, "{kind:?} {seed}: {repairs}");
            let again = run(&some).await.unwrap();
            assert_eq!(again.total(), 0, "{kind:?} {seed}: {again}");
        }
    }
}

#[tokio::test]
async fn it_counts_what_was_missing_stale_and_gone() {
    for kind in kinds() {
        let scene = Scene::set(kind).await;
        let repairs = run(&scene.server).await.unwrap().to_string();
        // What ends with its organization or user is not counted.
        let expected = "users: 2 checked, 1 missing, 1 stale, 1 gone; \
                        organizations: 1 checked, 1 missing, 0 stale, 1 gone; \
                        roles: 2 checked, 0 missing, 1 stale, 0 gone; \
                        memberships: 2 checked, 2 missing, 0 stale, 0 gone";
        assert_eq!(repairs, expected, "{kind:?}");
        assert_eq!(scene.ghosts().await, 0, "{kind:?}");
    }
}

#[tokio::test]
async fn a_list_that_breaks_off_removes_nothing() {
    for kind in kinds() {
        let scene = Scene::set(kind).await;
        for path in LISTS {
            scene.backend.fail(Some(path));
            let error = run(&scene.server).await.unwrap_err();
            assert!(matches!(error, ReconcileError::Clerk(_)), "{error}");
            assert_eq!(scene.ghosts().await, 3, "{kind:?} {path}");
        }
        // Nor does an answer about the one thing that is not in the list.
        scene.backend.fail(Some("/v1/users/user_ghost"));
        run(&scene.server).await.unwrap_err();
        assert_eq!(scene.ghosts().await, 3, "{kind:?}");
        scene.backend.fail(None);
        run(&scene.server).await.unwrap();
        assert_eq!(scene.ghosts().await, 0, "{kind:?}");
    }
}

/// Lists may skip what moves between their pages while they are read.
#[tokio::test]
async fn what_a_list_skipped_is_asked_for_and_stays() {
    for kind in kinds() {
        let scene = Scene::set(kind).await;
        run(&scene.server).await.unwrap();
        scene.clerk.clock.advance(LATER);
        let rows = scene.server.rows().await;
        let ids = rows
            .iter()
            .map(|row| match row.split(' ').collect::<Vec<_>>()[..] {
                ["membership", _, _, id, ..] | [_, id, ..] => id,
                _ => panic!("{row}"),
            });
        let ids: Vec<&str> = ids.filter(|id| *id != scene.ben.as_str()).collect();
        assert_eq!(ids.len(), 4, "Ada, Acme and both memberships: {rows:?}");
        scene.backend.hide(&ids);
        scene.backend.calls();
        let repairs = run(&scene.server).await.unwrap();
        assert_eq!(repairs.total(), 0, "{kind:?} {repairs}");
        assert_eq!(scene.server.rows().await, rows, "{kind:?}");
        assert_eq!(
            scene.backend.calls().len(),
            4 + 4,
            "four lists, four questions"
        );
    }
}

#[tokio::test]
async fn what_is_young_may_have_come_after_the_walk() {
    for kind in kinds() {
        let scene = Scene::set(kind).await;
        scene.clerk.clock.set(GHOSTS_AT + 4_999);
        run(&scene.server).await.unwrap();
        assert_eq!(scene.ghosts().await, 3, "{kind:?}");
        scene.clerk.clock.advance(1);
        run(&scene.server).await.unwrap();
        assert_eq!(scene.ghosts().await, 0, "{kind:?}");
    }
}

#[tokio::test]
async fn a_webhook_during_the_walk_wins() {
    for kind in kinds() {
        let scene = Scene::set(kind).await;
        let held = scene.backend.hold("/v1/organization_memberships");
        let walk = tokio::spawn({
            let (clerk, store) = (
                scene.server.state.clerk.clone(),
                scene.server.state.store.clone(),
            );
            async move { reconcile(&clerk, &store).await }
        });
        held.arrived.await.unwrap();
        // The users were listed: one is deleted now, and one that was not there is made.
        let store = &scene.server.state.store;
        let gone = Deleted {
            id: scene.ben.as_str().to_owned(),
            ..deleted()
        };
        let later = scene.clerk.clock.now_ms();
        tell(store, "msg_gone", later, EventData::UserDeleted(gone)).await;
        let newer = ghost_user(later);
        tell(store, "msg_new", later, EventData::UserUpdated(newer)).await;
        held.release.send(()).unwrap();
        walk.await.unwrap().unwrap();

        let rows = scene.server.rows().await.join("\n");
        assert!(!rows.contains(scene.ben.as_str()), "{kind:?} {rows}");
        assert!(rows.contains("user user_ghost"), "{kind:?} {rows}");
        assert!(!rows.contains("org_ghost"), "{kind:?} {rows}");
    }
}

#[tokio::test]
async fn another_instances_keys_remove_nothing() {
    for kind in kinds() {
        let (clerk, _backend, server) = RemoteServer::apart(kind).await;
        put_ghosts(&server.state.store).await;
        clerk.person_unknown_here("ada@acme.test", "acme").await;
        let error = run(&server).await.unwrap_err();
        assert!(matches!(error, ReconcileError::AnotherInstance), "{error}");
        let rows = server.rows().await;
        assert_eq!(ghosts(&rows), 3, "{kind:?} {rows:?}");
    }
}

#[tokio::test]
async fn what_is_gone_stays_gone() {
    for kind in kinds() {
        let scene = Scene::set(kind).await;
        run(&scene.server).await.unwrap();
        let store = &scene.server.state.store;
        let late = GHOSTS_AT + 1;
        let told = EventData::UserUpdated(ghost_user(late));
        tell(store, "msg_late", late, told).await;
        let told = EventData::OrganizationMembershipUpdated(ghost_membership(late));
        tell(store, "msg_later", late, told).await;
        assert_eq!(scene.ghosts().await, 0, "{kind:?}");
    }
}

#[tokio::test]
async fn the_command_mends_and_fails_when_clerk_is_away() {
    for kind in kinds() {
        let mut scene = Scene::set(kind).await;
        let config = scene.server.config.clone();
        commands::reconcile::run(config.clone()).await.unwrap();
        assert_eq!(scene.ghosts().await, 0, "{kind:?}");
        scene.backend.stop();
        let error = commands::reconcile::run(config).await.unwrap_err();
        let words = error.to_string();
        assert!(words.contains("could not be walked to the end"), "{words}");
    }
}

/// A server that has not heard of Ben and Acme, has an old word about Ada, and knows somebody whom
/// Clerk has not.
struct Scene {
    clerk: TestServer,
    backend: Backend,
    server: RemoteServer,
    ben: UserId,
}

/// When the ghosts were last told of.
const GHOSTS_AT: i64 = 1_700_000_000_000;

impl Scene {
    async fn set(kind: crate::support::databases::Kind) -> Self {
        let (clerk, backend, server) = RemoteServer::apart(kind).await;
        let ada = clerk.person_unknown_here("ada@acme.test", "acme").await;
        let ben = clerk.person_unknown_here("ben@acme.test", "acme").await;
        let store = &server.state.store;
        let mut old = clerk.state.clerk.users().get(&ada.user).await.unwrap();
        old.first_name = Some("Old".to_owned());
        old.updated_at = 1;
        tell(store, "msg_old", 1, EventData::UserCreated(old)).await;
        put_ghosts(store).await;
        Self {
            clerk,
            backend,
            server,
            ben: ben.user,
        }
    }

    /// How many rows there are that Clerk has not.
    async fn ghosts(&self) -> usize {
        ghosts(&self.server.rows().await)
    }
}

/// A user, an organization and a membership that Clerk does not have.
async fn put_ghosts(store: &Store) {
    let told = EventData::UserCreated(ghost_user(GHOSTS_AT));
    tell(store, "msg_ghost", GHOSTS_AT, told).await;
    let told = EventData::OrganizationMembershipCreated(ghost_membership(GHOSTS_AT));
    tell(store, "msg_haunts", GHOSTS_AT, told).await;
}

fn ghosts(rows: &[String]) -> usize {
    rows.iter().filter(|row| row.contains("ghost")).count()
}

fn ghost_user(updated_at: i64) -> User {
    let user = serde_json::json!({
        "id": "user_ghost", "created_at": GHOSTS_AT, "updated_at": updated_at
    });
    serde_json::from_value(user).unwrap()
}

fn ghost_membership(updated_at: i64) -> OrganizationMembership {
    let membership = serde_json::json!({
        "id": "orgmem_ghost", "role": "org:admin",
        "organization": {
            "id": OrganizationId::new("org_ghost"), "slug": "ghost", "name": "Ghost",
            "created_at": GHOSTS_AT, "updated_at": updated_at
        },
        "public_user_data": { "user_id": "user_ghost" },
        "created_at": GHOSTS_AT, "updated_at": updated_at
    });
    serde_json::from_value(membership).unwrap()
}

fn deleted() -> Deleted {
    serde_json::from_value(serde_json::json!({ "object": "user", "id": "", "deleted": true }))
        .unwrap()
}

async fn tell(store: &Store, id: &str, timestamp_ms: i64, data: EventData) {
    let event = Event {
        id: id.to_owned(),
        timestamp_ms,
        instance_id: None,
        http_request: None,
        data,
    };
    store.identity().apply_event(&event).await.unwrap();
}

async fn run(server: &RemoteServer) -> Result<Repairs, ReconcileError> {
    reconcile(&server.state.clerk, &server.state.store).await
}
