// The connection is the store's own.
fn connection(store: store::Store) {
    let _ = store.inner;
    let _ = store.connection();
}

fn main() {}
