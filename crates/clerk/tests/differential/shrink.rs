//! A difference with as little around it as possible.

use crate::{case::Case, decision::Decision};

/// Drops from a case whatever its difference does not need.
pub fn shrink(mut case: Case, ask: &mut impl FnMut(&Case) -> (Decision, Decision)) -> Case {
    let kind = |(ours, theirs): (Decision, Decision)| ours.differences(&theirs);
    let wanted = kind(ask(&case));
    loop {
        let smaller = smaller(&case)
            .into_iter()
            .find(|smaller| kind(ask(smaller)) == wanted);
        match smaller {
            Some(smaller) => case = smaller,
            None => return case,
        }
    }
}

/// The case without one of its parts, in turn.
fn smaller(case: &Case) -> Vec<Case> {
    let mut all = Vec::new();
    let mut with = |change: &dyn Fn(&mut Case)| {
        let mut changed = case.clone();
        change(&mut changed);
        all.push(changed);
    };
    for place in 0..case.request.headers.len() {
        with(&|case| drop(case.request.headers.remove(place)));
    }
    for (place, (name, value)) in case.request.headers.iter().enumerate() {
        let pairs: Vec<&str> = value.split("; ").collect();
        for pair in 0..if name == "cookie" && pairs.len() > 1 {
            pairs.len()
        } else {
            0
        } {
            let mut fewer = pairs.clone();
            fewer.remove(pair);
            with(&|case| case.request.headers[place].1 = fewer.join("; "));
        }
    }
    if let Some((path, query)) = case.request.target.split_once('?') {
        let pairs: Vec<&str> = query.split('&').collect();
        for pair in 0..pairs.len() {
            let mut fewer = pairs.clone();
            fewer.remove(pair);
            let target = if fewer.is_empty() {
                path.to_owned()
            } else {
                format!("{path}?{}", fewer.join("&"))
            };
            with(&|case| case.request.target.clone_from(&target));
        }
    }
    let options = &case.options;
    let given = [
        options.jwt_key.is_some(),
        options.proxy_url.is_some(),
        options.domain.is_some(),
        options.sign_in_url.is_some(),
        options.satellite_auto_sync.is_some(),
        options.clock_skew_in_ms.is_some(),
        options.organization_sync_options.is_some(),
        options.accepts_token.is_some(),
        !options.authorized_parties.is_empty(),
        !options.audience.is_empty(),
    ];
    for place in (0..given.len()).filter(|place| given[*place]) {
        with(&|case| {
            let options = &mut case.options;
            match place {
                0 => options.jwt_key = None,
                1 => options.proxy_url = None,
                2 => options.domain = None,
                3 => options.sign_in_url = None,
                4 => options.satellite_auto_sync = None,
                5 => options.clock_skew_in_ms = None,
                6 => options.organization_sync_options = None,
                7 => options.accepts_token = None,
                8 => options.authorized_parties.clear(),
                _ => options.audience.clear(),
            }
        });
    }
    all
}
