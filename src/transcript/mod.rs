//! Words with times, wherever they come from.
