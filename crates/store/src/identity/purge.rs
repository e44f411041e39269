use crate::{
    StoreError,
    catalog::{CATALOG, Purge},
    entities::organization,
    worker::Worker,
};
use sea_orm::{
    ConnectionTrait, EntityTrait, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait, Query},
};

/// Deletes an organization and all that it owns, as the catalog says, table by table in its order.
/// The worker acts for the organization.
pub(super) async fn purge(worker: &Worker, organization: &str) -> Result<(), StoreError> {
    let transaction = worker.transaction();
    // First of all, so that whoever is adding something to it is waited for, and whoever comes
    // later waits: in any other order the two could wait for each other.
    organization::Entity::find_by_id(organization)
        .lock_exclusive()
        .one(transaction)
        .await?;
    let owned = CATALOG.iter().filter(|table| table.purge == Purge::Own);
    for (table, owner) in owned.filter_map(|table| Some((table.name, table.owner()?))) {
        let mut delete = Query::delete();
        delete
            .from_table(Alias::new(table))
            .and_where(Expr::col(Alias::new(owner)).eq(organization));
        transaction.execute(&delete).await?;
    }
    Ok(())
}
