//! Bodies pass piece by piece, and nobody waits for ever.

use std::{convert::Infallible, future::pending, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    response::Response,
};
use http_body_util::{BodyExt, channel::Channel};
use tokio::{net::TcpListener, sync::mpsc, time::timeout};

use crate::proxy_world::{LONG, Proxied, empty, error};

/// Shorter than a test, longer than this machine needs for one step.
const SHORT: Duration = Duration::from_millis(300);

type Pipe = Channel<Bytes, Infallible>;

#[tokio::test]
async fn an_answer_is_passed_on_before_it_has_ended() {
    let (pipes, mut opened) = mpsc::unbounded_channel();
    let upstream = Router::new().fallback(move || async move {
        let (sender, body) = Pipe::new(1);
        pipes.send(sender).unwrap();
        Response::new(Body::new(body))
    });
    let proxied = Proxied::before(upstream, |_| {}).await;
    let mut response = proxied.get("/__clerk/v1/events").send().await.unwrap();
    let mut sender = opened.recv().await.unwrap();
    for piece in ["first", "second"] {
        sender.send_data(Bytes::from(piece)).await.unwrap();
        // Nothing else is sent until this one has come.
        assert_eq!(response.chunk().await.unwrap().unwrap(), piece);
    }
    drop(sender);
    assert_eq!(response.chunk().await.unwrap(), None);
}

#[tokio::test]
async fn a_request_is_passed_on_before_it_has_ended() {
    let (pieces, mut arrived) = mpsc::unbounded_channel();
    let upstream = Router::new().fallback(move |request: Request| async move {
        let mut body = request.into_body();
        while let Some(frame) = body.frame().await {
            let piece: Result<Bytes, _> = frame.unwrap().into_data();
            pieces.send(piece.unwrap()).unwrap();
        }
    });
    let proxied = Proxied::before(upstream, |_| {}).await;
    let (mut sender, body) = Pipe::new(1);
    let request = proxied.post("/__clerk/v1/me/profile_image");
    let answer = tokio::spawn(request.body(reqwest::Body::wrap(body)).send());
    for piece in ["first", "second"] {
        sender.send_data(Bytes::from(piece)).await.unwrap();
        assert_eq!(arrived.recv().await.unwrap(), piece);
    }
    drop(sender);
    assert_eq!(answer.await.unwrap().unwrap().status(), 200);
}

#[tokio::test]
async fn a_frontend_api_that_does_not_begin_to_answer_is_504() {
    let upstream = Router::new().fallback(pending::<()>);
    let proxied = Proxied::before(upstream, |options| options.response_timeout = SHORT).await;
    let response = proxied.get("/__clerk/v1/client").send().await.unwrap();
    let (status, message) = error(response).await;
    assert_eq!(status, 504);
    assert_eq!(message, "Clerk's frontend API did not answer in time.");
}

#[tokio::test]
async fn an_upload_that_moves_is_given_time() {
    let (pieces, mut arrived) = mpsc::unbounded_channel();
    let upstream = Router::new().fallback(move |request: Request| async move {
        let mut body = request.into_body();
        while body.frame().await.is_some() {
            pieces.send(()).unwrap();
        }
    });
    let proxied = Proxied::before(upstream, |options| options.response_timeout = SHORT).await;
    let (mut sender, body) = Pipe::new(1);
    let request = proxied.post("/__clerk/v1/me/profile_image");
    let answer = tokio::spawn(request.body(reqwest::Body::wrap(body)).send());
    // Longer than the limit in all, never longer between two pieces.
    let mut beat = tokio::time::interval(SHORT / 3);
    for _ in 0..6 {
        beat.tick().await;
        sender.send_data(Bytes::from("piece")).await.unwrap();
        arrived.recv().await.unwrap();
    }
    drop(sender);
    assert_eq!(answer.await.unwrap().unwrap().status(), 200);
}

#[tokio::test]
async fn an_answer_that_moves_is_given_time() {
    let (pipes, mut opened) = mpsc::unbounded_channel();
    let upstream = Router::new().fallback(move || async move {
        let (sender, body) = Pipe::new(1);
        pipes.send(sender).unwrap();
        Response::new(Body::new(body))
    });
    let proxied = Proxied::before(upstream, |options| options.idle_timeout = SHORT).await;
    let mut response = proxied.get("/__clerk/v1/events").send().await.unwrap();
    let mut sender = opened.recv().await.unwrap();
    // Longer than the limit in all, never longer between two pieces.
    let mut beat = tokio::time::interval(SHORT / 3);
    for _ in 0..6 {
        beat.tick().await;
        sender.send_data(Bytes::from("piece")).await.unwrap();
        assert_eq!(response.chunk().await.unwrap().unwrap(), "piece");
    }
    drop(sender);
    assert_eq!(response.chunk().await.unwrap(), None);
}

#[tokio::test]
async fn an_answer_that_pauses_for_too_long_is_broken_off() {
    let (pipes, mut opened) = mpsc::unbounded_channel();
    let upstream = Router::new().fallback(move || async move {
        let (mut sender, body) = Pipe::new(1);
        sender.send_data(Bytes::from("first")).await.unwrap();
        pipes.send(sender).unwrap();
        Response::new(Body::new(body))
    });
    let proxied = Proxied::before(upstream, |options| options.idle_timeout = SHORT).await;
    let mut response = proxied.get("/__clerk/v1/events").send().await.unwrap();
    // Kept open, and silent.
    let _sender = opened.recv().await.unwrap();
    assert_eq!(response.chunk().await.unwrap().unwrap(), "first");
    // Sooner than the browser itself gives up.
    let broken = timeout(LONG / 2, response.chunk()).await.unwrap();
    assert!(broken.is_err(), "an answer cut short must not look whole");
}

#[tokio::test]
async fn a_frontend_api_that_cannot_be_reached_is_502_without_detail() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = listener.local_addr().unwrap();
    drop(listener);
    let proxied = Proxied::start(empty, |options| {
        options.upstream = Some(format!("http://{nobody}").parse().unwrap());
    })
    .await;
    let response = proxied
        .get("/__clerk/v1/client?ticket=t")
        .send()
        .await
        .unwrap();
    let (status, message) = error(response).await;
    assert_eq!(status, 502);
    assert_eq!(message, "Clerk's frontend API cannot be reached.");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_413_said_or_not() {
    let proxied = Proxied::start(empty, |options| options.max_request_bytes = 10).await;
    let exact = proxied.post("/__clerk/v1/x").body("0123456789");
    assert_eq!(exact.send().await.unwrap().status(), 200);
    assert_eq!(proxied.seen().1.len(), 10);

    let said = proxied.post("/__clerk/v1/x").body("0123456789a");
    assert_eq!(error(said.send().await.unwrap()).await.0, 413);

    let (mut sender, body) = Pipe::new(2);
    for piece in ["0123456789", "a"] {
        sender.send_data(Bytes::from(piece)).await.unwrap();
    }
    drop(sender);
    let unsaid = proxied
        .post("/__clerk/v1/x")
        .body(reqwest::Body::wrap(body));
    assert_eq!(error(unsaid.send().await.unwrap()).await.0, 413);
    assert!(proxied.seen_nothing());
}
