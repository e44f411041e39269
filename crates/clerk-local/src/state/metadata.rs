//! Metadata that a backend replaces or merges into.

use serde_json::Value;

use crate::error::{LocalError, Result};

/// What becomes of one metadata field.
#[derive(Debug, Clone, PartialEq)]
pub enum MetadataChange {
    /// The whole value is another one.
    Replace(Value),
    /// Members are set, `null` takes a member away, at every depth; what is not named stays
    /// (backend API: "merge and update metadata", a JSON merge patch of RFC 7396).
    Merge(Value),
}

impl MetadataChange {
    /// The value after the change.
    ///
    /// # Errors
    /// 422 `form_param_format_invalid` for anything but an object.
    pub(super) fn apply(self, mut to: Value, param_name: &str) -> Result<Value> {
        let (Self::Replace(given) | Self::Merge(given)) = &self;
        if !given.is_object() {
            return Err(LocalError::form(
                422,
                "form_param_format_invalid",
                &format!("{param_name} must be a JSON object."),
                param_name,
            ));
        }
        match self {
            Self::Replace(value) => Ok(value),
            Self::Merge(patch) => {
                merge(&mut to, patch);
                Ok(to)
            }
        }
    }
}

fn merge(to: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *to = patch;
        return;
    };
    if !to.is_object() {
        *to = Value::Object(serde_json::Map::new());
    }
    let Value::Object(members) = to else { return };
    for (key, value) in patch {
        if value.is_null() {
            members.remove(&key);
        } else {
            merge(members.entry(key).or_insert(Value::Null), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_merged_at_every_depth() {
        let to = json!({ "a": { "b": 1, "c": 2 }, "d": [1, 2], "e": "x" });
        let patch = json!({ "a": { "b": null, "f": { "g": null, "h": 1 } }, "d": [3], "e": null });
        let merged = MetadataChange::Merge(patch).apply(to.clone(), "public_metadata");
        let wanted = json!({ "a": { "c": 2, "f": { "h": 1 } }, "d": [3] });
        assert_eq!(merged.unwrap(), wanted);
        let replaced = MetadataChange::Replace(json!({ "z": 1 })).apply(to.clone(), "x");
        assert_eq!(replaced.unwrap(), json!({ "z": 1 }));
        let refused = MetadataChange::Merge(json!([])).apply(to, "x").unwrap_err();
        assert_eq!(refused.param_name(), Some("x"));
    }
}
