//! Nobody reaches what is another organization's, and nothing tells him that it exists.

use crate::support::{
    START, TestDb, membership, name, new_project, on_each, organization_id, session, session_as,
};
use clerk::{has::Has, test_util::session_with_claims, webhooks::EventData};
use serde_json::json;
use std::sync::Arc;
use store::{Action, Cursor, Origin, ProjectFilter, ProjectId, Role, StoreError};

fn missing() -> ProjectId {
    ProjectId::parse("01990000-0000-7000-8000-000000000000").unwrap()
}

#[tokio::test]
async fn a_foreign_project_is_a_missing_project() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let foreign = db
            .create(&session("gus", "globex"), "globex", "Theirs")
            .await;
        let before = db.audit_rows().await;
        // Ada is an admin here and there: even so Acme's scope does not reach Globex's project.
        let ada = session("ada", "acme");

        for id in [foreign.id, missing()] {
            let tenant = db.store.enter(&ada, "acme").await.unwrap();
            let answers = [tenant.projects().get(id).await.map(drop)];
            drop(tenant);

            let tenant = db.enter_for(&ada, "acme", Action::ProjectDelete).await;
            let projects = tenant.projects();
            let answers = answers.into_iter().chain([
                projects.rename(id, name("Ours")).await.map(drop),
                projects.archive(id).await.map(drop),
                projects.unarchive(id).await.map(drop),
                projects.delete(id).await.map(drop),
            ]);
            for answer in answers {
                assert!(matches!(answer, Err(StoreError::NotFound)), "{answer:?}");
            }
            tenant.commit().await.unwrap();
        }

        let tenant = db
            .store
            .enter(&session("gus", "globex"), "globex")
            .await
            .unwrap();
        assert_eq!(tenant.projects().get(foreign.id).await.unwrap(), foreign);
        assert_eq!(db.audit_rows().await, before);
    })
    .await;
}

#[tokio::test]
async fn a_list_holds_only_the_organizations_own_projects() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ours = db.create(&session("max", "acme"), "acme", "Ours").await;
        let theirs = db
            .create(&session("gus", "globex"), "globex", "Theirs")
            .await;

        let tenant = db
            .store
            .enter(&session("ada", "acme"), "acme")
            .await
            .unwrap();
        let page = tenant
            .projects()
            .list(ProjectFilter::Active, None)
            .await
            .unwrap();
        assert_eq!(page.items, [ours]);
        // Nor does a cursor made of a foreign id open anything.
        let cursor = Cursor::parse(&theirs.id.as_uuid().simple().to_string()).unwrap();
        let page = tenant
            .projects()
            .list(ProjectFilter::Active, Some(cursor))
            .await
            .unwrap();
        assert!(page.items.iter().all(|project| project.name == "Ours"));
    })
    .await;
}

#[tokio::test]
async fn a_slug_of_others_is_a_slug_of_nobody() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let strangers = [
            // Max is not in Globex, whatever is active, and even if his token says he were.
            session("max", "acme"),
            session_as("max", None, ""),
            session_as("max", Some("globex"), "org:admin"),
            session_as("nora", None, ""),
            session_as("nobody", Some("globex"), "org:admin"),
        ];
        for stranger in &strangers {
            for slug in [
                "globex",
                "no-such",
                "",
                "org_globex",
                "GLOBEX",
                "a\0b",
                "' OR 1=1 --",
            ] {
                let read = db.store.enter(stranger, slug).await.map(drop);
                let write = db
                    .store
                    .enter_for(stranger, slug, Action::ProjectCreate, Origin::default())
                    .await
                    .map(drop);
                assert!(
                    matches!(read, Err(StoreError::NotFound)),
                    "{slug:?} {read:?}"
                );
                assert!(
                    matches!(write, Err(StoreError::NotFound)),
                    "{slug:?} {write:?}"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn session_and_slug_have_to_agree() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        match db.store.enter(&session("ada", "acme"), "globex").await {
            Err(StoreError::OrganizationMismatch { organization }) => {
                assert_eq!(organization, organization_id("globex"));
            }
            other => panic!("{other:?}"),
        }
        match db.store.enter(&session_as("ada", None, ""), "acme").await {
            Err(StoreError::NoActiveOrganization { organization }) => {
                assert_eq!(organization, organization_id("acme"));
            }
            other => panic!("{other:?}"),
        }
        // Active in an organization that she is not even in, at the URL of one that she is.
        let odd = session_as("max", Some("globex"), "org:admin");
        assert!(matches!(
            db.store.enter(&odd, "acme").await,
            Err(StoreError::OrganizationMismatch { .. })
        ));
        let tenant = db
            .store
            .enter(&session("ada", "globex"), "globex")
            .await
            .unwrap();
        assert_eq!(tenant.organization().id, organization_id("globex"));
        assert_eq!(tenant.organization().name, "GLOBEX");
        assert_eq!(tenant.membership().user_id.as_str(), "user_ada");
    })
    .await;
}

