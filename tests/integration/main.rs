//! Tests of the whole, through the library's public face.

mod corpus;
mod tokenizer;
