use serde::{Deserialize, Serialize};

use crate::{
    ids::UserId,
    models::{Metadata, null_is_default},
};

/// An e-mail that Clerk sends, or leaves to you to send.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Email {
    /// Its identifier: `ema_…`.
    pub id: String,
    /// The template it was made from, such as `verification_code`.
    pub slug: Option<String>,
    /// The part before the `@` of the sender.
    #[serde(deserialize_with = "null_is_default")]
    pub from_email_name: String,
    /// The part before the `@` of the address for answers.
    pub reply_to_email_name: Option<String>,
    /// The recipient.
    pub to_email_address: Option<String>,
    /// The recipient's address as Clerk keeps it: `idn_…`.
    pub email_address_id: Option<String>,
    /// The recipient, if it is a user.
    pub user_id: Option<UserId>,
    /// The subject.
    pub subject: Option<String>,
    /// The text in HTML.
    pub body: Option<String>,
    /// The text without HTML.
    pub body_plain: Option<String>,
    /// How far it is, such as `queued`.
    pub status: Option<String>,
    /// What the template was filled with, such as `otp_code`: secret.
    #[serde(deserialize_with = "null_is_default")]
    pub data: Metadata,
    /// Whether Clerk sends it. If not, it is yours to send.
    #[serde(deserialize_with = "null_is_default")]
    pub delivered_by_clerk: bool,
}
