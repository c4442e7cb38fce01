//! Bytes to content lines and back; knows no property name.

pub mod escape;
