//! Deliveries over real HTTP: signed, in order, at least once.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use crate::support::{Local, options};
use axum::{Router, body::Bytes, extract::State, routing::post};
use clerk::webhooks::{Event, EventData};
use clerk_local::{LocalClerk, webhooks::Deliverer};
use http::{HeaderMap, StatusCode};
use tokio::{net::TcpListener, sync::Notify};

/// An endpoint that answers 500 to its first `failures` calls.
#[derive(Default)]
struct Endpoint {
    failures: AtomicUsize,
    calls: Mutex<Vec<(HeaderMap, Bytes)>>,
    called: Notify,
}

impl Endpoint {
    async fn start(failures: usize) -> (Arc<Self>, String) {
        let endpoint = Arc::new(Self {
            failures: AtomicUsize::new(failures),
            ..Self::default()
        });
        let app = Router::new()
            .route("/webhooks/clerk", post(take))
            .with_state(endpoint.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhooks/clerk", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        (endpoint, url)
    }

    /// The calls so far, each verified.
    fn events(&self, clerk: &LocalClerk, now_ms: i64) -> Vec<Event> {
        let calls = self.calls.lock().unwrap();
        calls
            .iter()
            .map(|(headers, body)| {
                clerk::webhooks::verify(&clerk.webhook_secret(), headers, body, now_ms).unwrap()
            })
            .collect()
    }
}

async fn take(
    State(endpoint): State<Arc<Endpoint>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    endpoint.calls.lock().unwrap().push((headers, body));
    endpoint.called.notify_one();
    let left = &endpoint.failures;
    match left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)) {
        Ok(_) => StatusCode::INTERNAL_SERVER_ERROR,
        Err(_) => StatusCode::NO_CONTENT,
    }
}

#[tokio::test]
async fn changes_arrive_signed_and_in_order() {
    let (endpoint, url) = Endpoint::start(0).await;
    let local = Local::with_webhooks(&url).await;
    let state = local.clerk.state();
    let (ada, bob, acme) = local.acme().await;
    let client = state.create_client().await.unwrap();
    state.create_session(&client, &ada).await.unwrap();
    state.remove_all_sessions(&client).await.unwrap();
    state
        .update_role(&acme.id, &bob.id, "org:admin")
        .await
        .unwrap();
    state.remove_member(&acme.id, &bob.id).await.unwrap();
    state.delete_user(&bob.id).await.unwrap();

    let deliverer = Deliverer::new(state.clone()).unwrap();
    assert_eq!(deliverer.deliver_due().await.unwrap(), 10);
    assert_eq!(deliverer.deliver_due().await.unwrap(), 0);
    let events = endpoint.events(&local.clerk, state.now_ms());
    let kinds: Vec<&str> = events.iter().map(|event| event.data.kind()).collect();
    assert_eq!(
        kinds,
        [
            "user.created",
            "user.created",
            "organization.created",
            "organizationMembership.created",
            "organizationMembership.created",
            "session.created",
            "session.removed",
            "organizationMembership.updated",
            "organizationMembership.deleted",
            "user.deleted",
        ]
    );
    let times: Vec<i64> = events
        .iter()
        .filter_map(|event| match &event.data {
            EventData::OrganizationMembershipCreated(m)
            | EventData::OrganizationMembershipUpdated(m)
            | EventData::OrganizationMembershipDeleted(m) => Some(m.updated_at),
            _ => None,
        })
        .skip(1)
        .collect();
    assert!(times.is_sorted_by(|a, b| a < b), "{times:?}");
    let EventData::UserCreated(user) = &events[0].data else {
        panic!("{:?}", events[0].data);
    };
    assert_eq!(user.id.as_str(), ada.id);
    let instance = events[0].instance_id.as_deref().unwrap();
    assert!(instance.starts_with("ins_"));
}

#[tokio::test]
async fn a_failed_delivery_is_repeated_on_schedule_and_then_given_up() {
    let (endpoint, url) = Endpoint::start(usize::MAX).await;
    let local = Local::with_webhooks(&url).await;
    local.person("ada@example.com").await;
    let deliverer = Deliverer::new(local.clerk.state().clone()).unwrap();
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    let seconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];
    for wait in seconds {
        local.clock.advance(wait * 1000 - 1);
        assert_eq!(deliverer.deliver_due().await.unwrap(), 0, "before {wait} s");
        local.clock.advance(1);
        assert_eq!(deliverer.deliver_due().await.unwrap(), 1, "after {wait} s");
    }
    local.clock.advance(1_000_000_000);
    assert_eq!(deliverer.deliver_due().await.unwrap(), 0);
    let calls = endpoint.calls.lock().unwrap();
    assert_eq!(calls.len(), 8);
    let ids: Vec<_> = calls
        .iter()
        .map(|(headers, _)| &headers["svix-id"])
        .collect();
    assert!(ids.windows(2).all(|pair| pair[0] == pair[1]), "one id");
}

#[tokio::test]
async fn the_retry_succeeds_and_ends_the_matter() {
    let (endpoint, url) = Endpoint::start(1).await;
    let local = Local::with_webhooks(&url).await;
    local.person("ada@example.com").await;
    let state = local.clerk.state();
    let deliverer = Deliverer::new(state.clone()).unwrap();
    deliverer.deliver_due().await.unwrap();
    let failed = state.recent_deliveries(1).await.unwrap().remove(0);
    assert!(failed.last_error.unwrap().contains("500"));
    local.clock.advance(5_000);
    deliverer.deliver_due().await.unwrap();
    let done = state.recent_deliveries(1).await.unwrap().remove(0);
    assert_eq!((done.attempts, done.next_attempt_at), (2, None));
    assert_eq!(done.delivered_at, Some(state.now_ms()));
    assert_eq!(endpoint.calls.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn an_event_outlives_the_process_that_stored_it() {
    let (endpoint, url) = Endpoint::start(0).await;
    let local = Local::with_webhooks("http://127.0.0.1:9/webhooks/clerk").await;
    local.person("ada@example.com").await;
    let again = LocalClerk::open(options(&local.folder, &local.clock, &url))
        .await
        .unwrap();
    let secrets = [&again, &local.clerk].map(|clerk| clerk.webhook_secret().expose().to_owned());
    assert_eq!(secrets[0], secrets[1]);
    let deliverer = Deliverer::new(again.state().clone()).unwrap();
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    assert_eq!(endpoint.calls.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn the_loop_wakes_up_for_a_new_event() {
    let (endpoint, url) = Endpoint::start(0).await;
    let local = Local::with_webhooks(&url).await;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let clerk = local.clerk.clone();
    let deliveries = tokio::spawn(async move {
        clerk
            .run_deliveries(async {
                let _ = stopped.await;
            })
            .await;
    });
    for email in ["ada@example.com", "bob@example.com"] {
        local.person(email).await;
        endpoint.called.notified().await;
    }
    stop.send(()).unwrap();
    deliveries.await.unwrap();
    assert_eq!(endpoint.calls.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_refused_change_leaves_no_event() {
    let local = Local::open().await;
    let state = local.clerk.state();
    let ada = local.person("ada@example.com").await;
    state
        .create_organization("Acme", Some("acme"), &ada.id)
        .await
        .unwrap();
    let before = state.recent_deliveries(100).await.unwrap().len();
    let taken = state.create_organization("Acme", Some("acme"), &ada.id);
    assert_eq!(
        taken.await.unwrap_err().code(),
        Some("form_identifier_exists")
    );
    let after = state.recent_deliveries(100).await.unwrap().len();
    assert_eq!(before, after);
}
