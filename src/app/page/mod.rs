//! Pages to print: HTML without a script or anything from outside.

mod html;
pub mod proof;
