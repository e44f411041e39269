//! An organization's data, to take along: all of it, and nobody else's.

use crate::{
    support::{TestDb, on_each, session},
    tasks::furnish,
};
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};
use store::{
    Action, ExportPlace, Origin, StoreError,
    catalog::{CATALOG, Export},
};

/// All pieces, each read in a scope of its own: the lines of each table.
async fn export(db: &TestDb, who: &str, slug: &str) -> BTreeMap<&'static str, Vec<Value>> {
    let mut tables: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let mut next = Some(ExportPlace::default());
    while let Some(place) = next {
        let tenant = db.store.enter(&session(who, slug), slug).await.unwrap();
        let piece = tenant.export_piece(&place).await.unwrap();
        let lines = piece.lines.lines();
        let lines: Vec<Value> = lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines.len(), piece.rows);
        tables.entry(piece.table).or_default().extend(lines);
        next = piece.next;
    }
    tables
}

#[tokio::test]
async fn an_export_has_every_row_of_the_organization_once_and_no_other() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        db.create(&session("gus", "globex"), "globex", "Theirs")
            .await;
        furnish(&db, "gus", "globex").await;
        furnish(&db, "max", "acme").await;
        // More than two pieces, the last one full.
        let max = session("max", "acme");
        let tenant = db.enter_for(&max, "acme", Action::ProjectCreate).await;
        for at in 0..1000 {
            let new = crate::support::new_project(&format!("Project {at}"));
            tenant.projects().create(new).await.unwrap();
        }
        tenant.commit().await.unwrap();

        let tables = export(&db, "ada", "acme").await;
        let rows = |table: &str| tables[table].len();
        assert_eq!((rows("projects"), rows("audit_events")), (1001, 1005));
        for table in [
            "tasks",
            "labels",
            "task_labels",
            "checklist_items",
            "comments",
            "mentions",
        ] {
            assert_eq!(rows(table), 1, "{table}");
        }
        assert_eq!(tables["tasks"][0]["title"], "The first task");
        assert_eq!(tables["tasks"][0]["due_on"], Value::Null);
        assert_eq!((rows("memberships"), rows("users")), (2, 2));
        assert_eq!((rows("organizations"), rows("audit_heads")), (1, 1));
        for (table, lines) in &tables {
            let mut distinct: Vec<String> = lines.iter().map(Value::to_string).collect();
            distinct.sort();
            distinct.dedup();
            assert_eq!(distinct.len(), lines.len(), "{table}");
            for line in lines {
                let owner = line.get("organization_id").unwrap_or(&line["id"]);
                let owner = owner.as_str().unwrap();
                let ours = ["org_acme", "user_ada", "user_max"].contains(&owner);
                assert!(ours, "{table}: {line}");
            }
        }
        let project = &tables["projects"][0];
        let id = store::ProjectId::parse(project["id"].as_str().unwrap()).unwrap();
        let tenant = db.store.enter(&max, "acme").await.unwrap();
        assert_eq!(
            project["name"],
            tenant.projects().get(id).await.unwrap().name.as_str()
        );
        assert_eq!(project["archived_at"], Value::Null);
        assert_eq!(tables["audit_events"][1004]["seq"], 1005);
        let hash = tables["audit_heads"][0]["hash"].as_str().unwrap();
        assert_eq!(tables["audit_events"][1004]["hash"], hash);
        assert_eq!(hash.len(), 64);
        let exported = CATALOG
            .iter()
            .filter(|table| !matches!(table.export, Export::Nothing(_)));
        let exported: Vec<&str> = exported.map(|table| table.name).collect();
        assert_eq!(tables.len(), exported.len(), "{exported:?}");
    })
    .await;
}

#[tokio::test]
async fn only_who_may_exports_and_that_is_noted() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        let max = session("max", "acme");
        let tenant = db.store.enter(&max, "acme").await.unwrap();
        let refused = tenant.export_piece(&ExportPlace::default()).await;
        assert!(matches!(refused, Err(StoreError::Forbidden { .. })));
        drop(tenant);
        let action = Action::OrganizationExport;
        let refused = db
            .store
            .enter_for(&max, "acme", action, Origin::default())
            .await;
        assert!(matches!(refused, Err(StoreError::Forbidden { .. })));
        let tenant = db.enter_for(&session("ada", "acme"), "acme", action).await;
        tenant.note_export().await.unwrap();
        tenant.commit().await.unwrap();
        let noted = "action = 'organization.exported' AND target_id = 'org_acme'";
        assert_eq!(db.count("audit_events", noted).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_person_takes_along_what_bears_their_id_and_nothing_of_others() {
    on_each(|db: Arc<TestDb>| async move {
        db.populate().await;
        for (who, slug, project) in [
            ("ada", "acme", "Ada's at Acme"),
            ("ada", "globex", "Ada's at Globex"),
            ("max", "acme", "Max's"),
            ("gus", "globex", "Gus's"),
        ] {
            db.create(&session(who, slug), slug, project).await;
        }
        furnish(&db, "ada", "acme").await;
        furnish(&db, "gus", "globex").await;
        let mut tables: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        let mut export = db
            .store
            .export_person(&session("ada", "acme"))
            .await
            .unwrap();
        while let Some((table, lines)) = export.next().await.unwrap() {
            let lines = lines
                .lines()
                .map(|line| serde_json::from_str(line).unwrap());
            tables.entry(table).or_default().extend(lines);
        }
        let rows = tables.iter().map(|(table, rows)| (*table, rows.len()));
        let rows: Vec<(&str, usize)> = rows.collect();
        let expected = [
            ("audit_events", 7),
            ("comments", 1),
            ("memberships", 2),
            ("mentions", 1),
            ("projects", 3),
            // It bears the id of who made it and of who is to do it.
            ("tasks", 1),
            ("users", 1),
        ];
        assert_eq!(rows, expected);
        let mut names: Vec<&str> = tables["projects"]
            .iter()
            .map(|row| row["name"].as_str().unwrap())
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["Ada's at Acme", "Ada's at Globex", "Furnished"]);
    })
    .await;
}
