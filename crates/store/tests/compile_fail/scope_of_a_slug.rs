// A URL alone opens nothing: it takes a session, and a session takes verification.
use clerk::session::Session;
use store::Store;

async fn enter(store: Store) {
    let _ = store.enter("user_ada", "acme").await;
}

fn forge() -> Session {
    Session {}
}

fn main() {}
