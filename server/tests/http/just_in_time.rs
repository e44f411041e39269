//! Sessions that precede their webhooks: Clerk's backend API is read, and not too often.

use futures::future::join_all;
use reqwest::StatusCode;

use crate::support::{databases::kinds, elsewhere::RemoteServer};

const PROJECTS: &str = "/app/acme/projects";
/// Milliseconds after which Clerk is read again.
const LATER: i64 = 5_000;

#[tokio::test]
async fn a_session_that_comes_before_its_webhook_is_let_in_with_one_read() {
    for kind in kinds() {
        let (clerk, backend, server) = RemoteServer::apart(kind).await;
        let ada = clerk.person_unknown_here("ada@acme.test", "acme").await;
        backend.calls();

        let opened = join_all((0..20).map(|_| server.get_as(&ada, PROJECTS))).await;
        for page in opened {
            assert_eq!(page.status(), StatusCode::OK, "{kind:?}");
        }
        let user = &ada.user;
        let once = [
            format!("GET /v1/users/{user}"),
            format!("GET /v1/users/{user}/organization_memberships"),
        ];
        assert_eq!(backend.calls(), once, "{kind:?}");

        let page = server.get_as(&ada, PROJECTS).await;
        assert_eq!(page.status(), StatusCode::OK, "{kind:?}");
        assert_eq!(backend.calls(), [""; 0], "{kind:?}: known by now");
    }
}

#[tokio::test]
async fn whom_clerk_does_not_know_makes_few_calls() {
    for kind in kinds() {
        let (clerk, backend, server) = RemoteServer::apart(kind).await;
        let gone = clerk.person_unknown_here("gone@acme.test", "acme").await;
        let users = clerk.state.clerk.users();
        users.delete(&gone.user).await.unwrap();
        backend.calls();

        let ask = async || {
            for path in [PROJECTS, "/app/nowhere/projects", "/app"].repeat(4) {
                let page = server.get_as(&gone, path).await;
                assert_eq!(page.status(), StatusCode::SEE_OTHER, "{kind:?} {path}");
            }
            backend.calls()
        };
        let call = format!("GET /v1/users/{}", gone.user);
        assert_eq!(ask().await, [call.as_str()], "{kind:?}");
        clerk.clock.advance(LATER);
        assert_eq!(ask().await, [call.as_str()], "{kind:?}");
    }
}

#[tokio::test]
async fn a_token_of_somebody_who_left_makes_few_calls() {
    for kind in kinds() {
        let (clerk, backend, server) = RemoteServer::apart(kind).await;
        let _ada = clerk.person_unknown_here("ada@acme.test", "acme").await;
        let ben = clerk.person_unknown_here("ben@acme.test", "acme").await;
        let organizations = clerk.state.clerk.organizations();
        let acme = organizations.get_by_slug("acme").await.unwrap().id;
        let membership = organizations.delete_membership(&acme, &ben.user).await;
        membership.unwrap();
        backend.calls();

        for _ in 0..10 {
            let page = server.get_as(&ben, PROJECTS).await;
            assert_eq!(page.status(), StatusCode::NOT_FOUND, "{kind:?}");
        }
        assert_eq!(backend.calls().len(), 2, "{kind:?}");

        // Back again: what was remembered gives way to the next read, or to a webhook.
        let membership = organizations.create_membership(&acme, &ben.user, "org:member");
        membership.await.unwrap();
        let page = server.get_as(&ben, PROJECTS).await;
        assert_eq!(page.status(), StatusCode::NOT_FOUND, "{kind:?}");
        clerk.clock.advance(LATER);
        let page = server.get_as(&ben, PROJECTS).await;
        assert_eq!(page.status(), StatusCode::OK, "{kind:?}");
        assert_eq!(backend.calls().len(), 2, "{kind:?}");
    }
}

#[tokio::test]
async fn a_word_of_clerks_counts_at_once_whatever_was_read_before() {
    for kind in kinds() {
        let (clerk, backend, server) = RemoteServer::apart(kind).await;
        let _ada = clerk.person_unknown_here("ada@acme.test", "acme").await;
        let ben = clerk.person_unknown_here("ben@acme.test", "acme").await;
        let organizations = clerk.state.clerk.organizations();
        let acme = organizations.get_by_slug("acme").await.unwrap().id;
        let membership = organizations.delete_membership(&acme, &ben.user).await;
        membership.unwrap();
        let page = server.get_as(&ben, PROJECTS).await;
        assert_eq!(page.status(), StatusCode::NOT_FOUND, "{kind:?}");

        let membership = organizations.create_membership(&acme, &ben.user, "org:member");
        membership.await.unwrap();
        let users = clerk.state.clerk.users();
        let user = users.get(&ben.user).await.unwrap();
        let memberships = users.organization_memberships(&ben.user).await.unwrap();
        let identity = server.state.store.identity();
        let told = identity.sync_user(&user, &memberships.data, 0).await;
        told.unwrap();
        backend.calls();
        let page = server.get_as(&ben, PROJECTS).await;
        assert_eq!(page.status(), StatusCode::OK, "{kind:?}");
        assert_eq!(backend.calls(), [""; 0], "{kind:?}");
    }
}
