//! Pages, as a browser sees them.
