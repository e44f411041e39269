//! All routes at once: what holds for each of them, also for one that is added tomorrow. The list of
//! routes is read from the source, so no route can be forgotten.

mod input;
mod isolation;
mod robustness;
mod routes;
mod stage;
