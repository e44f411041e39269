//! Pages and server functions as a browser meets them: through Leptos's own handlers, with a real
//! store on a temporary SQLite file. Clerk's backend API is out of reach here.

#![expect(
    clippy::unwrap_used,
    reason = "a failed test should stop where it failed"
)]

mod forms;
mod insights;
mod rendering;
mod support;
mod texts;
