//! Mails to a real SMTP server: a small one of the test's own.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use crate::support::{Local, options};
use clerk::clock::ManualClock;
use clerk_local::{LocalClerk, LocalOptions, SmtpServer};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::Notify,
};

/// Takes mails, after refusing the first few.
#[derive(Default)]
struct Server {
    refusals: AtomicUsize,
    mails: Mutex<Vec<String>>,
    event: Notify,
}

impl Server {
    async fn start(refusals: usize) -> (Arc<Self>, String) {
        let server = Arc::new(Self {
            refusals: AtomicUsize::new(refusals),
            ..Self::default()
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let shared = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = shared.clone();
                tokio::spawn(async move { server.talk(stream).await });
            }
        });
        (server, url)
    }

    /// One connection (RFC 5321).
    async fn talk(&self, stream: TcpStream) {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 test\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            let verb = line
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .to_uppercase();
            let answer = match verb.as_str() {
                "MAIL" if self.refuses() => {
                    self.event.notify_one();
                    "451 try again later\r\n"
                }
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await.unwrap();
                    let mut mail = String::new();
                    while let Ok(Some(line)) = lines.next_line().await {
                        if line == "." {
                            break;
                        }
                        mail.push_str(&line);
                        mail.push('\n');
                    }
                    self.mails.lock().unwrap().push(mail);
                    self.event.notify_one();
                    "250 taken\r\n"
                }
                _ => "250 fine\r\n",
            };
            if write.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }

    fn refuses(&self) -> bool {
        let left = &self.refusals;
        left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1))
            .is_ok()
    }
}

async fn instance(folder: &tempfile::TempDir, clock: &ManualClock, url: &str) -> LocalClerk {
    let smtp = SmtpServer::new(url, "Tenantry <no-reply@example.com>").unwrap();
    LocalClerk::open(LocalOptions {
        smtp: Some(smtp),
        ..options(folder, clock, "http://127.0.0.1:9/")
    })
    .await
    .unwrap()
}

/// Sends mails in the background until the task is dropped.
fn run(clerk: &LocalClerk) -> tokio::task::JoinHandle<()> {
    let clerk = clerk.clone();
    tokio::spawn(async move { clerk.run_deliveries(std::future::pending()).await })
}

#[tokio::test]
async fn a_mail_reaches_the_server_and_stays_in_the_outbox() {
    let (server, url) = Server::start(0).await;
    let (folder, clock) = (
        tempfile::tempdir().unwrap(),
        ManualClock::at(1_790_000_000_000),
    );
    let clerk = instance(&folder, &clock, &url).await;
    let sending = run(&clerk);
    let body = "Your code is below.";
    let sent = clerk
        .state()
        .send_mail("ann@example.com", "Grüße", body, Some("135790"));
    sent.await.unwrap();
    server.event.notified().await;
    sending.abort();
    let mail = server.mails.lock().unwrap()[0].clone();
    assert!(mail.contains("To: ann@example.com"), "{mail}");
    assert!(
        mail.contains("no-reply@example.com") && mail.contains("135790"),
        "{mail}"
    );
    assert_eq!(clerk.state().mails(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_refused_mail_is_sent_again_even_by_the_next_process() {
    let (server, url) = Server::start(1).await;
    let (folder, clock) = (
        tempfile::tempdir().unwrap(),
        ManualClock::at(1_790_000_000_000),
    );
    let clerk = instance(&folder, &clock, &url).await;
    let sending = run(&clerk);
    let sent = clerk
        .state()
        .send_mail("ann@example.com", "Hello", "Text", None);
    sent.await.unwrap();
    server.event.notified().await;
    assert!(server.mails.lock().unwrap().is_empty());
    sending.abort();
    let _ = sending.await;

    clock.advance(5_000);
    let again = instance(&folder, &clock, &url).await;
    let sending = run(&again);
    server.event.notified().await;
    sending.abort();
    assert_eq!(server.mails.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_server_that_is_away_does_not_keep_anybody_waiting() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    drop(listener);
    let (folder, clock) = (
        tempfile::tempdir().unwrap(),
        ManualClock::at(1_790_000_000_000),
    );
    let clerk = instance(&folder, &clock, &url).await;
    let sending = run(&clerk);
    let sent = clerk
        .state()
        .send_mail("ann@example.com", "Hello", "Text", None);
    sent.await.unwrap();
    assert_eq!(clerk.state().mails(10).await.unwrap().len(), 1);
    sending.abort();
}

#[tokio::test]
async fn without_a_server_nothing_waits_to_be_sent() {
    let local = Local::open().await;
    let sent = local
        .clerk
        .state()
        .send_mail("ann@example.com", "Hello", "Text", None);
    sent.await.unwrap();
    let page = http::Request::get("/__clerk/outbox").body(axum::body::Body::empty());
    let page = local.send(page.unwrap()).await;
    assert!(page.text.contains("Nothing leaves this machine") && !page.text.contains("SMTP"));
}
