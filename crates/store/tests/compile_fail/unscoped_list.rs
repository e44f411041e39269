// Projects are listed within an organization or not at all.
use store::{ProjectFilter, Store};

async fn list(store: Store) {
    let _ = store.projects().list(ProjectFilter::Active, None).await;
}

fn main() {}
