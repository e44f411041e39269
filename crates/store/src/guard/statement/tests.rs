use super::*;
use crate::entities::{audit_event, membership, organization, project};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DbBackend, EntityTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, RelationTrait, Statement, prelude::Uuid,
};

const OURS: &str = "org_acme";

fn outcome(statement: &Statement) -> Result<(), Refusal> {
    let values = statement
        .values
        .as_ref()
        .map_or(&[][..], |values| &values.0);
    check(&statement.sql, values, OURS)
}

fn check(sql: &str, values: &[Value], organization: &str) -> Result<(), Refusal> {
    demands(sql)?.met_by(values, organization)
}

/// The verdict on a statement, which has to be the same in both dialects.
fn verdict(query: &impl QueryTrait) -> Result<(), Refusal> {
    let of = |backend| outcome(&query.build(backend));
    let verdict = of(DbBackend::Postgres);
    assert_eq!(of(DbBackend::Sqlite), verdict);
    verdict
}

fn of(organization: &str) -> sea_orm::sea_query::SimpleExpr {
    project::Column::OrganizationId.eq(organization)
}

fn row(organization: &str) -> project::ActiveModel {
    project::ActiveModel {
        name: Set("x".to_owned()),
        organization_id: Set(organization.to_owned()),
        id: Set(Uuid::nil()),
        ..Default::default()
    }
}

#[test]
fn reading() {
    let unscoped = Err(Refusal::Unscoped("projects"));
    let all = project::Entity::find;
    let name = || project::Column::Name.eq("x");
    assert_eq!(verdict(&all()), unscoped);
    assert_eq!(verdict(&all().filter(name())), unscoped);
    assert_eq!(verdict(&all().filter(of("org_globex"))), unscoped);
    assert_eq!(verdict(&all().filter(of(OURS))), Ok(()));
    let page = all().filter(name()).filter(of(OURS));
    let page = page.order_by_desc(project::Column::Id).limit(51);
    assert_eq!(verdict(&page), Ok(()));
    let either = Condition::any().add(of(OURS)).add(name());
    assert_eq!(verdict(&all().filter(either.clone())), unscoped);
    assert_eq!(verdict(&all().filter(either).filter(of(OURS))), Ok(()));
    assert_eq!(
        verdict(&all().filter(project::Column::OrganizationId.ne(OURS))),
        unscoped
    );
    // Another table's condition is not this one's.
    let other = audit_event::Column::OrganizationId.eq(OURS);
    assert_eq!(verdict(&all().filter(other)), unscoped);
    assert_eq!(verdict(&organization::Entity::find()), Ok(()));
}

#[test]
fn queries_within_queries_and_beside_them() {
    let inner = project::Entity::find()
        .select_only()
        .column(project::Column::Name);
    let within = |inner: sea_orm::Select<project::Entity>| {
        let names = inner.into_query();
        verdict(
            &project::Entity::find()
                .filter(of(OURS))
                .filter(project::Column::Name.in_subquery(names)),
        )
    };
    assert_eq!(within(inner.clone()), Err(Refusal::Unscoped("projects")));
    assert_eq!(within(inner.filter(of(OURS))), Ok(()));

    let joined = organization::Entity::find().join(
        JoinType::InnerJoin,
        membership::Relation::Organization.def().rev(),
    );
    assert_eq!(verdict(&joined), Err(Refusal::Unscoped("memberships")));

    // One table twice: each under its own name.
    let twice = |condition: &str| {
        let sql = format!(
            "SELECT * FROM \"projects\" JOIN \"projects\" AS \"p\" ON true \
             WHERE \"projects\".\"organization_id\" = $1{condition}"
        );
        check(&sql, &[Value::from(OURS)], OURS)
    };
    assert_eq!(twice(""), Err(Refusal::Unscoped("projects")));
    assert_eq!(twice(" AND \"p\".\"organization_id\" = $1"), Ok(()));

    let sql = "SELECT * FROM \"projects\" WHERE \"projects\".\"organization_id\" = $1";
    let beside = format!("{sql} UNION ALL SELECT * FROM \"projects\"");
    let ours = [Value::from(OURS)];
    assert_eq!(check(sql, &ours, OURS), Ok(()));
    assert_eq!(
        check(&beside, &ours, OURS),
        Err(Refusal::Unscoped("projects"))
    );
    for odd in [
        "SELECT 1 FROM projects",
        "DELETE FROM PROJECTS",
        "TABLE projects",
    ] {
        assert_eq!(
            check(odd, &[], OURS),
            Err(Refusal::Unscoped("projects")),
            "{odd}"
        );
    }
    assert_eq!(check("SELECT (1", &[], OURS), Err(Refusal::Unreadable));
}

#[test]
fn writing() {
    let unscoped = Err(Refusal::Unscoped("projects"));
    assert_eq!(verdict(&project::Entity::insert(row(OURS))), Ok(()));
    assert_eq!(
        verdict(&project::Entity::insert(row("org_globex"))),
        unscoped
    );
    let both = project::Entity::insert_many([row(OURS), row("org_globex")]);
    assert_eq!(verdict(&both), unscoped);

    let renamed = || project::Entity::update_many().col_expr(project::Column::Name, "x".into());
    assert_eq!(verdict(&renamed()), unscoped);
    assert_eq!(verdict(&renamed().filter(of(OURS))), Ok(()));
    let handed = renamed().col_expr(project::Column::OrganizationId, "org_globex".into());
    assert_eq!(
        verdict(&handed.filter(of(OURS))),
        Err(Refusal::Handover("projects"))
    );

    assert_eq!(verdict(&project::Entity::delete_many()), unscoped);
    assert_eq!(
        verdict(&project::Entity::delete_many().filter(of(OURS))),
        Ok(())
    );
}

#[test]
fn the_full_text_index_is_read_like_a_table() {
    let ours = [OURS, OURS].map(Value::from);
    let verdict = |sql| check(sql, &ours, OURS);
    let unscoped = Err(Refusal::Unscoped("search_index"));
    let all = r#"SELECT "id" FROM "search_index" WHERE "search_index" MATCH ?"#;
    assert_eq!(verdict(all), unscoped);
    let other = r#"SELECT "id" FROM "search_index" WHERE "search_index"."organization_id" <> ?"#;
    assert_eq!(verdict(other), unscoped);
    let ranked = r#"SELECT "id", bm25("search_index") FROM "search_index""#;
    assert_eq!(verdict(ranked), unscoped);
    let own = r#"SELECT "id" FROM "search_index" WHERE "search_index" MATCH ?
        AND "search_index"."organization_id" = ? ORDER BY "search_index"."rank" LIMIT 5"#;
    assert_eq!(verdict(own), Ok(()));
}
