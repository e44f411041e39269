//! [`Form`]: the fields of a form body or a query string.

use serde_json::Value;
use url::form_urlencoded;

use crate::error::{LocalError, Result};

/// Fields in their order; a key may be repeated.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `a=1&b=2`.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// The first value of a field, empty or not. Clerk's client sends an empty value for null.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of a field unless it is blank.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key).filter(|value| !value.trim().is_empty())
    }

    /// The field, or 422 `form_param_missing`.
    pub(crate) fn required(&self, key: &str) -> Result<&str> {
        self.text(key).ok_or_else(|| LocalError::missing(key))
    }

    /// A field that holds a JSON object as text; none when it is absent or blank.
    ///
    /// # Errors
    /// 422 `form_param_format_invalid` for anything else.
    pub(crate) fn json_object(&self, key: &str) -> Result<Option<Value>> {
        let Some(text) = self.text(key) else {
            return Ok(None);
        };
        match serde_json::from_str(text) {
            Ok(value @ Value::Object(_)) => Ok(Some(value)),
            _ => Err(LocalError::form(
                422,
                "form_param_format_invalid",
                &format!("{key} must be a JSON object."),
                key,
            )),
        }
    }

    /// All values of a field, written `key=a&key=b` or `key[]=a&key[]=b`.
    pub(crate) fn all(&self, key: &str) -> Vec<String> {
        self.0
            .iter()
            .filter(|(name, value)| {
                name.strip_suffix("[]").unwrap_or(name) == key && !value.is_empty()
            })
            .map(|(_, value)| value.clone())
            .collect()
    }

    /// `limit` (1..=500, 10 when absent) and `offset` (0 when absent).
    ///
    /// # Errors
    /// 422 `form_param_value_invalid` for anything else.
    pub(crate) fn page(&self) -> Result<(u64, u64)> {
        let number = |key: &str, default: u64, range: std::ops::RangeInclusive<u64>| {
            let Some(text) = self.text(key) else {
                return Ok(default);
            };
            match text.parse() {
                Ok(value) if range.contains(&value) => Ok(value),
                _ => Err(LocalError::form(
                    422,
                    "form_param_value_invalid",
                    &format!(
                        "{key} must be between {} and {}.",
                        range.start(),
                        range.end()
                    ),
                    key,
                )),
            }
        };
        let most = u64::from(u32::MAX);
        Ok((
            number("limit", 10, 1..=500)?,
            number("offset", 0, 0..=most)?,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_keys_and_pages() {
        let form = Form::parse(b"role=a&role=b&role[]=c&limit=20&name=+");
        assert_eq!(form.all("role"), ["a", "b", "c"]);
        assert_eq!(form.page().expect("valid"), (20, 0));
        assert_eq!(form.text("name"), None);
        assert_eq!(form.get("name"), Some(" "));
        assert!(Form::parse(b"limit=501").page().is_err());
    }
}
