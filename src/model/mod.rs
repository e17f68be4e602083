//! Whisper model files on this machine: is this one, and is it whole?
