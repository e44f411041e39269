use std::time::Duration;

use url::Url;

use super::{ApiError, RateBudget, RetryPolicy, Secret};
use crate::keys::SecretKey;

/// Where Clerk's backend API is.
pub const DEFAULT_API_URL: &str = "https://api.clerk.com";

/// How to reach the backend API.
#[derive(Debug, Clone)]
pub struct ApiOptions {
    /// Where it is, without `/v1`: [`DEFAULT_API_URL`].
    pub api_url: Url,
    /// The instance's secret key.
    pub secret_key: SecretKey,
    /// This program's own machine secret key (`ak_…`), if it has one: calls about tokens
    /// between machines are made with it.
    pub machine_secret_key: Option<Secret>,
    /// How long one call may take in all: waiting for the budget, every attempt from the
    /// connection to the last byte, and the waits between attempts.
    pub timeout: Duration,
    /// How long a connection may take to come about.
    pub connect_timeout: Duration,
    /// When a call that failed is made again.
    pub retry: RetryPolicy,
    /// How many calls the instance allows; none for no limit. Clients of one instance
    /// should share one.
    pub rate_budget: Option<RateBudget>,
    /// The largest answer that is read, in bytes.
    pub max_response_bytes: usize,
}

impl ApiOptions {
    /// Clerk's own address, 10 seconds and 16 MiB.
    ///
    /// # Errors
    /// Never; the address is a constant.
    pub fn new(secret_key: SecretKey) -> Result<Self, ApiError> {
        let api_url = Url::parse(DEFAULT_API_URL).map_err(|e| ApiError::Setup(e.to_string()))?;
        Ok(Self::at(api_url, secret_key))
    }

    /// The same at another address, such as a local instance's. Clerk's limits are those of
    /// its service, so an address on this machine has no budget.
    pub fn at(api_url: Url, secret_key: SecretKey) -> Self {
        let rate_budget =
            (!is_loopback(&api_url)).then(|| RateBudget::of_instance(secret_key.instance_kind()));
        Self {
            api_url,
            secret_key,
            machine_secret_key: None,
            timeout: Duration::from_secs(10),
            connect_timeout: Duration::from_secs(5),
            retry: RetryPolicy::default(),
            rate_budget,
            max_response_bytes: 16 * 1024 * 1024,
        }
    }
}

/// Whether `url` is on this machine; a proxy for the outside world must not see it.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn clerks_own_address_has_a_budget_and_a_local_one_has_none() {
        let key = || SecretKey::parse("sk_test_abc").unwrap();
        assert!(ApiOptions::new(key()).unwrap().rate_budget.is_some());
        for local in [
            "http://localhost:1/",
            "http://127.0.0.1:1",
            "http://[::1]:1",
        ] {
            let options = ApiOptions::at(local.parse().unwrap(), key());
            assert!(options.rate_budget.is_none(), "{local}");
        }
        let shown = format!("{:?}", ApiOptions::new(key()).unwrap());
        assert!(!shown.contains("abc"), "{shown}");
    }
}
