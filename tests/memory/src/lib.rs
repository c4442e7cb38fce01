//! Nothing; the tests of this package measure memory.
