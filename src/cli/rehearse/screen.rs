//! A rehearsal on the full screen: countdown, words to say, meters, scorecard.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use ratatui::DefaultTerminal;

use super::keys::{self, Key};
use super::session::{Reviewed, Session, early_end, listen, losses};
use super::view::{Scene, Stage, draw};
use crate::audio::capture::Capture;
use crate::audio::{Channel, decode, playback, wav};
use crate::cli::{Outcome, complain, look, progress, standard_output};
use crate::rehearsal::TakesError;
use crate::rehearsal::level::Level;
use crate::rehearsal::live::LiveAnalysis;
use crate::rehearsal::recording::{End, Recorded};
use crate::report;

/// How often the screen is drawn while something moves.
const FRAME: Duration = Duration::from_millis(50);

pub fn run(session: &mut Session) -> io::Result<Outcome> {
    let stage = stage(session);
    progress::hide(true);
    let ran = on_full_screen(|terminal| {
        let mut screen = Screen { session, terminal, stage, last_problem: None };
        (screen.run(), screen.last_problem.take())
    });
    progress::hide(false);
    let (ended, problem) = ran?;
    let ended = ended?;
    tell_what_was_kept(session)?;
    if let Some(problem) = problem {
        complain(problem);
        return Ok(Outcome::CouldNotRun);
    }
    Ok(match ended {
        Ended::Interrupted => Outcome::Interrupted,
        Ended::ByUser => session.outcome(),
    })
}

/// Leaves the terminal as it was, when the program panics, too.
fn on_full_screen<T>(run: impl FnOnce(DefaultTerminal) -> T) -> io::Result<T> {
    let terminal = ratatui::try_init()?;
    let result = run(terminal);
    ratatui::restore();
    Ok(result)
}

enum Ended {
    ByUser,
    /// Ctrl-C.
    Interrupted,
}

/// Go on with a value, or end the rehearsal.
type Step<T> = ControlFlow<Ended, T>;

struct Screen<'s, 'a> {
    session: &'s mut Session<'a>,
    terminal: DefaultTerminal,
    stage: Stage,
    /// Why the rehearsal could not go on; told when the screen is left.
    last_problem: Option<String>,
}

impl Screen<'_, '_> {
    fn run(&mut self) -> io::Result<Ended> {
        if let ControlFlow::Break(ended) = self.offer_unfinished()? {
            return Ok(ended);
        }
        loop {
            let step = match self.take()? {
                ControlFlow::Continue(Some(path_and_note)) => self.after_take(path_and_note)?,
                ControlFlow::Continue(None) => ControlFlow::Break(Ended::ByUser),
                ControlFlow::Break(ended) => ControlFlow::Break(ended),
            };
            if let ControlFlow::Break(ended) = step {
                return Ok(ended);
            }
        }
    }

