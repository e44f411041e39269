//! Structs of parameters that say only what was set.

use serde_json::Value;

use super::{Change, M2mTokenFormat, Metadata, Secret};
use crate::ids::{OrganizationId, UserId};

/// Whether a parameter was not set and is left out of the body.
pub(super) trait Unset {
    fn is_unset(&self) -> bool;
}

impl<T> Unset for Option<T> {
    fn is_unset(&self) -> bool {
        self.is_none()
    }
}

impl<T> Unset for Change<T> {
    fn is_unset(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl<T> Unset for Vec<T> {
    fn is_unset(&self) -> bool {
        self.is_empty()
    }
}

impl Unset for Metadata {
    fn is_unset(&self) -> bool {
        self.is_empty()
    }
}

impl Unset for bool {
    fn is_unset(&self) -> bool {
        !self
    }
}

/// Parameters that Clerk demands are always sent.
macro_rules! demanded {
    ($($type:ty),*) => {
        $(impl Unset for $type {
            fn is_unset(&self) -> bool {
                false
            }
        })*
    };
}

demanded!(
    String,
    u64,
    UserId,
    OrganizationId,
    Secret,
    M2mTokenFormat,
    Value
);

/// Declares a struct that is sent as a body: each member that was not set is left out.
macro_rules! params {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, serde::Serialize)]
        pub struct $name {
            $(
                $(#[$field_meta])*
                #[serde(skip_serializing_if = "crate::api::params::Unset::is_unset")]
                pub $field: $type,
            )*
        }
    };
}

pub(super) use params;
