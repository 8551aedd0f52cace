//! The widgets beside one another, in light and dark.
