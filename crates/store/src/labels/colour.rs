/// What a label is painted in. The design system says what each looks like in each theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Colour {
    /// The quietest.
    #[default]
    Grey,
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Yellow.
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Purple.
    Purple,
    /// Pink.
    Pink,
}

impl Colour {
    /// The whole palette.
    pub const ALL: [Self; 8] = [
        Self::Grey,
        Self::Red,
        Self::Orange,
        Self::Yellow,
        Self::Green,
        Self::Blue,
        Self::Purple,
        Self::Pink,
    ];

    /// How it is written in rows, URLs and style sheets: `grey`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Grey => "grey",
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Purple => "purple",
            Self::Pink => "pink",
        }
    }

    /// Reads what [`Colour::as_str`] wrote; nothing else is a colour.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.as_str() == text)
    }
}
