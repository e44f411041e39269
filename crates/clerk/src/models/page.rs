use serde::{Deserialize, Serialize};

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The objects of this part.
    pub data: Vec<T>,
    /// How many there are in all parts together.
    #[serde(default)]
    pub total_count: u64,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self {
            data: Vec::new(),
            total_count: 0,
        }
    }
}
