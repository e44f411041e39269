use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned, de::Error};
use serde_json::Value;

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// The objects of this part.
    pub data: Vec<T>,
    /// How many there are in all parts together; 0 where Clerk does not say.
    pub total_count: u64,
}

impl<T> Page<T> {
    /// How many objects this part holds.
    pub fn len(&self) -> usize {
        self.data.len()
    }

    /// Whether this part holds nothing.
    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self {
            data: Vec::new(),
            total_count: 0,
        }
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.data.into_iter()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Page<T> {
    /// Clerk writes `{data, total_count}`, for machine tokens `{m2m_tokens, total_count}`,
    /// and for some lists the bare array.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (data, total_count) = match Value::deserialize(deserializer)? {
            Value::Object(mut page) => {
                let data = page.remove("data").or_else(|| page.remove("m2m_tokens"));
                let total_count = page.get("total_count").and_then(Value::as_u64);
                (
                    data.ok_or_else(|| Error::missing_field("data"))?,
                    total_count,
                )
            }
            bare => (bare, None),
        };
        Ok(Self {
            data: serde_json::from_value(data).map_err(Error::custom)?,
            total_count: total_count.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_in_three_shapes() {
        for (text, total_count) in [
            (r#"{"data":[1,2],"total_count":9,"more":true}"#, 9),
            (r#"{"m2m_tokens":[1,2],"total_count":null}"#, 0),
            ("[1,2]", 0),
        ] {
            let page: Page<u8> = serde_json::from_str(text).unwrap();
            let data = vec![1, 2];
            assert_eq!(page, Page { data, total_count }, "{text}");
        }
        let error = serde_json::from_str::<Page<u8>>(r#"{"total_count":1}"#).unwrap_err();
        assert!(error.to_string().contains("data"), "{error}");
    }
}
