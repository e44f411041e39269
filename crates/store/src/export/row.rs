use sea_orm::{DbErr, QueryResult, TryGetable, Value};
use serde_json::{Map, Value as Json};
use std::fmt::Write;
use uuid::Uuid;

/// A row of any table.
pub(super) struct Row<'a>(pub(super) &'a QueryResult);

impl Row<'_> {
    /// The row as an object, a field for each column.
    ///
    /// # Errors
    /// [`DbErr::Type`] for a column of a type that no table had when this was written.
    pub(super) fn json(&self) -> Result<Json, DbErr> {
        let mut object = Map::new();
        for column in self.0.column_names() {
            let value = match self.value(&column)? {
                Value::String(text) => text.map_or(Json::Null, Json::from),
                Value::BigInt(number) => number.map_or(Json::Null, Json::from),
                Value::Uuid(id) => id.map_or(Json::Null, |id| id.hyphenated().to_string().into()),
                Value::Bytes(bytes) => bytes.map_or(Json::Null, |bytes| hex(&bytes).into()),
                _ => return Err(unknown(&column)),
            };
            object.insert(column, value);
        }
        Ok(Json::Object(object))
    }

    /// One column, as text, number, UUID or bytes.
    ///
    /// # Errors
    /// As [`Row::json`].
    pub(super) fn value(&self, column: &str) -> Result<Value, DbErr> {
        // A UUID is 16 bytes to SQLite, and so may be other things: ids are named like ids.
        let is_id = column == "id" || column.ends_with("_id");
        self.get::<String>(column)
            .or_else(|| self.get::<i64>(column))
            .or_else(|| is_id.then(|| self.get::<Uuid>(column)).flatten())
            .or_else(|| self.get::<Vec<u8>>(column))
            .ok_or_else(|| unknown(column))
    }

    fn get<T: TryGetable>(&self, column: &str) -> Option<Value>
    where
        Option<T>: Into<Value>,
    {
        self.0.try_get::<Option<T>>("", column).ok().map(Into::into)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unknown(column: &str) -> DbErr {
    DbErr::Type(format!("{column}: a type that can't be exported"))
}
