//! Lists that are longer than a page, while objects come and go.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::{Json, response::IntoResponse};
use clerk::api::{ListOrganizations, ListUsers};
use futures_util::{StreamExt, TryStreamExt};
use http::StatusCode;
use serde_json::{Value, json};

use crate::api_stub::{Server, serve};

fn parameter(target: &str, name: &str) -> Option<String> {
    let query = target.split_once('?')?.1;
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs
        .find(|(other, _)| other == name)
        .map(|(_, value)| value.into_owned())
}

fn number(target: &str, name: &str) -> usize {
    parameter(target, name).map_or(0, |value| value.parse().unwrap())
}

/// A page of organizations with these numbers, as Clerk cuts it.
fn page(all: &[usize], target: &str) -> axum::response::Response {
    let data = all.iter().skip(number(target, "offset"));
    let data: Vec<Value> = data
        .take(number(target, "limit"))
        .map(|n| json!({ "id": format!("org_{n}") }))
        .collect();
    Json(json!({ "data": data, "total_count": all.len() })).into_response()
}

/// Reads a list of which each request sees the next state, the last one for ever.
async fn read(limit: u32, states: Vec<Vec<usize>>) -> (Vec<String>, Server) {
    let asked = Arc::new(AtomicUsize::new(0));
    let (client, server) = serve(move |target| {
        let number = asked.fetch_add(1, Ordering::SeqCst);
        page(&states[number.min(states.len() - 1)], target)
    })
    .await;
    let params = ListOrganizations {
        limit: Some(limit),
        ..ListOrganizations::default()
    };
    let all = client.organizations().stream(&params);
    let ids = all.map_ok(|organization| organization.id.to_string());
    (ids.try_collect().await.unwrap(), server)
}

fn ids(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(|n| format!("org_{n}")).collect()
}

#[tokio::test]
async fn pages_follow_one_another_to_the_end() {
    let (read_ids, server) = read(3, vec![(0..7).collect()]).await;
    assert_eq!(read_ids, ids(0..7));
    assert_eq!(
        server.asked(),
        [
            "GET /v1/organizations?limit=3",
            "GET /v1/organizations?limit=3&offset=3",
            "GET /v1/organizations?limit=3&offset=6",
        ]
    );
    // A list that just fills its pages asks for no empty one; an empty list is asked once.
    for (count, requests) in [(6, 2), (0, 1)] {
        let (read_ids, server) = read(3, vec![(0..count).collect()]).await;
        assert_eq!((read_ids.len(), server.asked().len()), (count, requests));
    }
}

#[tokio::test]
async fn pages_are_fetched_when_they_are_needed_and_never_too_large() {
    let (client, server) = serve(|target| page(&(0..2000).collect::<Vec<_>>(), target)).await;
    let params = ListOrganizations {
        limit: Some(9000),
        offset: 5,
        ..ListOrganizations::default()
    };
    let mut all = client.organizations().stream(&params);
    assert!(server.asked().is_empty());
    assert_eq!(all.next().await.unwrap().unwrap().id.as_str(), "org_5");
    assert_eq!(server.asked(), ["GET /v1/organizations?limit=500&offset=5"]);
    assert_eq!(all.count().await, 1994);
}

#[tokio::test]
async fn what_is_pushed_back_is_given_once() {
    // A new one in front pushes number 2 onto the second page.
    let states = vec![vec![0, 1, 2, 3, 4], vec![9, 0, 1, 2, 3, 4]];
    let (read_ids, _) = read(3, states).await;
    assert_eq!(read_ids, ids([0, 1, 2, 3, 4]));
}

#[tokio::test]
async fn what_moves_forward_is_not_missed() {
    // Numbers 0 and 1 go: 3 and 4 move to where the reader has been.
    let states = vec![(0..7).collect(), (2..7).collect()];
    let (mut read_ids, _) = read(3, states).await;
    read_ids.sort();
    assert_eq!(read_ids, ids(0..7));
    // All go.
    let (read_ids, server) = read(3, vec![(0..7).collect(), vec![]]).await;
    assert_eq!((read_ids, server.asked().len()), (ids(0..3), 2));
}

#[tokio::test]
async fn a_wrong_count_neither_ends_a_list_early_nor_goes_on_for_ever() {
    let (client, server) = serve(|target| {
        // Never more than two at once, and a count that is never reached.
        let offset = number(target, "offset");
        let data: Vec<Value> = (offset..5)
            .take(2)
            .map(|n| json!({ "id": format!("org_{n}") }))
            .collect();
        Json(json!({ "data": data, "total_count": 100 })).into_response()
    })
    .await;
    let all = client.organizations().stream(&ListOrganizations::default());
    assert_eq!(all.count().await, 5);
    assert_eq!(server.asked().len(), 4);
}

#[tokio::test]
async fn a_list_ends_after_an_error() {
    let (client, _) = serve(|target| match number(target, "offset") {
        0 => page(&(0..9).collect::<Vec<_>>(), target),
        _ => StatusCode::UNAUTHORIZED.into_response(),
    })
    .await;
    let params = ListOrganizations {
        limit: Some(2),
        ..ListOrganizations::default()
    };
    let all: Vec<_> = client.organizations().stream(&params).collect().await;
    assert_eq!(all.len(), 3);
    assert_eq!(all[2].as_ref().unwrap_err().status(), Some(401));
}

/// The users after the one named, or from an offset.
fn users(target: &str, knows_cursor: bool) -> axum::response::Response {
    let after = parameter(target, "starting_after").filter(|_| knows_cursor);
    let after = after.map(|id| id["user_".len()..].parse::<usize>().unwrap() + 1);
    let begin = after.unwrap_or_else(|| number(target, "offset"));
    let data: Vec<Value> = (begin..5)
        .take(number(target, "limit"))
        .map(|n| json!({ "id": format!("user_{n}") }))
        .collect();
    Json(data).into_response()
}

#[tokio::test]
async fn users_are_followed_from_the_last_one() {
    let params = ListUsers {
        limit: Some(2),
        ..ListUsers::default()
    };
    let (client, server) = serve(|target| users(target, true)).await;
    assert_eq!(client.users().stream(&params).count().await, 5);
    assert_eq!(
        server.asked(),
        [
            "GET /v1/users?limit=2",
            "GET /v1/users?limit=2&starting_after=user_1",
            "GET /v1/users?limit=2&starting_after=user_3",
        ]
    );
    // A server that does not know the cursor gives the first page again.
    let (client, server) = serve(|target| users(target, false)).await;
    let all: Vec<_> = client.users().stream(&params).try_collect().await.unwrap();
    assert_eq!(all.len(), 5);
    assert_eq!(server.asked()[2], "GET /v1/users?limit=2&offset=2");
    // In another order the cursor has no meaning.
    let params = ListUsers {
        order_by: Some("first_name".to_owned()),
        ..params
    };
    let (client, server) = serve(|target| users(target, true)).await;
    assert_eq!(client.users().stream(&params).count().await, 5);
    assert!(
        server.asked()[1].ends_with("&offset=2"),
        "{:?}",
        server.asked()
    );
}
