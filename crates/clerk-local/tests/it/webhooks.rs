//! Deliveries over real HTTP: signed, in order, at least once.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use crate::support::{Local, options};
use axum::{Router, body::Bytes, extract::State, routing::post};
use clerk::webhooks::{Event, EventData, WebhookSecret};
use clerk_local::{LocalClerk, state::EndpointForm, webhooks::Deliverer};
use http::{HeaderMap, StatusCode};
use tokio::{net::TcpListener, sync::Notify};

/// An endpoint that answers 500 to its first `failures` calls, and never to events about what it hangs on.
#[derive(Default)]
struct Endpoint {
    failures: AtomicUsize,
    hangs_on: Mutex<Option<String>>,
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

impl Endpoint {
    /// The types of the events so far.
    fn kinds(&self) -> Vec<String> {
        let calls = self.calls.lock().unwrap();
        let kind = |body: &Bytes| {
            let event: serde_json::Value = serde_json::from_slice(body).unwrap();
            event["type"].as_str().unwrap().to_owned()
        };
        calls.iter().map(|(_, body)| kind(body)).collect()
    }
}

async fn take(
    State(endpoint): State<Arc<Endpoint>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let text = String::from_utf8_lossy(&body).into_owned();
    endpoint.calls.lock().unwrap().push((headers, body));
    endpoint.called.notify_one();
    let hangs_on = endpoint.hangs_on.lock().unwrap().clone();
    if hangs_on.is_some_and(|about| text.contains(&about)) {
        std::future::pending::<()>().await;
    }
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

fn form(url: &str, event_types: &[&str]) -> EndpointForm {
    EndpointForm {
        url: url.to_owned(),
        event_types: event_types.iter().map(|one| (*one).to_owned()).collect(),
        ..EndpointForm::default()
    }
}

#[tokio::test]
async fn each_endpoint_gets_what_it_wants_signed_with_its_own_secret() {
    let (application, url) = Endpoint::start(0).await;
    let (other, other_url) = Endpoint::start(0).await;
    let local = Local::with_webhooks(&url).await;
    let state = local.clerk.state();
    let added = state
        .add_webhook_endpoint(&form(&other_url, &["organization.created"]))
        .await
        .unwrap();
    let (_, _, acme) = local.acme().await;
    let deliverer = Deliverer::new(state.clone()).unwrap();
    assert_eq!(deliverer.deliver_due().await.unwrap(), 6);
    assert_eq!(application.calls.lock().unwrap().len(), 5);

    let calls = other.calls.lock().unwrap();
    let [(headers, body)] = &calls[..] else {
        panic!("{} calls", calls.len());
    };
    let secret = WebhookSecret::parse(&added.secret).unwrap();
    let event = clerk::webhooks::verify(&secret, headers, body, state.now_ms()).unwrap();
    let EventData::OrganizationCreated(organization) = event.data else {
        panic!("{:?}", event.data);
    };
    assert_eq!(organization.id.as_str(), acme.id);
    let wrong = local.clerk.webhook_secret();
    assert!(clerk::webhooks::verify(&wrong, headers, body, state.now_ms()).is_err());
}

#[tokio::test]
async fn a_disabled_endpoint_waits_and_a_removed_one_is_forgotten() {
    let (_, url) = Endpoint::start(0).await;
    let (other, other_url) = Endpoint::start(usize::MAX).await;
    let local = Local::with_webhooks(&url).await;
    let state = local.clerk.state();
    let added = state.add_webhook_endpoint(&form(&other_url, &[])).await;
    let added = added.unwrap();
    local.person("ada@example.com").await;
    let deliverer = Deliverer::new(state.clone()).unwrap();
    assert_eq!(deliverer.deliver_due().await.unwrap(), 2);
    let disabled = EndpointForm {
        disabled: true,
        ..form(&other_url, &[])
    };
    let changed = state.update_webhook_endpoint(&added.id, &disabled).await;
    changed.unwrap();
    local.person("bob@example.com").await;
    local.clock.advance(5_000);
    // Only the application hears of Bob; the retry about Ada waits.
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    let enabled = form(&other_url, &[]);
    let changed = state.update_webhook_endpoint(&added.id, &enabled).await;
    changed.unwrap();
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    assert_eq!(other.calls.lock().unwrap().len(), 2);

    state.delete_webhook_endpoint(&added.id).await.unwrap();
    local.clock.advance(300_000);
    assert_eq!(deliverer.deliver_due().await.unwrap(), 0);
    let gone = state.delete_webhook_endpoint(&added.id).await.unwrap_err();
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
    let own = state.delete_webhook_endpoint("ep_application").await;
    assert_eq!(own.unwrap_err().status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn one_that_hangs_holds_back_neither_other_organizations_nor_other_endpoints() {
    let (application, url) = Endpoint::start(0).await;
    let (other, other_url) = Endpoint::start(0).await;
    let local = Local::with_webhooks(&url).await;
    let state = local.clerk.state().clone();
    let (ada, bob, acme) = local.acme().await;
    let tools = state.create_organization("Tools", None, &ada.id).await;
    let tools = tools.unwrap();
    Deliverer::new(state.clone())
        .unwrap()
        .deliver_due()
        .await
        .unwrap();
    state
        .add_webhook_endpoint(&form(&other_url, &[]))
        .await
        .unwrap();
    application.calls.lock().unwrap().clear();
    *application.hangs_on.lock().unwrap() = Some(acme.id.clone());
    // Two events of one organization, and between them one of another.
    state
        .update_role(&acme.id, &bob.id, "org:admin")
        .await
        .unwrap();
    state
        .add_member(&tools.id, &bob.id, "org:member")
        .await
        .unwrap();
    state.remove_member(&acme.id, &bob.id).await.unwrap();

    let clerk = local.clerk.clone();
    let deliveries =
        tokio::spawn(async move { clerk.run_deliveries(std::future::pending()).await });
    let expected =
        ["updated", "created", "deleted"].map(|what| format!("organizationMembership.{what}"));
    while other.calls.lock().unwrap().len() < 3 || application.calls.lock().unwrap().len() < 2 {
        tokio::select! {
            () = application.called.notified() => {}
            () = other.called.notified() => {}
        }
    }
    deliveries.abort();
    assert_eq!(other.kinds(), expected);
    // The event after the hanging one is of the same organization, and must not overtake it.
    assert_eq!(application.kinds(), expected[..2]);
}

#[tokio::test]
async fn a_replay_sends_the_same_message_again() {
    let (endpoint, url) = Endpoint::start(0).await;
    let local = Local::with_webhooks(&url).await;
    local.person("ada@example.com").await;
    let state = local.clerk.state();
    let deliverer = Deliverer::new(state.clone()).unwrap();
    deliverer.deliver_due().await.unwrap();
    let sequence = state.recent_deliveries(1).await.unwrap()[0].sequence;
    state.replay_delivery(sequence).await.unwrap();
    assert_eq!(deliverer.deliver_due().await.unwrap(), 1);
    let missing = state.replay_delivery(999).await.unwrap_err();
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    let calls = endpoint.calls.lock().unwrap();
    assert_eq!(calls[0].0["svix-id"], calls[1].0["svix-id"]);
    assert_eq!(calls[0].1, calls[1].1);
}

#[tokio::test]
async fn old_events_go_but_not_those_on_their_way() {
    let (_, url) = Endpoint::start(0).await;
    let local = Local::with_webhooks(&url).await;
    let state = local.clerk.state();
    local.person("ada@example.com").await;
    Deliverer::new(state.clone())
        .unwrap()
        .deliver_due()
        .await
        .unwrap();
    local.person("bob@example.com").await;
    let days = |count: i64| count * 24 * 60 * 60 * 1000;
    local.clock.advance(days(29));
    assert_eq!(state.prune_events().await.unwrap(), 0);
    local.clock.advance(days(2));
    assert_eq!(state.prune_events().await.unwrap(), 1);
    let left = state.recent_deliveries(10).await.unwrap();
    assert_eq!(left.len(), 1);
    assert!(left[0].payload.contains("bob@example.com"));
}
