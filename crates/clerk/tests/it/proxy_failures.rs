//! What a browser gets where a request or its answer fails on the way.

use std::{io, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    response::Response,
};
use clerk::proxy::ProxyOptions;
use http_body_util::channel::Channel;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc,
    time::timeout,
};

use crate::proxy_world::{LONG, Proxied, empty, error};

/// An upstream of another kind than the usual one.
fn at(upstream: std::net::SocketAddr) -> impl FnOnce(&mut ProxyOptions) {
    move |options| options.upstream = Some(format!("http://{upstream}").parse().unwrap())
}

/// Linux leaves whoever connects without an answer while a listener's queue is full.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_frontend_api_that_does_not_take_the_connection_is_504() {
    use tokio::net::{TcpSocket, TcpStream};

    const SHORT: Duration = Duration::from_millis(300);
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let busy = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    while let Ok(connection) = timeout(SHORT, TcpStream::connect(busy)).await {
        waiting.push(connection.unwrap());
    }
    let proxied = Proxied::start(empty, |options| {
        at(busy)(options);
        options.connect_timeout = SHORT;
    })
    .await;
    let response = proxied.get("/__clerk/v1/client").send().await.unwrap();
    let (status, message) = error(response).await;
    assert_eq!(status, 504);
    assert_eq!(message, "Clerk's frontend API did not answer in time.");
}

#[tokio::test]
async fn an_answer_that_breaks_does_not_look_whole() {
    let (pipes, mut opened) = mpsc::unbounded_channel();
    let upstream = Router::new().fallback(move || async move {
        let (mut sender, body) = Channel::<Bytes, io::Error>::new(1);
        sender.send_data(Bytes::from("first")).await.unwrap();
        pipes.send(sender).unwrap();
        Response::new(Body::new(body))
    });
    let proxied = Proxied::before(upstream, |_| {}).await;
    let mut response = proxied.get("/__clerk/v1/events").send().await.unwrap();
    assert_eq!(response.chunk().await.unwrap().unwrap(), "first");
    let sender = opened.recv().await.unwrap();
    sender.abort(io::Error::other("the frontend API is restarted"));
    // Sooner than the browser itself gives up.
    let broken = timeout(LONG / 2, response.chunk()).await.unwrap();
    assert!(broken.is_err(), "{broken:?}");
}

#[tokio::test]
async fn an_answer_that_changes_the_protocol_is_502() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxied = Proxied::start(empty, at(listener.local_addr().unwrap())).await;
    let upstream = async {
        let (mut connection, _) = listener.accept().await.unwrap();
        let read = connection.read(&mut [0; 4096]).await.unwrap();
        assert_ne!(read, 0);
        let answer = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n\
                      Upgrade: websocket\r\n\r\n";
        connection.write_all(answer.as_bytes()).await.unwrap();
        connection
    };
    let request = proxied.get("/__clerk/v1/client").send();
    let (_connection, response) = tokio::join!(upstream, request);
    let (status, message) = error(response.unwrap()).await;
    assert_eq!(status, 502);
    assert_eq!(message, "Clerk's frontend API cannot be reached.");
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_400() {
    let proxied = Proxied::answering(empty).await;
    let request = "POST /__clerk/v1/x HTTP/1.1\r\nHost: app.test\r\nConnection: close\r\n\
                   Transfer-Encoding: chunked\r\n\r\nno length\r\n";
    let answer = proxied.raw(request.to_owned()).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    let said = "The request's body could not be read.";
    assert!(answer.contains(said), "{answer}");
    assert!(proxied.seen_nothing());
}

#[tokio::test]
async fn a_body_that_says_it_is_too_large_is_not_waited_for() {
    let proxied = Proxied::start(empty, |options| options.max_request_bytes = 10).await;
    let request = "POST /__clerk/v1/x HTTP/1.1\r\nHost: app.test\r\nConnection: close\r\n\
                   Content-Length: 11\r\n\r\n";
    let answer = timeout(LONG, proxied.raw(request.to_owned())).await;
    let answer = answer.expect("an answer before the body");
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(proxied.seen_nothing());
}