#[tokio::test]
async fn a_removed_member_is_out_at_once_whatever_his_token_says() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let max = session("max", "acme");
        db.store.enter(&max, "acme").await.unwrap();

        let gone = membership("acme", "max", "org:member", START);
        db.tell(EventData::OrganizationMembershipDeleted(gone))
            .await;

        assert!(matches!(
            db.store.enter(&max, "acme").await,
            Err(StoreError::NotFound)
        ));
        assert!(matches!(
            db.store
                .enter_for(&max, "acme", Action::ProjectCreate, Origin::default())
                .await,
            Err(StoreError::NotFound)
        ));
        assert!(db.store.organizations_of(&max).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_role_is_the_local_rows_and_a_demotion_holds_at_once() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let ada = session("ada", "acme");
        let project = db.create(&ada, "acme", "Plans").await;
        // What the token says about the role counts for nothing.
        let boastful = session_as("max", Some("acme"), "org:admin");
        assert!(matches!(
            db.store
                .enter_for(&boastful, "acme", Action::ProjectDelete, Origin::default())
                .await,
            Err(StoreError::Forbidden {
                action: Action::ProjectDelete
            })
        ));

        let demoted = membership("acme", "ada", "org:member", START + 1);
        db.tell(EventData::OrganizationMembershipUpdated(demoted))
            .await;

        let tenant = db.store.enter(&ada, "acme").await.unwrap();
        assert_eq!(tenant.membership().role(), Role::Member);
        assert!(tenant.can(Action::ProjectRename) && !tenant.can(Action::ProjectDelete));
        drop(tenant);
        assert!(matches!(
            db.store
                .enter_for(&ada, "acme", Action::ProjectDelete, Origin::default())
                .await,
            Err(StoreError::Forbidden { .. })
        ));
        // A scope entered for one thing is no leave for another.
        let tenant = db.enter_for(&ada, "acme", Action::ProjectRename).await;
        assert!(matches!(
            tenant.projects().delete(project.id).await,
            Err(StoreError::Forbidden { .. })
        ));
    })
    .await;
}

#[tokio::test]
async fn a_custom_role_may_look() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let auditor = membership("acme", "nora", "org:auditor", START);
        db.tell(EventData::OrganizationMembershipCreated(auditor))
            .await;
        let nora = session_as("nora", Some("acme"), "org:auditor");
        let tenant = db.store.enter(&nora, "acme").await.unwrap();
        tenant
            .projects()
            .list(ProjectFilter::Active, None)
            .await
            .unwrap();
        assert_eq!(tenant.membership().role(), Role::Custom);
        drop(tenant);
        for action in Action::ALL {
            let entered = db
                .store
                .enter_for(&nora, "acme", action, Origin::default())
                .await;
            let looks = [Action::ProjectRead, Action::TaskRead];
            let may = looks.contains(&action) || action == Action::OrganizationLeave;
            assert_eq!(entered.is_ok(), may, "{action:?}");
        }
        // Even a write scope that he got for reading writes nothing.
        let tenant = db.enter_for(&nora, "acme", Action::ProjectRead).await;
        let answer = tenant.projects().create(new_project("No")).await;
        assert!(matches!(answer, Err(StoreError::Forbidden { .. })));
    })
    .await;
}

#[tokio::test]
async fn permissions_are_the_rows_and_not_the_tokens() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let project = db.create(&session("max", "acme"), "acme", "One").await;
        let editor = |permissions: &[&str], updated_at| {
            let mut told = membership("acme", "nora", "org:editor", updated_at);
            told.permissions = permissions.iter().map(|key| (*key).to_owned()).collect();
            EventData::OrganizationMembershipUpdated(told)
        };
        // What the token says about permissions counts for nothing.
        let boastful = session_with_claims(&json!({
            "v": 2, "sub": "user_nora", "sid": "sess_1", "sts": "active",
            "iss": "https://clerk.test.lcl.dev", "iat": 1_700_000_000, "exp": 4_102_444_800_i64,
            "fea": "o:projects",
            "o": { "id": "org_acme", "slg": "acme", "rol": "editor", "per": "manage", "fpm": "1" },
        }));
        assert!(boastful.has(&Has::new().permission("org:projects:manage")));
        let origin = Origin::default;
        let may = async |action| match db
            .store
            .enter_for(&boastful, "acme", action, origin())
            .await
        {
            Ok(_) => true,
            Err(StoreError::Forbidden { .. }) => false,
            Err(error) => panic!("{error}"),
        };
        db.tell(editor(&["org:sys_memberships:read"], START)).await;
        assert!(may(Action::MemberRead).await && !may(Action::ProjectDelete).await);

        db.tell(editor(&["org:projects:manage"], START + 1)).await;
        assert!(!may(Action::MemberRead).await && may(Action::ProjectCreate).await);
        let tenant = db.enter_for(&boastful, "acme", Action::ProjectDelete).await;
        assert!(tenant.can(Action::ProjectRename) && !tenant.can(Action::MemberRemove));
        tenant.projects().delete(project.id).await.unwrap();
        tenant.commit().await.unwrap();

        // Withdrawn, and refused with the same token.
        db.tell(editor(&[], START + 2)).await;
        assert!(!may(Action::ProjectCreate).await && may(Action::ProjectRead).await);
    })
    .await;
}

#[tokio::test]
async fn everyone_sees_his_own_organizations() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let slugs = async |name: &str| -> Vec<(String, Role)> {
            let session = session_as(name, None, "");
            let organizations = db.store.organizations_of(&session).await.unwrap();
            organizations
                .into_iter()
                .map(|organization| (organization.slug, organization.role))
                .collect()
        };
        assert_eq!(
            slugs("ada").await,
            [
                ("acme".to_owned(), Role::Admin),
                ("globex".to_owned(), Role::Admin)
            ]
        );
        assert_eq!(slugs("max").await, [("acme".to_owned(), Role::Member)]);
        assert_eq!(slugs("nora").await, []);
        assert_eq!(slugs("nobody").await, []);
    })
    .await;
}
