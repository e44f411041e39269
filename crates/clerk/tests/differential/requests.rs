//! Generated requests.

use std::{collections::BTreeMap, env};

use crate::{
    case::Case,
    coverage::Coverage,
    decision::Decision,
    deviations::{self, DEVIATIONS},
    generate::{self, Mint},
    oracle::Oracle,
    subject::{self, Verdict},
};

const SEED: u64 = 20_261_122;
const CASES: u64 = 4_000;

#[test]
fn decisions_are_those_of_clerks_sdk() {
    let seed = number("CLERK_DIFFERENTIAL_SEED").unwrap_or(SEED);
    let only = number("CLERK_DIFFERENTIAL_ONLY");
    let count = number("CLERK_DIFFERENTIAL_CASES").unwrap_or(CASES);
    let numbers = only.map_or(0..count, |only| only..only + 1);

    let mut mint = Mint::default();
    let cases: Vec<Case> = numbers.clone().map(|n| generate::case(seed, n, &mut mint)).collect();
    let mut oracle = Oracle::start();
    let mut coverage = Coverage::default();
    let mut deviations: BTreeMap<&str, u64> = BTreeMap::new();
    let mut different = Vec::new();
    let runtime = runtime();
    oracle.ask_all("authenticate", &cases, |index, theirs: Decision| {
        let case = &cases[index];
        assert!(theirs.unexpected.is_empty(), "the case lacks answers: {:?}", theirs.unexpected);
        coverage.count(&theirs);
        let ours = runtime.block_on(subject::decide(case));
        if ours.decision.differences(&theirs).is_empty() {
            return;
        }
        match deviations::explain(case, &ours, &theirs) {
            Some(name) => *deviations.entry(name).or_default() += 1,
            None => different.push((numbers.start + index as u64, case, ours, theirs)),
        }
    });
    println!("seed {seed}, {} cases\n{coverage}", cases.len());
    println!("deliberate deviations: {deviations:?}");
    let mut kinds: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (number, _, ours, theirs) in &different {
        let kind = format!(
            "{:?}: ours {} {} | theirs {} {}",
            ours.decision.differences(theirs),
            ours.decision.status, ours.decision.reason, theirs.status, theirs.reason
        );
        kinds.entry(kind).or_default().push(*number);
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, numbers)| std::cmp::Reverse(numbers.len()));
    for (kind, numbers) in &kinds {
        println!("{:5} {kind} {:?}", numbers.len(), &numbers[..numbers.len().min(4)]);
    }
    if let Some((number, case, ours, theirs)) = different.first() {
        panic!(
            "{} of {} decisions differ\n{}",
            different.len(),
            cases.len(),
            report(seed, *number, case, ours, theirs)
        );
    }
}

fn report(seed: u64, number: u64, case: &Case, ours: &Verdict, theirs: &Decision) -> String {
    format!(
        "they differ in {:?}\n\ncase: {}\n\nours: {:#?}\n\ntheirs: {theirs:#?}\n\nagain: \
         CLERK_DIFFERENTIAL_SEED={seed} CLERK_DIFFERENTIAL_ONLY={number} cargo test -p clerk \
         --test differential",
        ours.decision.differences(theirs),
        serde_json::to_string_pretty(case).unwrap(),
        ours.decision,
    )
}

fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{variable} is not a number: {text}")))
}

/// Time stands still but for whoever sleeps.
fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().start_paused(true).build().unwrap()
}
