//! The script that was read.

use super::super::config_files::{ConfigFiles, Flags};
use super::super::filling::Filling;
use super::super::input::Input;
use super::super::selection::Linters;
use super::Options;
use crate::finding::{Place, Span};
use crate::lint::Linter;
use crate::report::LintedFile;
use crate::scorecard::targets::Allowed;
use crate::script::{self, FrontMatter, Message, speech, speech::Speech};
use crate::units::{Seconds, counted};

/// The script that was read, filled and cut to the message in question, and what the linter says of it.
pub struct Script {
    /// With `findings` and the message only.
    pub linted: LintedFile,
    /// As the message will be said, stage directions and all.
    pub text: String,
    /// Names of its placeholders that have no value.
    #[cfg_attr(not(feature = "record"), expect(dead_code, reason = "only a rehearsal tells of them"))]
    pub unfilled: Vec<String>,
    /// How long it may take.
    pub allowed: Allowed,
    pub speech: Speech,
}

impl Script {
    /// All that a review takes from it.
    pub fn fingerprint(&self) -> String {
        let Self { speech, text, linted, allowed, .. } = self;
        format!("{}\n{allowed:?}\n{text}\n{:?}", speech.n_words, linted.findings)
    }
}

/// The message number `message` of what `input` holds, filled and linted.
pub fn read(filling: &Filling, input: &Input, message: usize, linters: &Linters) -> Result<Script, String> {
    let template = input.read().map_err(|unread| unread.to_string())?;
    let source = filling.fill(input, template)?;
    let mut sequence = script::parse(&source);
    let n_messages = sequence.messages.len();
    let index = message.wrapping_sub(1);
    if n_messages == 0 {
        return Err(format!("{}: has no message in it; write what is to be said", input.name()));
    }
    if n_messages <= index {
        let has = counted(n_messages, "message", "messages");
        return Err(format!("{}: has {has}, and --message asks for number {message}", input.name()));
    }
    let profile = sequence.front_matter.profile.as_deref();
    let linter = linters.linter(input, profile).map_err(|error| format!("{}: {error}", input.name()))?;
    let mut findings = linter.lint(&source, &sequence, None);
    sequence.messages = vec![sequence.messages.swap_remove(index)];
    let whole = sequence.messages[0].span;
    // What the file says of itself, its fields and its days, is no fault of what was said.
    let is_said = |span: Span| span.start < whole.end && whole.start < span.end;
    findings.retain(|finding| matches!(finding.place, Place::Text(span) if is_said(span)));
    findings.iter_mut().for_each(|finding| finding.message = 0);
    let allowed = allowed(&linter, &sequence.front_matter);
    let message = &sequence.messages[0];
    let speech = speech::of(message, linter.pace());
    let text = script::as_said(&source, message.span);
    let unfilled = unfilled([message]);
    let (profile, rules, pace) = (linter.settings().profile.clone(), linter.codes(), *linter.pace());
    let linted = LintedFile { path: input.name(), source, sequence, profile, rules, pace, findings };
    Ok(Script { linted, text, unfilled, allowed, speech })
}

/// Where the rules ask for no reason, a message may be as short as it likes.
pub fn allowed(linter: &Linter, front_matter: &FrontMatter) -> Allowed {
    let longest = Seconds(linter.limits(front_matter).max_seconds);
    Allowed { longest, may_be_short: !linter.runs("AB203") }
}

/// Names of the placeholders that have no value, each once.
pub fn unfilled<'m>(messages: impl IntoIterator<Item = &'m Message>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for placeholder in messages.into_iter().flat_map(|message| &message.placeholders) {
        if !names.contains(&placeholder.name) {
            names.push(placeholder.name.clone());
        }
    }
    names
}

/// Settings as `lint` would have them for the script, or for one beside which the user stands.
pub fn linters(options: &Options, input: &Input) -> Result<Linters, String> {
    Linters::new(&mut ConfigFiles::new(linter_flags(options)), std::slice::from_ref(input))
}

pub fn linter_flags(options: &Options) -> Flags {
    Flags { isolated: options.isolated, ..Flags::default() }
}
