//! Members and settings of an organization, as browsers and programs change them, with the local
//! Clerk instance behind. No webhook is delivered: what changes here follows from Clerk's answers.

use clerk::{
    api::{CreateRole, ListPermissions},
    ids::UserId,
};
use reqwest::StatusCode;
use server::jobs::purge::purge;

use crate::support::{
    Person, TestServer,
    databases::{Kind, kinds},
};

/// Acme with two admins and a member.
struct Acme {
    server: TestServer,
    ada: Person,
    abe: Person,
    max: Person,
}

impl Acme {
    async fn of(kind: Kind) -> Self {
        let server = TestServer::start_without_webhooks(kind).await;
        Self {
            ada: server.admin("ada@acme.test", "acme").await,
            abe: server.admin("abe@acme.test", "acme").await,
            max: server.member("max@acme.test", "acme").await,
            server,
        }
    }

    /// Sends a form as a browser does and answers with where it leads.
    async fn post(&self, person: &Person, path: &str, form: &[(&str, &str)]) -> String {
        let form: Vec<_> = [("org", "acme")].iter().chain(form).copied().collect();
        let answer = self.server.post_as(person, path, &form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Calls as a program does.
    async fn call(&self, person: &Person, path: &str, form: &[(&str, &str)]) -> (u16, String) {
        let form: Vec<_> = [("org", "acme")].iter().chain(form).copied().collect();
        let call = self.server.call(Some(&person.token), path, &form);
        let answer = call.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    async fn page(&self, person: &Person, path: &str) -> (StatusCode, String) {
        let answer = self.server.get_as(person, path).await;
        (answer.status(), answer.text().await.unwrap())
    }

    /// The role that Clerk says somebody has.
    async fn role(&self, user: &UserId) -> Option<String> {
        let users = self.server.state.clerk.users();
        let memberships = users.organization_memberships(user).await.unwrap();
        memberships.data.into_iter().map(|one| one.role).next()
    }
}

const MEMBERS: &str = "/app/acme/members";
const SETTINGS: &str = "/app/acme/settings";

#[tokio::test]
async fn an_admin_invites_promotes_and_removes() {
    for kind in kinds() {
        let acme = Acme::of(kind).await;
        let invitation = [("email", " new@acme.test "), ("role", "org:member")];
        let to = acme
            .post(&acme.ada, "/api/members/invite", &invitation)
            .await;
        assert_eq!(to, format!("{MEMBERS}?notice=member-invited"));
        let (_, page) = acme.page(&acme.ada, MEMBERS).await;
        assert!(page.contains("new@acme.test") && page.contains("max@acme.test"));
        // A member sees who is there, and neither who is invited nor a way to change anything.
        let (status, page) = acme.page(&acme.max, MEMBERS).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("ada@acme.test") && !page.contains("new@acme.test"));
        assert!(!page.contains("/api/members/"));

        let max = acme.max.user.as_str();
        let promotion = [("id", max), ("role", "org:admin")];
        acme.post(&acme.ada, "/api/members/role", &promotion).await;
        assert_eq!(
            acme.role(&acme.max.user).await.as_deref(),
            Some("org:admin")
        );
        let (_, page) = acme.page(&acme.max, MEMBERS).await;
        assert!(
            page.contains("/api/members/"),
            "the next request is an admin's"
        );

        let to = acme
            .post(&acme.ada, "/api/members/remove", &[("id", max)])
            .await;
        assert_eq!(to, format!("{MEMBERS}?notice=member-removed"));
        assert_eq!(acme.role(&acme.max.user).await, None);
        assert_eq!(acme.page(&acme.max, MEMBERS).await.0, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_clerk_refuses_stands_beside_the_field_with_what_was_typed() {
    let acme = Acme::of(Kind::Sqlite).await;
    for (email, role, message) in [
        (
            "max@acme.test",
            "org:member",
            "That person is a member already.",
        ),
        ("nobody", "org:member", "Enter a whole email address"),
        ("new@acme.test", "org:nothing", "There is no such role."),
    ] {
        let form = [("email", email), ("role", role)];
        let back = acme.post(&acme.ada, "/api/members/invite", &form).await;
        let (_, page) = acme.page(&acme.ada, &back).await;
        assert!(page.contains(message), "{email}: {back}");
        assert!(
            page.contains(&format!(">{email}</textarea>")),
            "{email} is kept"
        );
    }
    let form = [("email", "new@acme.test"), ("role", "org:member")];
    acme.post(&acme.ada, "/api/members/invite", &form).await;
    let back = acme.post(&acme.ada, "/api/members/invite", &form).await;
    let (_, page) = acme.page(&acme.ada, &back).await;
    assert!(page.contains("That person is invited already."), "{back}");
}

/// A pasted list: everybody who can be invited is, the others come back, each with the reason.
#[tokio::test]
async fn many_are_invited_at_once() {
    for kind in kinds() {
        let acme = Acme::of(kind).await;
        let invite = "/api/members/invite";
        let good: Vec<String> = (0..12).map(|n| format!("p{n}@new.test")).collect();
        let form = [("email", &*good.join(", ")), ("role", "org:member")];
        let to = acme.post(&acme.ada, invite, &form).await;
        assert_eq!(to, format!("{MEMBERS}?notice=members-invited"));
        let (_, page) = acme.page(&acme.ada, MEMBERS).await;
        assert!(good.iter().all(|address| page.contains(address)));

        let mixed = "new@acme.test\r\nmax@acme.test; nobody P3@new.test,p3@new.test";
        let form = [("email", mixed), ("role", "org:member")];
        let back = acme.post(&acme.ada, invite, &form).await;
        let (_, page) = acme.page(&acme.ada, &back).await;
        assert!(page.contains("1 invited, 3 not."), "{kind:?} {back}");
        for line in [
            "max@acme.test: That person is a member already.",
            "nobody: Enter a whole email address",
            "P3@new.test: That person is invited already.",
        ] {
            // Leptos parts neighbouring texts by comments.
            assert!(page.replace("<!>", "").contains(line), "{line}: {back}");
        }
        let field = page.split("<textarea").nth(1).unwrap();
        let field = field.split("</textarea>").next().unwrap();
        assert!(!field.contains("new@acme.test") && field.contains("max@acme.test"));
        let (_, page) = acme.page(&acme.ada, MEMBERS).await;
        assert!(page.contains("new@acme.test"));

        let many: Vec<String> = (0..51).map(|n| format!("m{n}@new.test")).collect();
        let form = [("email", &*many.join(" ")), ("role", "org:member")];
        let back = acme.post(&acme.ada, invite, &form).await;
        let (_, page) = acme.page(&acme.ada, &back).await;
        assert!(page.contains("Use 50 or fewer at once.") && page.contains("m50@new.test"));
        // Whoever may not is told so, whatever the addresses are like.
        for typed in ["", "nobody", "new@acme.test"] {
            let form = [("email", typed), ("role", "org:member")];
            let refused = acme.call(&acme.max, invite, &form).await;
            assert_eq!(refused.0, 403, "{typed:?}: {refused:?}");
        }
    }
}

#[tokio::test]
async fn an_invitation_is_sent_again() {
    for kind in kinds() {
        let acme = Acme::of(kind).await;
        let form = [("email", "new@acme.test"), ("role", "org:admin")];
        acme.post(&acme.ada, "/api/members/invite", &form).await;
        let id = async || {
            let (_, page) = acme.page(&acme.ada, MEMBERS).await;
            let ids: Vec<_> = page.split("value=\"orginv_").skip(1).collect();
            assert_eq!(ids.len(), 2, "one invitation with two forms");
            format!("orginv_{}", ids[0].split('"').next().unwrap())
        };
        let first = id().await;
        let form = [("id", first.as_str())];
        let to = acme.post(&acme.ada, "/api/members/resend", &form).await;
        assert_eq!(to, format!("{MEMBERS}?notice=invitation-resent"));
        let second = id().await;
        assert_ne!(first, second);
        let organizations = acme.server.state.clerk.organizations();
        let organization = organizations.get_by_slug("acme").await.unwrap();
        let old = organizations.get_invitation(&organization.id, &first);
        assert_eq!(old.await.unwrap().status, "revoked");
        let new = organizations.get_invitation(&organization.id, &second);
        let new = new.await.unwrap();
        assert_eq!((&*new.status, &*new.role), ("pending", "org:admin"));
        // The old one can't be sent again.
        let again = acme.call(&acme.ada, "/api/members/resend", &form).await;
        assert!((400..500).contains(&again.0), "{again:?}");
        assert_eq!(id().await, second);
    }
}

/// An organization of hundreds is found through: by search, by role, page by page, by links alone.
#[tokio::test]
async fn the_list_has_pages_and_a_search() {
    for kind in kinds() {
        let acme = Acme::of(kind).await;
        let (_, page) = acme.page(&acme.ada, MEMBERS).await;
        assert!(page.contains("All roles (3)") && page.contains("Admin (2)"));
        assert!(!page.contains("rel=\"next\""));
        let (_, page) = acme.page(&acme.ada, &format!("{MEMBERS}?q=MAX%40")).await;
        let listed = page.split("<ul class=\"rows people\">").nth(1).unwrap();
        assert!(listed.contains("max@acme.test") && !listed.contains("ada@acme.test"));
        assert!(page.contains("value=\"MAX@\"") && page.contains("Show all"));
        let admins = format!("{MEMBERS}?only=org%3Aadmin");
        let (_, page) = acme.page(&acme.ada, &admins).await;
        assert!(page.contains("abe@acme.test") && !page.contains("max@acme.test"));
        let (status, page) = acme.page(&acme.max, &format!("{MEMBERS}?q=%00%25_'")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Nobody here is called that."));
        // A form of a filtered list comes back to it.
        let form = [
            ("id", acme.abe.user.as_str()),
            ("role", "org:member"),
            ("view", "only=org%3Aadmin"),
        ];
        let to = acme.post(&acme.ada, "/api/members/role", &form).await;
        assert_eq!(to, format!("{admins}&notice=role-changed"));
    }
}

#[tokio::test]
async fn nobody_grants_or_takes_what_is_above_them() {
    for kind in kinds() {
        let acme = Acme::of(kind).await;
        let clerk = &acme.server.state.clerk;
        let permissions = clerk.organization_permissions();
        let all = ListPermissions::default();
        let manage = permissions.list(&all).await.unwrap().data;
        let manage = manage
            .iter()
            .find(|one| one.key == "org:sys_memberships:manage");
        let role = CreateRole {
            name: "Personnel".to_owned(),
            key: "org:personnel".to_owned(),
            permissions: vec![manage.unwrap().id.clone()],
            ..CreateRole::default()
        };
        clerk.organization_roles().create(&role).await.unwrap();
        let hr = acme
            .server
            .person("hr@acme.test", &[("acme", "org:personnel")])
            .await;

        for (path, form) in [
            (
                "/api/members/invite",
                [("email", "x@acme.test"), ("role", "org:admin")],
            ),
            (
                "/api/members/invite",
                [("email", "x@acme.test"), ("role", "org:member")],
            ),
            (
                "/api/members/role",
                [("id", hr.user.as_str()), ("role", "org:admin")],
            ),
            (
                "/api/members/role",
                [("id", acme.ada.user.as_str()), ("role", "org:personnel")],
            ),
            (
                "/api/members/remove",
                [("id", acme.ada.user.as_str()), ("", "")],
            ),
        ] {
            let (status, answer) = acme.call(&hr, path, &form).await;
            assert!(
                status == 403 && answer.contains("above_oneself"),
                "{path} {status} {answer}"
            );
        }
        let own = [("email", "y@acme.test"), ("role", "org:personnel")];
        assert_eq!(acme.call(&hr, "/api/members/invite", &own).await.0, 200);
        let (_, page) = acme.page(&hr, MEMBERS).await;
        // The list can be narrowed down to admins.
        let (search, forms) = page.split_once("All roles").unwrap();
        let forms = forms.split_once("</form>").unwrap().1;
        for part in [search, forms] {
            assert!(
                !part.contains("value=\"org:admin\""),
                "what can't be given is not offered"
            );
        }
        // A member may not even try.
        let refused = acme.call(&acme.max, "/api/members/invite", &own).await;
        assert!(
            refused.0 == 403 && refused.1.contains("forbidden"),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn the_last_admin_neither_leaves_nor_is_removed() {
    for kind in kinds() {
        let acme = Acme::of(kind).await;
        // Each removes the other at the same moment.
        let (abe, ada) = (
            [("id", acme.abe.user.as_str())],
            [("id", acme.ada.user.as_str())],
        );
        let (one, other) = tokio::join!(
            acme.call(&acme.ada, "/api/members/remove", &abe),
            acme.call(&acme.abe, "/api/members/remove", &ada),
        );
        let mut statuses = [one.0, other.0];
        statuses.sort_unstable();
        // Who is second is a member no more.
        assert_eq!(statuses, [200, 404], "{one:?} {other:?}");
        let last = if one.0 == 200 { &acme.ada } else { &acme.abe };
        let id = ("id", last.user.as_str());
        for (path, form) in [
            ("/api/organizations/leave", vec![]),
            ("/api/members/remove", vec![id]),
            ("/api/members/role", vec![id, ("role", "org:member")]),
        ] {
            let (status, answer) = acme.call(last, path, &form).await;
            assert!(
                status == 409 && answer.contains("last_admin"),
                "{path} {status} {answer}"
            );
        }
        let to = [("id", acme.max.user.as_str())];
        acme.post(last, "/api/organizations/transfer", &to).await;
        assert_eq!(
            acme.role(&acme.max.user).await.as_deref(),
            Some("org:admin")
        );
        assert_eq!(acme.role(&last.user).await.as_deref(), Some("org:member"));
        let to = acme.post(last, "/api/organizations/leave", &[]).await;
        assert_eq!(to, "/select-organization?notice=organization-left");
        assert_eq!(acme.role(&last.user).await, None);
    }
}

#[tokio::test]
async fn an_organization_is_renamed_deleted_restored_and_purged() {
    for kind in kinds() {
        let acme = Acme::of(kind).await;
        acme.server.admin("gus@globex.test", "globex").await;
        let names = [("name", "Acme Ltd"), ("slug", "globex")];
        let back = acme
            .post(&acme.ada, "/api/organizations/rename", &names)
            .await;
        let (_, page) = acme.page(&acme.ada, &back).await;
        assert!(page.contains("That slug is taken.") && page.contains("value=\"Acme Ltd\""));
        let names = [("name", "Acme Ltd"), ("slug", "acme")];
        acme.post(&acme.ada, "/api/organizations/rename", &names)
            .await;
        let (_, page) = acme.page(&acme.max, SETTINGS).await;
        assert!(page.contains("Acme Ltd") && !page.contains("/api/organizations/rename"));

        let back = acme
            .post(
                &acme.ada,
                "/api/organizations/delete",
                &[("confirm", "Acme")],
            )
            .await;
        let (status, page) = acme.page(&acme.ada, &back).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Type the name exactly as it is."));
        let confirm = [("confirm", "Acme Ltd")];
        acme.post(&acme.ada, "/api/organizations/delete", &confirm)
            .await;
        for person in [&acme.ada, &acme.max] {
            assert_eq!(acme.page(person, MEMBERS).await.0, StatusCode::NOT_FOUND);
        }
        let restore = "/api/organizations/restore";
        let (_, page) = acme.page(&acme.max, "/select-organization").await;
        assert!(!page.contains(restore));
        assert_eq!(acme.call(&acme.max, restore, &[]).await.0, 404);
        let (_, page) = acme.page(&acme.abe, "/select-organization").await;
        assert!(page.contains(restore) && page.contains("Acme Ltd"));
        acme.post(&acme.abe, restore, &[]).await;
        assert_eq!(acme.page(&acme.max, MEMBERS).await.0, StatusCode::OK);

        acme.post(&acme.ada, "/api/organizations/delete", &confirm)
            .await;
        let state = &acme.server.state;
        assert_eq!(
            purge(&state.clerk, &state.store)
                .await
                .unwrap()
                .organizations,
            0
        );
        acme.server.clock.advance(31 * 24 * 60 * 60 * 1000);
        // As if an earlier run had ended between Clerk's deletion and ours.
        let due = state.store.purge().due().await.unwrap();
        assert!(state.store.purge().begin(&due[0]).await.unwrap());
        state.clerk.organizations().delete(&due[0]).await.unwrap();
        assert_eq!(
            purge(&state.clerk, &state.store)
                .await
                .unwrap()
                .organizations,
            1
        );
        assert!(
            state
                .clerk
                .organizations()
                .get_by_slug("acme")
                .await
                .is_err()
        );
        assert!(state.store.purge().due().await.unwrap().is_empty());
    }
}
