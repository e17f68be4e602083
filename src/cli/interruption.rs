//! Ctrl-C, which a process can catch only once, for all that want to stop in their own way.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

static PRESSED: AtomicBool = AtomicBool::new(false);

/// Set by Ctrl-C once it is caught; whoever has obeyed may clear it.
pub fn flag() -> &'static AtomicBool {
    &PRESSED
}

/// From now on Ctrl-C sets the flag; pressed again before anybody obeyed, it ends the program at once.
pub fn catch() -> Result<&'static AtomicBool, String> {
    static CAUGHT: OnceLock<Result<(), String>> = OnceLock::new();
    let on_press = || {
        if PRESSED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    };
    let set = || ctrlc::set_handler(on_press).map_err(|error| format!("Ctrl-C cannot be caught: {error}"));
    CAUGHT.get_or_init(set).clone()?;
    Ok(flag())
}
