//! Reading contact exports as people have them.
