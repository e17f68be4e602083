//! What a person presses, and a terminal that goes away.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ratatui::crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Char(char),
    Enter,
    Up,
    Down,
    Other,
    Interrupt,
}

/// The next key pressed within `wait`. A Ctrl-C that came as a signal is one, too, and so is a window that was closed.
pub fn next(interrupted: &AtomicBool, wait: Duration) -> io::Result<Option<Key>> {
    if interrupted.swap(false, Ordering::SeqCst) || is_gone_within(Duration::ZERO)? {
        return Ok(Some(Key::Interrupt));
    }
    // First what was read before, of which the terminal says nothing.
    if !event::poll(Duration::ZERO)? {
        if is_gone_within(wait)? {
            return Ok(Some(Key::Interrupt));
        }
        if !event::poll(Duration::ZERO)? {
            return Ok(None);
        }
    }
    let Event::Key(key) = event::read()? else { return Ok(None) };
    if key.kind == KeyEventKind::Release {
        return Ok(None);
    }
    Ok(Some(match key.code {
        KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => Key::Interrupt,
        KeyCode::Char(character) => Key::Char(character.to_ascii_lowercase()),
        KeyCode::Enter => Key::Enter,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        _ => Key::Other,
    }))
}

/// Waits until something was pressed, at most so long: true where the terminal went away. crossterm (0.29) must not do the
/// waiting, because it reads the end of such a terminal again and again. Elsewhere than on Linux it does: `poll` of macOS knows
/// no terminals.
#[cfg(target_os = "linux")]
fn is_gone_within(wait: Duration) -> io::Result<bool> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdin = io::stdin();
    let mut terminal = [PollFd::new(&stdin, PollFlags::IN)];
    match poll(&mut terminal, Timespec::try_from(wait).ok().as_ref()) {
        Ok(_) | Err(rustix::io::Errno::INTR) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(terminal[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL))
}

#[cfg(not(target_os = "linux"))]
fn is_gone_within(wait: Duration) -> io::Result<bool> {
    event::poll(wait)?;
    Ok(false)
}
