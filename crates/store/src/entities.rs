//! The tables' rows. Nothing of this leaves the crate: outside there are only the plain
//! structs of each repository.

pub(crate) mod audit_event;
pub(crate) mod audit_head;
pub(crate) mod checklist_item;
pub(crate) mod comment;
pub(crate) mod label;
pub(crate) mod membership;
pub(crate) mod mention;
pub(crate) mod organization;
pub(crate) mod project;
pub(crate) mod search_document;
pub(crate) mod task;
pub(crate) mod task_label;
pub(crate) mod task_number;
pub(crate) mod tombstone;
pub(crate) mod user;
pub(crate) mod webhook_event;
