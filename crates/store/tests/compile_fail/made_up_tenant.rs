// A scope can't be made up, nor unpacked.
use store::{Store, Tenant};

fn forge(store: Store) -> Tenant {
    Tenant(store)
}

fn unpack(tenant: Tenant) {
    let _ = tenant.0;
}

fn main() {}
