// Projects are listed within an organization or not at all.
use store::{ProjectFilter, Projects, Store};

async fn list(store: Store) {
    let _ = store.projects().list(ProjectFilter::Active, None).await;
}

fn forge() -> Projects<'static> {
    Projects::new(todo!())
}

fn main() {}
