//! The form of an email address.

use crate::error::{LocalError, Result};

/// Checks an address's form: one `@`, something on both sides, a dot in the host, no white space.
///
/// # Errors
/// Clerk's `form_param_format_invalid` (422) for the field given.
pub fn check_email_form(email: &str, param_name: &str) -> Result<()> {
    let valid = email.len() <= 254
        && !email.chars().any(|c| c.is_whitespace() || c.is_control())
        && email.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && host.contains('.')
                && !host.contains('@')
                && !host.starts_with('.')
                && !host.ends_with('.')
        });
    if valid {
        return Ok(());
    }
    Err(LocalError::form(
        422,
        "form_param_format_invalid",
        "Email address must be a valid email address.",
        param_name,
    ))
}
