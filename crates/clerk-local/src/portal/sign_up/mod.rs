//! Signing up: name, email address and password, then the code that was mailed.

pub mod code;
pub mod person;
