//! [`Scopes`]: a list of words in one column.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// What a token or key may do, or whom it may call.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Scopes(pub Vec<String>);
