//! Metadata: JSON objects that the application keeps with people, organizations and memberships.

use serde_json::Value;

use crate::error::{LocalError, Result};

/// The largest metadata, in bytes of JSON (Clerk docs: 8 KB).
const MAX_BYTES: usize = 8 * 1024;

/// How given metadata meets the stored one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MetadataMode {
    /// The stored value is given up (`PUT …/metadata`).
    #[default]
    Replace,
    /// Member by member at every depth; null removes a member (`PATCH …/metadata`).
    Merge,
}

impl MetadataMode {
    /// The value to store.
    ///
    /// # Errors
    /// 422 `form_param_type_invalid` for anything but an object,
    /// `form_param_exceeds_allowed_size` when the outcome is too large.
    pub(super) fn apply(self, stored: &Value, given: Value, param_name: &str) -> Result<Value> {
        // Clerk takes a bare null for "nothing there".
        let given = match given {
            Value::Null => Value::Object(serde_json::Map::new()),
            given if given.is_object() => given,
            _ => {
                let text = format!("{param_name} must be an object.");
                return Err(LocalError::form(
                    422,
                    "form_param_type_invalid",
                    &text,
                    param_name,
                ));
            }
        };
        let outcome = match self {
            Self::Replace => given,
            Self::Merge => {
                let mut merged = stored.clone();
                merge(&mut merged, given);
                merged
            }
        };
        if outcome.to_string().len() > MAX_BYTES {
            let text = format!("{param_name} exceeds the maximum allowed size of 8 KB.");
            return Err(LocalError::form(
                422,
                "form_param_exceeds_allowed_size",
                &text,
                param_name,
            ));
        }
        Ok(outcome)
    }
}

fn merge(stored: &mut Value, given: Value) {
    match (stored, given) {
        (Value::Object(stored), Value::Object(given)) => {
            for (name, value) in given {
                if value.is_null() {
                    stored.remove(&name);
                } else {
                    merge(stored.entry(name).or_insert(Value::Null), value);
                }
            }
        }
        (stored, Value::Object(given)) => {
            // A new object: nulls inside it name members that are not to be.
            *stored = Value::Object(serde_json::Map::new());
            merge(stored, Value::Object(given));
        }
        (stored, given) => *stored = given,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_merged_at_every_depth_and_null_removes() {
        let stored = json!({ "a": 1, "b": { "c": 1, "d": [1] }, "e": "x" });
        let given = json!({ "b": { "c": null, "d": [2], "f": { "g": null, "h": 1 } }, "e": null });
        let merged = MetadataMode::Merge.apply(&stored, given, "public_metadata");
        assert_eq!(
            merged.unwrap(),
            json!({ "a": 1, "b": { "d": [2], "f": { "h": 1 } } })
        );
    }

    #[test]
    fn only_objects_of_a_bounded_size_are_stored() {
        let replace = |value| MetadataMode::Replace.apply(&json!({ "a": 1 }), value, "m");
        assert_eq!(replace(json!({ "b": 2 })).unwrap(), json!({ "b": 2 }));
        assert_eq!(replace(Value::Null).unwrap(), json!({}));
        let code = |value| replace(value).unwrap_err().code();
        assert_eq!(code(json!([1])), Some("form_param_type_invalid"));
        let large = json!({ "x": "y".repeat(MAX_BYTES) });
        assert_eq!(code(large), Some("form_param_exceeds_allowed_size"));
    }
}
