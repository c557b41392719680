//! How often the hot paths ask for memory: the tests are beside this, in a binary with an allocator that counts.
