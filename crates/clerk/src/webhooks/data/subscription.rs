use serde::{Deserialize, Serialize};

use crate::models::{null_is_default, time, time_if_any};

/// What a user or an organization pays for, as a whole (Clerk: billing).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Subscription {
    /// Its identifier: `csub_…`.
    pub id: String,
    /// `active`, `past_due`, `canceled`, `ended`, `abandoned` or `incomplete`.
    #[serde(deserialize_with = "null_is_default")]
    pub status: String,
    /// Who pays.
    pub payer: Option<Payer>,
    /// Who pays: `cpayer_…`.
    pub payer_id: Option<String>,
    /// How it is paid: `cps_…`.
    pub payment_source_id: Option<String>,
    /// The last payment: `cpa_…`.
    pub latest_payment_id: Option<String>,
    /// What it is made of.
    #[serde(deserialize_with = "null_is_default")]
    pub items: Vec<SubscriptionItem>,
    /// When it became active, if it did.
    #[serde(deserialize_with = "time_if_any")]
    pub active_at: Option<i64>,
    /// Since when a payment is overdue, if one is.
    #[serde(deserialize_with = "time_if_any")]
    pub past_due_at: Option<i64>,
    /// When it was canceled, if it was.
    #[serde(deserialize_with = "time_if_any")]
    pub canceled_at: Option<i64>,
    /// When it ended, if it did.
    #[serde(deserialize_with = "time_if_any")]
    pub ended_at: Option<i64>,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}

/// One plan that is subscribed to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SubscriptionItem {
    /// Its identifier: `csub_item_…`.
    pub id: String,
    /// `active`, `upcoming`, `past_due`, `canceled`, `ended`, `expired`, `abandoned` or
    /// `incomplete`.
    #[serde(deserialize_with = "null_is_default")]
    pub status: String,
    /// Whether nothing is paid yet.
    #[serde(deserialize_with = "null_is_default")]
    pub is_free_trial: bool,
    /// `month` or `annual`.
    #[serde(deserialize_with = "null_is_default")]
    pub interval: String,
    /// The plan.
    pub plan: Option<Plan>,
    /// The plan: `cplan_…`.
    pub plan_id: Option<String>,
    /// Who pays; only where the item is what the event is about.
    pub payer: Option<Payer>,
    /// The subscription; only where the item is what the event is about.
    pub subscription_id: Option<String>,
    /// When the period it is paid for begins.
    #[serde(deserialize_with = "time")]
    pub period_start: i64,
    /// When that period ends, if it does.
    #[serde(deserialize_with = "time_if_any")]
    pub period_end: Option<i64>,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}

/// What can be subscribed to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// Its identifier: `cplan_…`.
    pub id: String,
    /// Its name in tokens and addresses.
    #[serde(deserialize_with = "null_is_default")]
    pub slug: String,
    /// Its name.
    #[serde(deserialize_with = "null_is_default")]
    pub name: String,
    /// Whether it is paid for again and again.
    #[serde(deserialize_with = "null_is_default")]
    pub is_recurring: bool,
    /// What a month costs, in the smallest unit of the currency.
    #[serde(deserialize_with = "null_is_default")]
    pub amount: i64,
    /// The currency (ISO 4217): `USD`.
    #[serde(deserialize_with = "null_is_default")]
    pub currency: String,
}

/// Who pays: a user or an organization. Members of the other kind are empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Payer {
    /// Its identifier: `cpayer_…`.
    pub id: String,
    /// The user.
    #[serde(deserialize_with = "null_is_default")]
    pub user_id: String,
    /// The user's first name.
    #[serde(deserialize_with = "null_is_default")]
    pub first_name: String,
    /// The user's last name.
    #[serde(deserialize_with = "null_is_default")]
    pub last_name: String,
    /// Where bills go.
    #[serde(deserialize_with = "null_is_default")]
    pub email: String,
    /// The organization.
    #[serde(deserialize_with = "null_is_default")]
    pub organization_id: String,
    /// The organization's name.
    #[serde(deserialize_with = "null_is_default")]
    pub organization_name: String,
    /// The user's picture or the organization's logo.
    #[serde(deserialize_with = "null_is_default")]
    pub image_url: String,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}
