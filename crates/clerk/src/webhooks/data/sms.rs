use serde::{Deserialize, Serialize};

use crate::{
    ids::UserId,
    models::{Metadata, null_is_default, time},
};

/// A text message that Clerk sends, or leaves to you to send.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Sms {
    /// Its identifier: `sms_…`.
    pub id: String,
    /// The template it was made from, such as `verification_code`.
    pub slug: Option<String>,
    /// The sender's number.
    #[serde(deserialize_with = "null_is_default")]
    pub from_phone_number: String,
    /// The recipient's number.
    #[serde(deserialize_with = "null_is_default")]
    pub to_phone_number: String,
    /// The recipient's number as Clerk keeps it: `idn_…`.
    pub phone_number_id: Option<String>,
    /// The recipient, if it is a user.
    pub user_id: Option<UserId>,
    /// The text.
    #[serde(deserialize_with = "null_is_default")]
    pub message: String,
    /// How far it is, such as `queued`.
    #[serde(deserialize_with = "null_is_default")]
    pub status: String,
    /// What the template was filled with, such as `otp_code`: secret.
    #[serde(deserialize_with = "null_is_default")]
    pub data: Metadata,
    /// Whether Clerk sends it. If not, it is yours to send.
    #[serde(deserialize_with = "null_is_default")]
    pub delivered_by_clerk: bool,
    /// When it was made. Clerk's schema says `created_at_ms`, its example `created_at`.
    #[serde(alias = "created_at", deserialize_with = "time")]
    pub created_at_ms: i64,
}
