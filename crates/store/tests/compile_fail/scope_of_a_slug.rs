// A URL alone opens nothing: it takes a session, which only verification makes.
use store::Store;

async fn enter(store: Store) {
    let _ = store.enter("user_ada", "acme").await;
}

fn main() {}
