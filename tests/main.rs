//! Everything that is tested from outside, in one binary, since linking it is what takes time.

#[path = "main/pack.rs"]
mod pack;
