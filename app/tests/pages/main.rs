//! Pages and server functions as a browser meets them: through Leptos's own handlers, with a real
//! store on a temporary SQLite file. Clerk's backend API is out of reach here.

mod forms;
mod rendering;
mod support;
