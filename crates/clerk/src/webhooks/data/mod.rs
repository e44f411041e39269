//! What only webhooks speak of. The rest of their data are the backend API's
//! [models](crate::models).
//!
//! As there, unknown members are ignored, missing ones take their default, and times are
//! unix milliseconds.

mod email;
mod payment;
mod session;
mod sms;
mod subscription;
mod waitlist_entry;

pub use email::Email;
pub use payment::{Amount, Payee, PaymentAttempt, PaymentFailure, PaymentSource, PaymentTotals};
pub use session::SessionOfUser;
pub use sms::Sms;
pub use subscription::{Payer, Plan, Subscription, SubscriptionItem};
pub use waitlist_entry::WaitlistEntry;
