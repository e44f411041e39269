//! The backend API client held against Clerk's own SDK for Node (`tests/oracle`): for every
//! call of `api-calls.mjs`, both must ask the same (method, path, parameters, headers, body)
//! and read the same from the same answer. What differs on purpose is in `deviations.rs`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod calls;
mod compare;
mod deviations;
mod oracle;
mod server;

use std::collections::BTreeSet;

use clerk::{
    api::{ApiClient, ApiOptions},
    keys::SecretKey,
};

#[tokio::test]
async fn both_clients_ask_the_same_and_read_the_same() {
    let expected = oracle::calls();
    let server = server::Server::start().await;
    let key = SecretKey::parse("sk_test_instance").unwrap();
    let mut options = ApiOptions::at(server.url.clone(), key);
    options.machine_secret_key = Some("ak_machine".into());
    let client = ApiClient::new(options).unwrap();

    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for call in &expected {
        server.answer_as(&call.asked);
        let read = match calls::make(&client, &call.name).await {
            Some(Ok(read)) => read,
            Some(Err(error)) => {
                faults.push(format!("{}: {error}", call.name));
                continue;
            }
            None => {
                faults.push(format!("{}: no such call here", call.name));
                continue;
            }
        };
        let differences = compare::call(call, server.asked(), &read);
        for difference in differences {
            match deviations::reason(&call.name, &difference) {
                Some(number) => {
                    used.insert(number);
                }
                None => faults.push(format!("{}: {difference}", call.name)),
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(expected.len() > 100, "only {} calls", expected.len());
    for (number, deviation) in deviations::LIST.iter().enumerate() {
        assert!(used.contains(&number), "no longer needed: {deviation:?}");
    }
}
