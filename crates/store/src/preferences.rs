use crate::{
    Store, StoreError,
    entities::user,
    scope::{Mode, Subject},
};
use clerk::{models::Metadata, session::Session};
use sea_orm::{EntityTrait, FromQueryResult};

/// How a person likes pages, in the words of their public metadata at Clerk, which anybody with
/// the secret key may have written: whoever reads them makes sense of them, or leaves them.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromQueryResult)]
pub struct Preferences {
    /// Colours: `system`, `light`, `dark` or `contrast`.
    pub theme: Option<String>,
    /// How close things stand: `comfortable` or `compact`.
    pub density: Option<String>,
    /// A time zone of the IANA database: `Europe/Berlin`.
    pub time_zone: Option<String>,
}

/// The signed-in person, as known here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Me {
    /// The main email address, if known.
    pub email: Option<String>,
    /// How they like pages.
    pub preferences: Preferences,
}

impl Preferences {
    /// The most characters that a preference is kept with.
    const MAX: usize = 64;
    /// Their names in the metadata.
    pub const THEME: &'static str = "theme";
    /// As [`Self::THEME`].
    pub const DENSITY: &'static str = "density";
    /// As [`Self::THEME`].
    pub const TIME_ZONE: &'static str = "time_zone";

    /// What a user's public metadata says.
    pub(crate) fn of_metadata(metadata: &Metadata) -> Self {
        let text = |key: &str| {
            let text = metadata.get(key)?.as_str()?;
            let kept = !text.is_empty() && text.len() <= Self::MAX && !text.contains('\0');
            kept.then(|| text.to_owned())
        };
        Self {
            theme: text(Self::THEME),
            density: text(Self::DENSITY),
            time_zone: text(Self::TIME_ZONE),
        }
    }
}

impl Store {
    /// What is known of the session's person; nothing of somebody who is new here.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] or [`StoreError::Database`].
    pub async fn me(&self, session: &Session) -> Result<Me, StoreError> {
        let id = session.user_id().as_str();
        let transaction = self.inner.begin(Mode::Read, Subject::user(id)).await?;
        let row = user::Entity::find_by_id(id).one(&transaction).await?;
        Ok(row.map_or_else(Me::default, |row| Me {
            email: row.email,
            preferences: Preferences {
                theme: row.theme,
                density: row.density,
                time_zone: row.time_zone,
            },
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_short_texts_are_preferences() {
        let of = |metadata: serde_json::Value| {
            Preferences::of_metadata(metadata.as_object().expect("an object"))
        };
        let likes = of(json!({ "theme": "dark", "time_zone": "Europe/Berlin", "else": 1 }));
        assert_eq!(likes.theme.as_deref(), Some("dark"));
        assert_eq!(likes.time_zone.as_deref(), Some("Europe/Berlin"));
        assert_eq!(likes.density, None);
        for odd in [
            json!(""),
            json!(1),
            json!("x".repeat(65)),
            json!("a\0"),
            json!(null),
        ] {
            assert_eq!(of(json!({ "theme": odd })), Preferences::default());
        }
    }
}
