//! The signing key may be another than the first.

/// None while the instance's id names the key.
pub(super) const VERSION: &str = "ALTER TABLE instance ADD COLUMN key_id TEXT;";
