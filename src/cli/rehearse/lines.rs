//! Lines of standard input, read on a thread of its own so that nobody has to wait for them.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;

pub struct Lines {
    incoming: Receiver<String>,
}

impl Lines {
    /// The thread is left behind in its wait; it ends with the program.
    pub fn start() -> Self {
        let (lines, incoming) = mpsc::channel();
        thread::spawn(move || {
            for line in io::stdin().lines() {
                let Ok(line) = line else { break };
                if lines.send(line).is_err() {
                    break;
                }
            }
        });
        Self { incoming }
    }

    /// Was Enter pressed since this was last asked? Without a terminal the end of the input is no key: a take then ends
    /// in one of the other ways.
    pub fn is_entered(&self) -> bool {
        match self.incoming.try_recv() {
            Ok(_) => true,
            Err(TryRecvError::Disconnected) => io::stdin().is_terminal(),
            Err(TryRecvError::Empty) => false,
        }
    }

    /// Forgets what was entered before a question.
    pub fn forget(&self) {
        while self.incoming.try_recv().is_ok() {}
    }

    /// The next line, `None` at the end of the input. `is_over` is asked in between.
    pub fn next(&self, is_over: impl Fn() -> bool) -> Option<String> {
        const EVERY: std::time::Duration = std::time::Duration::from_millis(50);
        loop {
            match self.incoming.recv_timeout(EVERY) {
                Ok(line) => return Some(line),
                Err(mpsc::RecvTimeoutError::Disconnected) => return None,
                Err(mpsc::RecvTimeoutError::Timeout) if is_over() => return None,
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
        }
    }
}
