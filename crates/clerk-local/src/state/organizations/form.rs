//! The form of names and slugs.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::entity;
use crate::{
    error::{LocalError, Result},
    state::ids,
};

/// Longest name and slug, in characters.
const MAX_LENGTH: usize = 256;

pub(super) fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() {
        return Err(LocalError::missing("name"));
    }
    check_length(name, "name")?;
    if name.chars().any(char::is_control) {
        return Err(LocalError::form(
            422,
            "form_param_format_invalid",
            "name must not contain control characters.",
            "name",
        ));
    }
    Ok(name.to_owned())
}

fn check_length(value: &str, param_name: &str) -> Result<()> {
    if value.chars().count() <= MAX_LENGTH {
        return Ok(());
    }
    Err(LocalError::form(
        422,
        "form_param_max_length_exceeded",
        &format!("{param_name} must be {MAX_LENGTH} characters or less."),
        param_name,
    ))
}

/// Small letters, digits, and single hyphens or underscores between them.
pub(super) fn check_slug(slug: &str) -> Result<()> {
    check_length(slug, "slug")?;
    let mark = |c: char| c == '-' || c == '_';
    let valid = slug.split(mark).all(|part| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    });
    if valid {
        return Ok(());
    }
    Err(LocalError::form(
        422,
        "form_param_format_invalid",
        "slug may contain small letters, digits, and hyphens or underscores between them.",
        "slug",
    ))
}

pub(super) async fn refuse_taken(
    db: &impl ConnectionTrait,
    slug: &str,
    except: Option<&str>,
) -> Result<()> {
    let holder = entity::Entity::find()
        .filter(entity::Column::Slug.eq(slug))
        .one(db)
        .await?;
    match holder {
        Some(row) if Some(row.id.as_str()) != except => Err(LocalError::form(
            422,
            "form_identifier_exists",
            "That slug is taken. Please try another.",
            "slug",
        )),
        _ => Ok(()),
    }
}

/// The name's letters and digits, with a random number when that is taken.
pub(super) async fn free_slug(db: &impl ConnectionTrait, name: &str) -> Result<String> {
    let mut base = String::new();
    for c in name.to_lowercase().chars().take(60) {
        if c.is_ascii_alphanumeric() {
            base.push(c);
        } else if !base.is_empty() && !base.ends_with('-') {
            base.push('-');
        }
    }
    let base = base.trim_end_matches('-');
    let base = if base.is_empty() {
        "organization"
    } else {
        base
    };
    let mut slug = base.to_owned();
    while refuse_taken(db, &slug, None).await.is_err() {
        slug = format!("{base}-{}", ids::six_digits());
    }
    Ok(slug)
}