    /// A take that was cut short is offered once: then it is a whole one, or gone, or left for the next time.
    fn offer_unfinished(&mut self) -> io::Result<Step<()>> {
        let unfinished = self.session.takes.unfinished().unwrap_or_else(|error| {
            self.last_problem = Some(error.to_string());
            Vec::new()
        });
        for take in unfinished {
            let length = wav::duration(&take.path)
                .map_or_else(|| "without sound".to_owned(), |duration| format!("of {duration:.1}"));
            let mut text = format!("An earlier take {length} was cut short: {}", take.name);
            let mut is_second = false;
            loop {
                match self.ask(&Scene::Notice { text: &text })? {
                    Key::Enter | Key::Char(' ') => break,
                    Key::Char('q') => return Ok(ControlFlow::Break(Ended::ByUser)),
                    Key::Interrupt => return Ok(ControlFlow::Break(Ended::Interrupted)),
                    Key::Char('k') => {
                        self.settle(|session| session.takes.keep(take.clone()).map(drop));
                        break;
                    }
                    Key::Char('d') if is_second => {
                        self.settle(|session| session.takes.remove(&take));
                        break;
                    }
                    Key::Char('d') => {
                        is_second = true;
                        text.push_str("\nPress d again to delete it for good.");
                    }
                    _ => {}
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn settle(&mut self, change: impl FnOnce(&Session) -> Result<(), TakesError>) {
        if let Err(error) = change(self.session) {
            self.last_problem = Some(error.to_string());
        }
    }

    /// Counts down, beeps and records: the take with what is to be said of it; `None` when there can be none.
    fn take(&mut self) -> io::Result<Step<Option<(PathBuf, String)>>> {
        let mut capture = match self.session.open_device() {
            Ok(capture) => capture,
            Err(error) => {
                self.last_problem = Some(error);
                return Ok(ControlFlow::Continue(None));
            }
        };
        if let ControlFlow::Break(ended) = self.count_down()? {
            return Ok(ControlFlow::Break(ended));
        }
        let mut notes: Vec<String> = self.session.beep().err().into_iter().collect();
        let (recorded, key) = match self.record(&mut capture)? {
            Ok(recorded) => recorded,
            Err(error) => {
                self.last_problem = Some(error);
                return Ok(ControlFlow::Continue(None));
            }
        };
        notes.extend(losses(&capture));
        if matches!(recorded.end, End::Broke(_) | End::Unwritable(_)) || recorded.path.is_none() {
            self.last_problem = early_end(&recorded);
        }
        notes.extend(early_end(&recorded));
        Ok(match (key, recorded.path) {
            (Some(Key::Interrupt), _) => ControlFlow::Break(Ended::Interrupted),
            (Some(Key::Char('q')), path) => {
                self.session.unheard = path;
                ControlFlow::Break(Ended::ByUser)
            }
            (_, path) => ControlFlow::Continue(path.map(|path| (path, notes.join("; ")))),
        })
    }

    fn count_down(&mut self) -> io::Result<Step<()>> {
        for left in (1..=self.session.arguments.countdown).rev() {
            let started = Instant::now();
            while started.elapsed() < Duration::from_secs(1) {
                self.show(&Scene::Countdown { left })?;
                match self.key(FRAME)? {
                    Some(Key::Interrupt) => return Ok(ControlFlow::Break(Ended::Interrupted)),
                    Some(Key::Char('q')) => return Ok(ControlFlow::Break(Ended::ByUser)),
                    Some(Key::Char(' ') | Key::Enter) => return Ok(ControlFlow::Continue(())),
                    _ => {}
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Records until a key, which is given with the take; the outer error is the screen's, the inner the recording's.
    fn record(&mut self, capture: &mut Capture) -> io::Result<Result<(Recorded, Option<Key>), String>> {
        let live = LiveAnalysis::start(capture.sample_rate_hz());
        let mut level = Level::default();
        let (mut pressed, mut broken) = (None, None);
        let Self { session, terminal, stage, .. } = self;
        let recorded = session.record(capture, |heard| {
            live.hear(heard.samples);
            level.hear(heard.peak);
            let latest = live.latest();
            let scene = Scene::Recording { elapsed: heard.duration, level, live: latest };
            let drawn = terminal.draw(|frame| draw(frame, stage, &scene)).map(drop);
            match drawn.and_then(|()| keys::next(session.interrupted, Duration::ZERO)) {
                Ok(Some(key @ (Key::Char(' ' | 'q') | Key::Enter | Key::Interrupt))) => pressed = Some(key),
                Ok(_) => {}
                Err(error) => broken = Some(error),
            }
            let goes_on = pressed.is_none() && broken.is_none() && !session.is_silent(&latest);
            if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        match broken {
            Some(error) => Err(error),
            None => Ok(recorded.map(|recorded| (recorded, pressed))),
        }
    }

    /// Reviews the take and shows its scorecard until it is known what becomes of it.
    fn after_take(&mut self, (path, note): (PathBuf, String)) -> io::Result<Step<()>> {
        let reviewed = match self.review(&path)? {
            ControlFlow::Continue(Ok(reviewed)) => reviewed,
            ControlFlow::Continue(Err(error)) => {
                self.last_problem = Some(error);
                return Ok(ControlFlow::Break(Ended::ByUser));
            }
            ControlFlow::Break(ended) => return Ok(ControlFlow::Break(ended)),
        };
        let mut note = note;
        const SURE: &str = "press d again to delete this take for good";
        loop {
            match self.ask(&Scene::Scorecard { reviewed: &reviewed, note: &note })? {
                Key::Char('r') => {
                    self.keep(reviewed);
                    return Ok(ControlFlow::Continue(()));
                }
                Key::Char('k') | Key::Enter => {
                    self.keep(reviewed);
                    let is_over = self.session.is_over() || self.last_problem.is_some();
                    return Ok(if is_over {
                        ControlFlow::Break(Ended::ByUser)
                    } else {
                        ControlFlow::Continue(())
                    });
                }
                Key::Char('q') => {
                    self.keep(reviewed);
                    return Ok(ControlFlow::Break(Ended::ByUser));
                }
                Key::Interrupt => {
                    self.keep(reviewed);
                    return Ok(ControlFlow::Break(Ended::Interrupted));
                }
                Key::Char('d') if note == SURE => return self.discard(&reviewed),
                Key::Char('d') => note = SURE.to_owned(),
                Key::Char('p') => note = self.play(&path)?,
                Key::Char('n') => self.scroll(&reviewed)?,
                Key::Char('?') => drop(self.ask(&Scene::Help)?),
                _ => {}
            }
        }
    }

    fn keep(&mut self, reviewed: Reviewed) {
        if let Err(error) = self.session.keep(reviewed.entry) {
            self.last_problem = Some(error);
        }
    }

    fn discard(&mut self, reviewed: &Reviewed) -> io::Result<Step<()>> {
        if let Err(error) = self.session.discard(&reviewed.entry) {
            self.last_problem = Some(error);
            return Ok(ControlFlow::Break(Ended::ByUser));
        }
        loop {
            match self.ask(&Scene::Deleted)? {
                Key::Char(' ' | 'r') | Key::Enter => return Ok(ControlFlow::Continue(())),
                Key::Char('q') => return Ok(ControlFlow::Break(Ended::ByUser)),
                Key::Interrupt => return Ok(ControlFlow::Break(Ended::Interrupted)),
                _ => {}
            }
        }
    }

    /// Listens on a thread of its own, so that the screen lives meanwhile.
    fn review(&mut self, path: &Path) -> io::Result<Step<Result<Reviewed, String>>> {
        let Self { session, terminal, stage, .. } = self;
        let prepared = &session.prepared;
        thread::scope(|scope| {
            let review = scope.spawn(|| listen(path, prepared));
            let mut is_interrupted = false;
            for n_steps in 0.. {
                if review.is_finished() {
                    break;
                }
                terminal.draw(|frame| draw(frame, stage, &Scene::Analysing { n_steps }))?;
                if keys::next(session.interrupted, FRAME)? == Some(Key::Interrupt) {
                    // whisper looks at it; the rest takes no time.
                    session.interrupted.store(true, Ordering::SeqCst);
                    is_interrupted = true;
                }
            }
            let heard = review.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            Ok(match (is_interrupted, heard) {
                (true, _) => ControlFlow::Break(Ended::Interrupted),
                (false, heard) => ControlFlow::Continue(heard.map(|heard| session.reviewed(path, heard))),
            })
        })
    }

    /// Plays a take until its end or a key; why it could not be heard, if it could not.
    fn play(&mut self, path: &Path) -> io::Result<String> {
        let clip = match decode(path, Channel::Mix) {
            Ok(recording) => recording.clip,
            Err(error) => return Ok(error.to_string()),
        };
        let length = clip.duration();
        let Self { session, terminal, stage, .. } = self;
        let mut broken = None;
        let played = playback::play(&clip, |at| {
            let drawn = terminal.draw(|frame| draw(frame, stage, &Scene::Playing { at, length })).map(drop);
            match drawn.and_then(|()| keys::next(session.interrupted, Duration::ZERO)) {
                Ok(pressed) => pressed.is_none(),
                Err(error) => {
                    broken = Some(error);
                    false
                }
            }
        });
        match (broken, played) {
            (Some(error), _) => Err(error),
            (None, Ok(())) => Ok(String::new()),
            (None, Err(error)) => Ok(error.to_string()),
        }
    }

    fn scroll(&mut self, reviewed: &Reviewed) -> io::Result<()> {
        let width = usize::from(self.terminal.size()?.width);
        let mut text = Vec::new();
        report::review::write(
            &mut anstream::StripStream::new(&mut text),
            &reviewed.heard.file,
            width,
            self.stage.unicode,
        )?;
        let text = String::from_utf8_lossy(&text).into_owned();
        let last = text.lines().count().saturating_sub(1);
        let mut from = 0;
        loop {
            match self.ask(&Scene::Numbers { text: &text, from })? {
                Key::Up => from = from.saturating_sub(1),
                Key::Down => from = (from + 1).min(last),
                _ => return Ok(()),
            }
        }
    }

    fn show(&mut self, scene: &Scene) -> io::Result<()> {
        self.terminal.draw(|frame| draw(frame, &self.stage, scene)).map(drop)
    }

    /// Shows a scene until a key is pressed; drawn again when the screen changes its size.
    fn ask(&mut self, scene: &Scene) -> io::Result<Key> {
        const LOOK_EVERY: Duration = Duration::from_millis(200);
        loop {
            self.show(scene)?;
            if let Some(key) = self.key(LOOK_EVERY)? {
                return Ok(key);
            }
        }
    }

    fn key(&self, wait: Duration) -> io::Result<Option<Key>> {
        keys::next(self.session.interrupted, wait)
    }
}

fn stage(session: &Session) -> Stage {
    let script = session.prepared.script.as_ref();
    let name = session
        .arguments
        .review
        .script
        .as_deref()
        .map_or("no script".into(), |path| path.display().to_string());
    let look = look();
    Stage {
        title: format!("afterbeep  {}", report::printable(&name)),
        text: script.map(|script| script.text.clone()).unwrap_or_default(),
        unfilled: script.map(|script| script.unfilled.clone()).unwrap_or_default(),
        limit: script.map_or(session.prepared.allowed, |script| script.allowed).longest,
        targets: session.prepared.standards.targets.clone(),
        expected: script.map(|script| script.speech.expected),
        colours: look.colours,
        unicode: look.unicode,
    }
}

/// What stays on the terminal when the screen is gone.
fn tell_what_was_kept(session: &Session) -> io::Result<()> {
    let mut out = standard_output();
    for entry in &session.kept {
        let score =
            entry.score.map_or_else(|| "no score".to_owned(), |score| format!("score {score:.0} of 100"));
        writeln!(out, "{score}  {}", report::printable(&entry.path.display().to_string()))?;
    }
    if let Some(path) = &session.unheard {
        writeln!(out, "not scored  {}", report::printable(&path.display().to_string()))?;
    }
    report::rehearsal::write_drill(&mut out, &session.prepared.standards.targets, &session.kept)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    /// Set where this test runs once more, in tmux, as the program that panics.
    const PANICS: &str = "AFTERBEEP_TEST_PANICS";

    #[test]
    fn a_panic_restores_the_terminal() {
        if std::env::var_os(PANICS).is_some() {
            let _ = on_full_screen(|mut terminal| {
                terminal.draw(|frame| frame.render_widget("words to say", frame.area())).expect("a screen");
                thread::sleep(Duration::from_secs(1));
                panic!("in the middle of a take");
            });
        }
        let Ok(folder) = tempfile::tempdir() else { panic!("a temporary folder") };
        let tmux = |arguments: &[&str]| {
            let mut command = Command::new("tmux");
            command.arg("-S").arg(folder.path().join("tmux")).args(arguments).stdin(Stdio::null());
            command.output().map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        };
        let this = std::env::current_exe().expect("this test");
        let name = "cli::rehearse::screen::tests::a_panic_restores_the_terminal";
        let line = format!(
            "stty -a >before; RUST_BACKTRACE=0 {PANICS}=1 '{}' --exact {name} --nocapture; stty -a >after; echo ended; sleep 1000",
            this.display()
        );
        let place = folder.path().display().to_string();
        let started =
            tmux(&["-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "-c", &place, &line]);
        if started.is_err() {
            assert!(std::env::var_os("AFTERBEEP_NEEDS_SOUND").is_none(), "tmux is not installed");
            eprintln!("skipped: tmux is not installed (.ci/install sound)");
            return;
        }
        let wait_for = |text: &str| {
            (0..400).find_map(|_| {
                thread::sleep(Duration::from_millis(50));
                tmux(&["capture-pane", "-p"]).ok().filter(|screen| screen.contains(text))
            })
        };
        let shown = wait_for("words to say").map(|_| tmux(&["display", "-p", "#{alternate_on}"]));
        let after = wait_for("ended").unwrap_or_default();
        let alternate = tmux(&["display", "-p", "#{alternate_on} #{cursor_flag}"]);
        let settings = ["before", "after"].map(|name| std::fs::read_to_string(folder.path().join(name)).ok());
        let _ = tmux(&["kill-server"]);
        assert_eq!(shown.and_then(Result::ok).as_deref(), Some("1\n"), "the full screen was there");
        assert!(after.contains("in the middle of a take") && !after.contains("words to say"), "{after}");
        assert_eq!(alternate.ok().as_deref(), Some("0 1\n"), "the old screen, and its cursor");
        assert!(settings[0].is_some() && settings[0] == settings[1], "{settings:?}");
    }
}
