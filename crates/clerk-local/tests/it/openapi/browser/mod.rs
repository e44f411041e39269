//! Every route of the browser API: journeys of people, and what their browsers were answered.

mod factors;
mod organizations;
mod pages;
mod profile;
mod sessions;
mod signing_in;
mod signing_up;

use serde_json::Value;

use super::{ledger::Ledger, shapes::Api};
use crate::browser::{PASSWORD, World};

const ADA: &str = "ada+clerk_test@example.com";
const BOB: &str = "bob@example.com";
/// What addresses with `+clerk_test` take.
const CODE: &str = "424242";
/// One pixel.
const GIF: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
const OCTETS: &str = "application/octet-stream";

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

#[tokio::test]
async fn every_route_answers_as_published() {
    let mut ledger = Ledger::new(Api::Browser);
    for world in [
        pages::journey().await,
        signing_up::journey().await,
        signing_up::by_ticket().await,
        signing_in::journey().await,
        signing_in::with_second_factor().await,
        signing_in::by_link().await,
        signing_in::by_provider().await,
        sessions::journey().await,
        sessions::reverification().await,
        profile::journey().await,
        factors::journey().await,
        factors::accounts().await,
        organizations::journey().await,
        organizations::members().await,
    ] {
        for heard in world.heard.lock().unwrap().drain(..) {
            ledger.hear(&heard.method, &heard.path, heard.status, &heard.text);
        }
    }
    ledger.close();
}
