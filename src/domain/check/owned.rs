//! Who speaks of what, so that no room repeats another.

/// What there is to say of a field or a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// That it is not there.
    Missing,
    /// That it is there and should not be.
    Unwanted,
    /// That it is there too often.
    Count,
    /// That it does not look as its type does.
    Form,
    /// That it is none of the codes, or not the one that there is.
    Codes,
    /// That it is too long.
    Length,
}

impl Aspect {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Missing,
        Self::Unwanted,
        Self::Count,
        Self::Form,
        Self::Codes,
        Self::Length,
    ];
}

/// What a room says of a field: the room of the national guide is silent there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owned {
    /// The segment's name, in capitals.
    pub segment: [u8; 3],
    /// The field's number.
    pub field: u8,
    /// Of which components, 0 being the field itself; empty for all that there is in it.
    pub components: &'static [u8],
    /// What is said of them.
    pub aspects: &'static [Aspect],
}

impl Owned {
    /// A field of which the room says everything that is said.
    pub(super) const fn all(segment: [u8; 3], field: u8) -> Self {
        Self::of(segment, field, &[], Aspect::ALL)
    }

    /// A field of which the room says this about these components, 0 being the field itself.
    pub(super) const fn of(segment: [u8; 3], field: u8, components: &'static [u8], aspects: &'static [Aspect]) -> Self {
        Self {
            segment,
            field,
            components,
            aspects,
        }
    }
}
