//! Time zones, by the IANA database that `jiff` brings along.

use jiff::{Timestamp, tz::TimeZone};
use store::Day;

/// Where the person's days begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Default for Zone {
    fn default() -> Self {
        Self(TimeZone::UTC)
    }
}

impl Zone {
    /// The zone with this name of the IANA database, in its own spelling.
    pub fn parse(name: &str) -> Option<Self> {
        if name == "UTC" {
            return Some(Self::default());
        }
        let zone = TimeZone::get(name).ok()?;
        (zone.iana_name() == Some(name)).then_some(Self(zone))
    }

    /// Its name: `Europe/Berlin`.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// What the clocks there show at this moment (unix milliseconds), as if they showed UTC; and how
    /// that time is called: `CET`.
    pub fn local(&self, at_ms: i64) -> (i64, String) {
        let Ok(at) = Timestamp::from_millisecond(at_ms) else {
            return (at_ms, "UTC".to_owned());
        };
        let info = self.0.to_offset_info(at);
        let offset_ms = i64::from(info.offset().seconds()) * 1000;
        (
            at_ms.saturating_add(offset_ms),
            info.abbreviation().to_owned(),
        )
    }

    /// The day there at this moment (unix milliseconds).
    pub fn day(&self, at_ms: i64) -> Day {
        Day::of_ms(self.local(at_ms).0)
    }
}

/// The zones to choose from: places, and UTC. Old names of the same places are left out.
pub fn names_of_zones() -> Vec<String> {
    const REGIONS: [&str; 10] = [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ];
    let mut names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .filter(|name| {
            name.split_once('/')
                .is_some_and(|(region, _)| REGIONS.contains(&region))
        })
        .collect();
    names.sort_unstable();
    names.insert(0, "UTC".to_owned());
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_known_by_their_own_names_alone() {
        for name in ["UTC", "Europe/Berlin", "America/Argentina/Ushuaia"] {
            assert_eq!(Zone::parse(name).unwrap().name(), name);
        }
        for name in [
            "",
            "europe/berlin",
            "../etc/passwd",
            "Mars/Olympus",
            "+02:00",
        ] {
            assert_eq!(Zone::parse(name), None, "{name}");
        }
        let names = names_of_zones();
        assert_eq!(names[0], "UTC");
        assert!(names.len() > 300);
        assert!(names.iter().all(|name| Zone::parse(name).is_some()));
    }

    #[test]
    fn days_begin_where_the_person_is() {
        // 22 November 2026, 23:30 UTC.
        let at = 1_795_390_200_000;
        let day = |zone| Zone::parse(zone).unwrap().day(at).to_string();
        assert_eq!(day("UTC"), "2026-11-22");
        assert_eq!(day("Europe/Berlin"), "2026-11-23");
        assert_eq!(day("America/Los_Angeles"), "2026-11-22");
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        assert_eq!(berlin.local(at), (at + 3_600_000, "CET".to_owned()));
        // In summer time.
        assert_eq!(berlin.local(1_784_000_000_000).1, "CEST");
        assert_eq!(berlin.local(i64::MAX), (i64::MAX, "UTC".to_owned()));
    }
}
