//! Generated requests, one after the other, through both sides.

use std::{collections::BTreeMap, env};

use crate::{
    case::Case,
    coverage::Coverage,
    decision::Decision,
    deviations::{self, DEVIATIONS, Deviation},
    generate::{self, Mint},
    oracle::Oracle,
    shrink::shrink,
    subject,
};

pub const SEED: u64 = 20_261_122;
/// Enough for every rule to be reached many times.
const CASES: u64 = 4_000;

#[test]
fn decisions_are_those_of_clerks_sdk() {
    let seed = number("CLERK_DIFFERENTIAL_SEED").unwrap_or(SEED);
    let only = number("CLERK_DIFFERENTIAL_ONLY");
    let count = number("CLERK_DIFFERENTIAL_CASES").unwrap_or(CASES);
    let numbers = only.map_or(0..count, |only| only..only + 1);

    let mut mint = Mint::default();
    let cases = numbers.map(move |number| (number, generate::case(seed, number, &mut mint)));
    let cases = cases.map(Numbered::from);
    let mut oracle = Oracle::start();
    let mut coverage = Coverage::default();
    let mut deviations: BTreeMap<&str, u64> = BTreeMap::new();
    let mut different: Vec<(u64, Case)> = Vec::new();
    let runtime = runtime();
    oracle.ask_all(
        "authenticate",
        cases,
        |asked: Numbered, theirs: Decision| {
            coverage.count(&theirs);
            let ours = runtime.block_on(subject::decide(&asked.case));
            if ours.differences(&theirs).is_empty() {
                return;
            }
            match deviations::explain(&asked.case) {
                Some(known) => *deviations.entry(known.name).or_default() += 1,
                None => different.push((asked.number, asked.case)),
            }
        },
    );
    println!("seed {seed}, {count} cases\n{coverage}");
    for Deviation { name, why, .. } in &DEVIATIONS {
        println!(
            "{:7} {name}: {why}",
            deviations.get(name).copied().unwrap_or_default()
        );
    }

    let numbers: Vec<u64> = different.iter().map(|(number, _)| *number).collect();
    if let Some((number, case)) = different.into_iter().next() {
        let mut ask = |case: &Case| {
            let theirs: Decision = oracle.ask("authenticate", case);
            (runtime.block_on(subject::decide(case)), theirs)
        };
        let small = shrink(case, &mut ask);
        let (ours, theirs) = ask(&small);
        panic!(
            "{} of {count} decisions differ: {numbers:?}\n\nthe first, made smaller, differs in \
             {:?}: {}\n\nours: {ours:#?}\n\ntheirs: {theirs:#?}\n\nagain: \
             CLERK_DIFFERENTIAL_SEED={seed} CLERK_DIFFERENTIAL_ONLY={number} cargo test -p clerk \
             --test differential",
            numbers.len(),
            ours.differences(&theirs),
            serde_json::to_string_pretty(&small).unwrap(),
        );
    }
    if only.is_none() && count >= CASES {
        coverage.assert_complete(count / CASES);
        for Deviation { name, .. } in &DEVIATIONS {
            assert!(
                deviations.contains_key(name),
                "no case shows the deviation {name:?} any more"
            );
        }
    }
}

/// A case that can be made again by its number.
#[derive(serde::Serialize)]
struct Numbered {
    number: u64,
    #[serde(flatten)]
    case: Case,
}

impl From<(u64, Case)> for Numbered {
    fn from((number, case): (u64, Case)) -> Self {
        Self { number, case }
    }
}

pub fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{variable} is not a number: {text}")),
    )
}

/// Time stands still but for whoever sleeps.
pub fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().start_paused(true).build().unwrap()
}
