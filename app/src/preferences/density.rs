//! How close things stand on a page.

/// The choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Density {
    /// With room.
    #[default]
    Comfortable,
    /// More of it at once.
    Compact,
}

impl Density {
    /// Reads what [`Self::key`] writes.
    pub fn parse(value: &str) -> Option<Self> {
        [Self::Comfortable, Self::Compact]
            .into_iter()
            .find(|density| density.key() == value)
    }

    /// Its name in cookies, metadata and forms.
    pub fn key(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }

    /// The value of the root element's `data-density`, if it needs one.
    pub fn attribute(self) -> Option<&'static str> {
        (self == Self::Compact).then(|| self.key())
    }
}
