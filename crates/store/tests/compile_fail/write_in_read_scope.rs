// Who entered to read changes nothing.
use store::{NewProject, ProjectId, Tenant};

async fn create(tenant: Tenant, new: NewProject) {
    let _ = tenant.projects().create(new).await;
}

async fn delete(tenant: Tenant, id: ProjectId) {
    let _ = tenant.projects().delete(id).await;
}

async fn commit(tenant: Tenant) {
    let _ = tenant.commit().await;
}

fn main() {}
