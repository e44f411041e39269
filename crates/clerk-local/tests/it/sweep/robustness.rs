//! No route panics, and none answers with an error of the server, whatever it is sent.

use fastrand::Rng;
use http::StatusCode;

use super::{
    input::Input,
    routes::{self, METHODS},
    stage::{Ask, Sender, Stage},
};
use crate::browser::World;

/// Requests for each method of each route; `SWEEP_ROUNDS` asks for more.
const ROUNDS: usize = 6;
/// Routes that share one person, whom a route may sign out or delete.
const ROUTES_A_STAGE: usize = 4;

#[tokio::test]
async fn no_input_breaks_a_route() {
    let number = |name: &str| std::env::var(name).ok()?.parse().ok();
    let rounds: usize = number("SWEEP_ROUNDS").unwrap_or(ROUNDS);
    let seed: usize = number("SWEEP_SEED").unwrap_or(0);
    let world = World::new().await;
    let router = world.clerk.router();
    let secret = world.clerk.secret_key();
    let (routes, names) = (routes::all(), routes::fields());
    assert!(names.len() > 60, "{names:?}");
    let mut good = 0;
    for (turn, chunk) in routes.chunks(ROUTES_A_STAGE).enumerate() {
        // Attempts are limited by time; a new person has time.
        world.clock.advance(60_000);
        let stage = Stage::set(&world, &router, &format!("person-{turn}")).await;
        let mut input = Input {
            rng: Rng::with_seed((seed * 10_000 + turn) as u64),
            names: &names,
            ids: &stage.ids,
        };
        for route in chunk {
            for method in METHODS {
                for _ in 0..rounds {
                    world.clock.advance(2_000);
                    let sender = match route.is_backend() {
                        true => Sender::Backend(secret.expose()),
                        false => Sender::Browser(&stage.client.token),
                    };
                    let path = route.filled(|_| input.segment());
                    let ask = Ask {
                        sender,
                        method,
                        uri: format!("{path}{}", input.query()),
                        body: input.body().filter(|_| method != "GET"),
                    };
                    let (status, text) = ask.send(&router).await;
                    assert!(!status.is_server_error(), "{ask:?}: {status} {text}");
                    good += usize::from(status.is_success());
                    if status == StatusCode::METHOD_NOT_ALLOWED {
                        break;
                    }
                }
            }
        }
    }
    // The input has to get past the first check now and then, or it shows nothing.
    assert!(good > routes.len() / 2, "{good} of {} routes", routes.len());
}
