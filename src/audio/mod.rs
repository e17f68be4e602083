//! Sound as numbers: a [`Clip`], how files become one, and how one becomes a file.
