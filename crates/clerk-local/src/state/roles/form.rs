//! The form of the names and keys of roles and permissions.

use crate::error::{LocalError, Result};

/// Longest name and key, in characters.
const MAX_LENGTH: usize = 256;

/// `org:` and `parts` words of small letters, digits, hyphens and underscores with colons between
/// them: one word for a role, feature and action for a permission.
///
/// # Errors
/// 422 `form_param_format_invalid` (`key`).
pub(in crate::state) fn check_key(key: &str, parts: usize) -> Result<()> {
    let word = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
    };
    let valid = key.len() <= MAX_LENGTH
        && key
            .strip_prefix("org:")
            .is_some_and(|rest| rest.split(':').count() == parts && rest.split(':').all(word));
    if valid {
        return Ok(());
    }
    let form = if parts == 1 {
        "org:<role>"
    } else {
        "org:<feature>:<permission>"
    };
    Err(LocalError::form(
        422,
        "form_param_format_invalid",
        &format!("key must have the form {form}, in lowercase letters, digits, - and _."),
        "key",
    ))
}

/// 422 `form_identifier_exists` (`key`).
pub(in crate::state) fn key_taken() -> LocalError {
    LocalError::form(
        422,
        "form_identifier_exists",
        "That key is taken. Please try another.",
        "key",
    )
}

/// A name that is not blank.
///
/// # Errors
/// 422 `form_param_missing`, `form_param_max_length_exceeded` (`name`).
pub(in crate::state) fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(LocalError::missing("name"));
    }
    if name.chars().count() > MAX_LENGTH {
        return Err(LocalError::form(
            422,
            "form_param_max_length_exceeded",
            &format!("name must be {MAX_LENGTH} characters or less."),
            "name",
        ));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::check_key;

    #[test]
    fn keys_of_roles_and_permissions() {
        for role in ["org:editor", "org:billing_manager", "org:level-2"] {
            assert!(check_key(role, 1).is_ok(), "{role}");
        }
        for none in ["editor", "org:", "org:Editor", "org:a:b", "org:a b", ""] {
            assert!(check_key(none, 1).is_err(), "{none}");
        }
        assert!(check_key("org:projects:write", 2).is_ok());
        for none in ["org:projects", "org:projects:", "org::x", "org:a:b:c"] {
            assert!(check_key(none, 2).is_err(), "{none}");
        }
    }
}
