//! [`Ledger`]: what an API answered, route by route, held against what is published.

use std::collections::BTreeSet;

use http::StatusCode;
use serde_json::Value;

use super::{
    check::{deviations_from, deviations_of},
    routes,
    shapes::{ANSWERS, Api, Kind},
};

/// Where the local instance answers otherwise on purpose, and why.
const DEVIATIONS: &[(&str, &str)] = &[
    (
        "Client.User.create_organizations_limit: null is not",
        "Clerk's own client types it `number | null`; the backend API's description says so too",
    ),
    (
        "OrganizationInvitation.public_organization_data: not published",
        "published for the list of a person's invitations, and Clerk's own client reads it",
    ),
    (
        "DeletedObject.from_machine_id: not published",
        "a scope that is gone is still told by its two machines: Clerk's own client reads them",
    ),
    (
        "DeletedObject.to_machine_id: not published",
        "as `from_machine_id`",
    ),
    (
        "Invitation.url: null is not",
        "an invitation that is over leads nowhere",
    ),
    (
        "Image.name: null is not",
        "Clerk's own client types it `string | null`; the name of an uploaded file is not kept",
    ),
    (
        "Client.ApiKeysSettings.id: not published",
        "Clerk's own client types all settings with an id",
    ),
    ("Client.ApiKeysSettings.object: not published", "as the id"),
    (
        "Stubs.verification_otp.strategy: null is not",
        "a sign-up's address that no code was sent to has no strategy yet",
    ),
    (
        "Stubs.verification_otp.expire_at: null is not",
        "a sign-up's address that no code was sent to has no code that expires",
    ),
];

/// Which routes of an API have answered as published.
pub struct Ledger {
    api: Api,
    routes: BTreeSet<String>,
    called: BTreeSet<String>,
    /// What was not as published, one line for each.
    faults: BTreeSet<String>,
}

impl Ledger {
    pub fn new(api: Api) -> Self {
        let folder = match api {
            Api::Backend => "backend_api",
            Api::Browser => "browser_api",
        };
        Self {
            api,
            routes: routes::in_folder(folder),
            called: BTreeSet::new(),
            faults: BTreeSet::new(),
        }
    }

    /// Holds an answer against what is published, and notes a good one for its route. What is not of
    /// this API is left alone.
    pub fn hear(&mut self, method: &str, path: &str, status: StatusCode, text: &str) {
        let Some(route) = self.route(method, path) else {
            return;
        };
        let kind = ANSWERS.get(&(self.api, route.as_str()));
        let good = status.is_success() || status.is_redirection();
        let found = match kind {
            _ if status.is_server_error() => vec!["a fault of the server's".to_owned()],
            _ if !good => errors(self.api, text),
            Some(Kind::Redirect) if status.is_redirection() && text.is_empty() => Vec::new(),
            Some(Kind::Any) if status == StatusCode::OK => Vec::new(),
            _ => match serde_json::from_str(text) {
                Ok(body) => deviations_of(self.api, &route, &body),
                Err(_) => vec!["not JSON".to_owned()],
            },
        };
        let unknown = found
            .into_iter()
            .filter(|line| !DEVIATIONS.iter().any(|(known, _)| line.starts_with(known)));
        self.faults
            .extend(unknown.map(|line| format!("{route} ({status}): {line}")));
        if good || matches!(kind, Some(Kind::Refused)) {
            self.called.insert(route);
        }
    }

    /// Fails for answers that were not as published.
    #[track_caller]
    pub fn check(&self) {
        assert!(self.faults.is_empty(), "{:#?}", self.faults);
    }

    /// As [`Ledger::check`]; fails as well for routes that nobody has had a good answer from, and for
    /// lines about routes that are not there.
    #[track_caller]
    pub fn close(self) {
        self.check();
        let left: Vec<&String> = self.routes.difference(&self.called).collect();
        assert!(left.is_empty(), "not called, or never well: {left:#?}");
        let lines = ANSWERS.keys().filter(|(api, _)| *api == self.api);
        let gone: Vec<_> = lines.filter(|(_, it)| !self.routes.contains(*it)).collect();
        assert!(gone.is_empty(), "no such routes: {gone:#?}");
    }

    /// The route that a path belongs to: the one with the most words of its own. Some of the backend's
    /// are there with and without the version.
    fn route(&self, method: &str, path: &str) -> Option<String> {
        let path = path.split('?').next().unwrap_or_default();
        let bare = path.strip_prefix("/v1").unwrap_or(path);
        [path, bare].into_iter().find_map(|path| {
            let asked: Vec<&str> = path.split('/').collect();
            let matching = self.routes.iter().filter(|route| {
                let (of, pattern) = route.split_once(' ').unwrap();
                let pattern: Vec<&str> = pattern.split('/').collect();
                let fits = |(want, have): (&&str, &&str)| *want == "{}" || want == have;
                of == method && pattern.len() == asked.len() && pattern.iter().zip(&asked).all(fits)
            });
            matching
                .min_by_key(|route| route.matches("{}").count())
                .cloned()
        })
    }
}

/// What in a refusal is not as published.
fn errors(api: Api, text: &str) -> Vec<String> {
    let Ok(body) = serde_json::from_str::<Value>(text) else {
        return vec!["not JSON".to_owned()];
    };
    deviations_from(api, "ClerkErrors", &body)
}
