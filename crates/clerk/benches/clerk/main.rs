//! `cargo bench -p clerk`: what verification costs, beside the bare signature check and
//! beside Clerk's own SDK. Times are per call; allocations are counted per call as well.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark fails by panicking, and nobody links to it"
)]

mod claims;
mod overhead;
mod requests;
mod sdk;
mod tokens;
mod webhooks;
mod world;

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
    // `cargo test --benches` and filters ask for the benchmarks above only.
    if std::env::args()
        .skip(1)
        .all(|argument| argument == "--bench")
    {
        overhead::report();
        sdk::report();
    }
}
