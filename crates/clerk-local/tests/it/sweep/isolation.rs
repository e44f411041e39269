//! Nobody reads or changes what is somebody else's, whatever route they try it on.

use super::{
    routes::{self, METHODS, Route},
    stage::{Ask, Sender, Stage, form},
};
use crate::browser::World;

/// Parts that show what is theirs to anyone, on purpose: the instance runs on the developer's own
/// machine, and there is nobody else to show it to.
const OPEN: [&str; 6] = [
    // Every mail, for people and tests to read.
    "outbox",
    // The accounts that the built-in providers play.
    "provider",
    // The instance's keys; loopback only.
    "keys",
    // The log of webhooks with their payloads.
    "webhooks",
    "webhook_pages",
    // Loopback only, and off unless asked for.
    "faults",
];

/// Addresses that are meant to be opened by anyone who has them.
fn is_public(route: &Route) -> bool {
    ["/v1/avatars/", "/v1/images/", "/npm/"]
        .iter()
        .any(|prefix| route.path.starts_with(prefix))
}

#[tokio::test]
async fn what_is_ada_s_stays_ada_s() {
    let world = World::new().await;
    let router = world.clerk.router();
    let ada = Stage::set(&world, &router, "xq-ada-qx").await;
    let eve = Stage::set(&world, &router, "xq-eve-qx").await;
    let before = ada.seen(&router).await;
    let unknown = "dvb_0000000000000000000000000000";
    let body = form(&[
        ("strategy", "password"),
        ("identifier", "nobody@example.com"),
        ("name", "taken over"),
        ("first_name", "taken over"),
        ("role", "org:member"),
        ("user_id", &eve.user.id),
        ("email_address", "eve-guest@example.com"),
    ]);
    for route in routes::all() {
        if route.is_backend() || OPEN.contains(&route.part.as_str()) || is_public(&route) {
            continue;
        }
        for path in addresses(&route, &ada) {
            for method in METHODS {
                for (sender, tail) in [
                    (Sender::Nobody, String::new()),
                    (Sender::Browser(unknown), String::new()),
                    (Sender::Browser(&eve.client.token), String::new()),
                    // Eve's browser names Ada's session.
                    (
                        Sender::Browser(&eve.client.token),
                        format!("?_clerk_session_id={}", ada.session_id),
                    ),
                ] {
                    // Eve leaving, or ending all she has, is her own business.
                    if matches!(sender, Sender::Browser(token) if token == eve.client.token)
                        && is_farewell(&route, method)
                    {
                        continue;
                    }
                    let ask = Ask {
                        sender,
                        method,
                        uri: format!("{path}{tail}"),
                        body: body.clone().filter(|_| method != "GET"),
                    };
                    let (status, text) = ask.send(&router).await;
                    assert!(!status.is_server_error(), "{ask:?}: {status} {text}");
                    assert!(
                        !text.contains("xq-ada-qx") || echoes(&text, &ask),
                        "{ask:?}: {text}"
                    );
                }
            }
        }
    }
    assert_eq!(ada.seen(&router).await, before);
}

/// Whether the mark is there only because the request itself holds it, as Ada's slug: a refused page
/// keeps what was asked for in its links.
fn echoes(text: &str, ask: &Ask<'_>) -> bool {
    let told = [
        "@", " first", " last", " works", "-guest", "-second", "-new",
    ];
    ask.uri.contains("xq-ada-qx")
        && !told
            .iter()
            .any(|it| text.contains(&format!("xq-ada-qx{it}")))
}

/// What ends Eve's own session or account.
fn is_farewell(route: &Route, method: &str) -> bool {
    let changes = method != "GET";
    let ends = [
        "/v1/client",
        "/v1/client/sessions",
        "/v1/me",
        "/portal/sign-out",
    ];
    changes && (ends.contains(&route.path.as_str()) || route.path.starts_with("/portal/user"))
}

/// The route's addresses with Ada's identifiers in all places.
fn addresses(route: &Route, ada: &Stage) -> Vec<String> {
    match route.parameters() {
        0 => vec![route.path.clone()],
        1 => ada
            .ids
            .iter()
            .map(|id| route.filled(|_| id.clone()))
            .collect(),
        _ => {
            let pairs = ada.ids.iter().flat_map(|one| {
                // The second one varies less: the first decides who is asked for.
                ada.ids.iter().step_by(2).map(move |two| [one, two])
            });
            pairs
                .map(|pair| {
                    let mut next = pair.into_iter().cycle();
                    route.filled(|_| next.next().unwrap().clone())
                })
                .collect()
        }
    }
}

#[tokio::test]
async fn the_backend_answers_its_key_only() {
    let world = World::new().await;
    let router = world.clerk.router();
    let ada = Stage::set(&world, &router, "xq-ada-qx").await;
    let secret = world.clerk.secret_key();
    let near = format!("{}x", secret.expose());
    let cut = &secret.expose()[..secret.expose().len() - 1];
    let mut seen = 0;
    for route in routes::all().iter().filter(|route| route.is_backend()) {
        seen += 1;
        let path = route.filled(|_| ada.user.id.clone());
        for method in METHODS {
            for sender in [
                Sender::Nobody,
                Sender::Browser(&ada.client.token),
                Sender::Backend(""),
                Sender::Backend("sk_test_0000000000000000000000000000000000000000"),
                Sender::Backend(&near),
                Sender::Backend(cut),
                Sender::Backend(world.clerk.publishable_key().as_str()),
            ] {
                let ask = Ask {
                    sender,
                    method,
                    uri: path.clone(),
                    body: None,
                };
                let (status, text) = ask.send(&router).await;
                // These routes look for the key themselves: a machine's key opens them as well.
                let no_such_method = path.contains("m2m_tokens") && status == 405;
                assert!(no_such_method || status == 401, "{ask:?}: {status} {text}");
                assert!(!text.contains("xq-ada-qx"), "{ask:?}: {text}");
            }
        }
    }
    assert!(seen > 20, "{seen}");
}
