//! What of a script was said.
