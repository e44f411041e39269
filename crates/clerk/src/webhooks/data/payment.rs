use serde::{Deserialize, Serialize};

use super::{Payer, SubscriptionItem};
use crate::models::{null_is_default, time, time_if_any};

/// One attempt to be paid (Clerk: billing).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PaymentAttempt {
    /// Its identifier.
    pub id: String,
    /// The instance.
    #[serde(deserialize_with = "null_is_default")]
    pub instance_id: String,
    /// The payment it is an attempt at.
    #[serde(deserialize_with = "null_is_default")]
    pub payment_id: String,
    /// The statement it is on.
    #[serde(deserialize_with = "null_is_default")]
    pub statement_id: String,
    /// The gateway's own identifier.
    #[serde(deserialize_with = "null_is_default")]
    pub gateway_external_id: String,
    /// `pending`, `paid` or `failed`.
    #[serde(deserialize_with = "null_is_default")]
    pub status: String,
    /// `checkout` or `recurring`.
    #[serde(deserialize_with = "null_is_default")]
    pub charge_type: String,
    /// Who is paid.
    pub payee: Option<Payee>,
    /// Who pays.
    pub payer: Option<Payer>,
    /// How much.
    pub totals: Option<PaymentTotals>,
    /// By what.
    pub payment_source: Option<PaymentSource>,
    /// For what.
    #[serde(deserialize_with = "null_is_default")]
    pub subscription_items: Vec<SubscriptionItem>,
    /// Why it failed, if it did.
    pub failed_reason: Option<PaymentFailure>,
    /// The day it is charged for.
    #[serde(deserialize_with = "time")]
    pub billing_date: i64,
    /// When it was paid, if it was.
    #[serde(deserialize_with = "time_if_any")]
    pub paid_at: Option<i64>,
    /// When it failed, if it did.
    #[serde(deserialize_with = "time_if_any")]
    pub failed_at: Option<i64>,
    /// When it was made.
    #[serde(deserialize_with = "time")]
    pub created_at: i64,
    /// When it last changed.
    #[serde(deserialize_with = "time")]
    pub updated_at: i64,
}

/// Why a payment failed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PaymentFailure {
    /// The kind, such as `card_declined`.
    #[serde(deserialize_with = "null_is_default")]
    pub code: String,
    /// What the bank says, such as `insufficient_funds`.
    #[serde(deserialize_with = "null_is_default")]
    pub decline_code: String,
}

/// Who is paid: you, as your gateway knows you.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Payee {
    /// Its identifier.
    pub id: String,
    /// The gateway, such as `stripe`.
    #[serde(deserialize_with = "null_is_default")]
    pub gateway_type: String,
    /// The gateway's own identifier.
    #[serde(deserialize_with = "null_is_default")]
    pub gateway_external_id: String,
    /// How the gateway sees it, such as `active`.
    #[serde(deserialize_with = "null_is_default")]
    pub gateway_status: String,
}

/// By what a payment is made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PaymentSource {
    /// Its identifier: `cps_…`.
    pub id: String,
    /// The gateway, such as `stripe`.
    #[serde(deserialize_with = "null_is_default")]
    pub gateway: String,
    /// The gateway's own identifier.
    #[serde(deserialize_with = "null_is_default")]
    pub gateway_external_id: String,
    /// The gateway's own identifier of the payer's account.
    pub gateway_external_account_id: Option<String>,
    /// `card` or `link`.
    #[serde(deserialize_with = "null_is_default")]
    pub payment_method: String,
    /// `active` or `disconnected`.
    #[serde(deserialize_with = "null_is_default")]
    pub status: String,
    /// The kind of card, such as `visa`.
    pub card_type: Option<String>,
    /// The card's last four digits.
    pub last4: Option<String>,
}

/// How much a payment is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PaymentTotals {
    /// Before taxes and fees.
    pub subtotal: Amount,
    /// The taxes.
    pub tax_total: Amount,
    /// Everything.
    pub grand_total: Amount,
}

/// Some money.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Amount {
    /// In the smallest unit of the currency, such as cents.
    #[serde(deserialize_with = "null_is_default")]
    pub amount: i64,
    /// As people read it: `10.99`.
    #[serde(deserialize_with = "null_is_default")]
    pub amount_formatted: String,
    /// The currency (ISO 4217): `USD`.
    #[serde(deserialize_with = "null_is_default")]
    pub currency: String,
    /// The currency as people write it: `$`.
    #[serde(deserialize_with = "null_is_default")]
    pub currency_symbol: String,
}
