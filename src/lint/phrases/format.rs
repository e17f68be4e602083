//! The form of a phrase list, as its tests and the build script read it, and of the index, as that and the search do.

use std::borrow::Cow;

/// Set in the number of a state that is reached one byte after the end of a match.
pub const IS_MATCH: u16 = 1 << 15;

/// A number below [`N_OPENINGS`] for two bytes in small letters: a pattern is tried only where one of its own stands.
pub fn opening(first: u8, second: u8) -> usize {
    usize::from(OPENING_CLASSES[usize::from(first & 127)]) << 5
        | usize::from(OPENING_CLASSES[usize::from(second & 127)])
}

pub const N_OPENINGS: usize = 1024;

/// Set in an opening that is a blank or lies inside a word, where only a pattern that is free at its start matches.
pub const INSIDE_WORD: usize = N_OPENINGS;

/// The opening where the text is at its end.
pub const END: usize =
    (OPENING_CLASSES[b'\n' as usize] as usize) << 5 | OPENING_CLASSES[b'\n' as usize] as usize;

/// The first eight bytes as one number, blank where there are fewer.
pub fn head(text: &[u8]) -> u64 {
    match text.first_chunk() {
        Some(head) => u64::from_le_bytes(*head),
        None => text.iter().rev().fold(0, |head, byte| head << 8 | u64::from(*byte)),
    }
}

/// Each letter is one of its own, and what else words and tokens begin with.
const OPENING_CLASSES: [u8; 128] = {
    let mut classes = [31; 128];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            letter @ b'a'..=b'z' => letter - b'a',
            b'0'..=b'9' => 26,
            b'{' => 27,
            b' ' => 28,
            b'\n' => 29,
            b'\'' => 30,
            _ => 31,
        };
        byte += 1;
    }
    classes
};

/// A pattern of a list with its tests.
pub struct Entry<'s> {
    pub pattern: &'s str,
    /// The indented lines under it.
    pub tests: &'s str,
}

/// Patterns in the order of the file; `#` starts a comment.
pub fn entries(source: &str) -> impl Iterator<Item = Entry<'_>> {
    let mut rest = source;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            rest = after;
            if line.starts_with([' ', '#']) || line.trim().is_empty() {
                continue;
            }
            let mut n_test_bytes = 0;
            for test in after.split_inclusive('\n').take_while(|line| line.starts_with(' ')) {
                n_test_bytes += test.len();
            }
            return Some(Entry { pattern: line.trim_end(), tests: &after[..n_test_bytes] });
        }
        None
    })
}

/// The regular expression that a pattern stands for: its shorthands written out, between ends of words but for the end
/// that `~` frees.
pub fn regular_expression(pattern: &str) -> String {
    let (start, pattern) = match pattern.strip_prefix('~') {
        Some(rest) => ("", rest),
        None => (r"\b{start-half}", pattern),
    };
    let (end, pattern) = match pattern.strip_suffix('~') {
        Some(rest) => ("", rest),
        None => (r"\b{end-half}", pattern),
    };
    format!("{start}(?:{}){end}", expand(pattern))
}

/// May a match begin in the middle of a word?
pub fn is_free_at_start(pattern: &str) -> bool {
    pattern.starts_with('~')
}

/// Does it tell capitals from small letters? Then the rest of it still does not.
pub fn is_cased(regular_expression: &str) -> bool {
    regular_expression.contains("(?-i:")
}

/// Shorthands and what they stand for.
const SHORTHANDS: [(&str, &str); 12] = [
    // A name as written, or a placeholder for one; the caller checks that the word is a name.
    (
        "@name",
        r"(?:\{P[a-z]*\}|(?-i:(?:(?:Mr|Mrs|Ms|Miss|Dr|Agent|Officer|Pastor|Father|Sister|Rabbi|Reverend|Rev|Coach|Professor|Nurse|Captain|Judge|Senator|Detective|Sergeant|Brother|Deacon|Elder|Bishop|Councillor|Councilman|Councilwoman|Representative|Mayor|Sir|Madam)\.? )?[A-Z][a-zA-Z'-]*(?: [A-Z]\.)?(?: (?:van |von |de |la |del |O')?[A-Z][a-zA-Z'-]+){0,2}))",
    ),
    (
        "@org",
        r"(?:\{C[a-z]*\}(?-i: [A-Z][a-z]+)?|(?-i:(?:[0-9][0-9A-Za-z]* |\{C[a-z]*\} )?[A-Z](?:[A-Za-z0-9&'-]|\.[A-Za-z0-9])*(?: (?:(?:of the|of|and|the|&|-) )?[A-Z](?:[A-Za-z0-9&'-]|\.[A-Za-z0-9])*){0,5}))",
    ),
    (
        "@me",
        r"(?:me|us|(?:my|our|the) (?:office|cell|mobile|store|shop|team|line|direct line|front desk|desk|assistant|clinic|practice|number|main line|hotline|support line|reception|receptionist|scheduling (?:desk|line|team))|\{Pme\}|\{Cme\}|\{C\}|\{N[a-z]*\}|\{E[a-z]*\})",
    ),
    (
        "@at",
        r"(?: ?(?:at|on|@|via|by|through|using|back|directly|personally|anytime|any time|today|please|a|the|this|following|number|or|text|:|-|,))*",
    ),
    (
        "@soon",
        r"(?:today|tonight|tomorrow|this (?:week|morning|afternoon|evening|month|weekend)|next week|by (?:close of (?:business|play)|end of (?:the )?(?:day|week|month)|the end of (?:the )?(?:day|week|month)|noon|midnight|eod|cob|then|(?:mon|tues?|weds|thurs?|fri)|quarter (?:to|past) \w+|@day|\{D\}|[0-9]+(?::[0-9]+)?(?: ?[ap]\.?m\.?)?|(?:half (?:past )?)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o'clock| sharp| thirty)?)|before (?:@day|noon|\{D\}|the (?:end|weekend|holidays)|christmas|easter|thanksgiving|new year|[0-9]+)|between \S+ and \S+|(?:on|this|next) @day|(?:at|around) [0-9]+(?::[0-9]+)? ?(?:[ap]\.?m\.?|o'clock)|(?:within|in) (?:the (?:next )?)?(?:[0-9]+|two|three|a few|24|48) (?:business |working )?(?:hours|days|minutes))",
    ),
    (
        "@day",
        r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|(?:the )?[0-9]+(?:st|nd|rd|th)(?: (?:of )?(?:january|february|march|april|may|june|july|august|september|october|november|december))?|the @nth|(?:january|february|march|april|may|june|july|august|september|october|november|december) (?:the )?(?:[0-9]+(?:st|nd|rd|th)?|first|second|third|@nth))",
    ),
    // Not "the first", "the second" and "the third", which are seldom days.
    (
        "@nth",
        r"(?:fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twen|thir)tieth|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))",
    ),
    (
        "@call",
        r"(?:call|ring|phone|telephone|text|dial|message|e-?mail|contact|reach|whatsapp|buzz|ping|page|holler at|write to|write)",
    ),
    // What leads to something that the listener is to do, whatever that is.
    (
        "@lead",
        r"(?:feel free to|(?:don't|do not|never) hesitate to|you(?:'re| are) (?:always |more than |very )*welcome to|all you (?:need|have) to do(?: now)? is(?: to)?|why not|why don't you|how about you|(?:any|is there any|is there a) (?:chance|way) (?:that )?you (?:could|can|might)|i(?:'m| was| am)? (?:hoping|hope|wondering|wonder|wondered) (?:that |if |whether )?you (?:could|can|might|would)|(?:i|we)(?:'d| would)? ask (?:that you|you to)|(?:perhaps|maybe) you (?:could|can|might|would)|remember to|don't forget to|take a (?:minute|moment|second|look and) to|next step(?: here| now)? is(?: to| for you to)?|best thing(?: to do)? is to|go ahead and|be sure to|make sure to|might you|(?:could|can|would|will) you (?:please|kindly))",
    ),
    // Things to do, as one is told to do them; not "put" and "let", which may be what the caller did.
    (
        "@verb",
        r"(?:(?:accept|add|adjust|answer|apply|approve|arrange|ask|assemble|attach|attend|author|authorize|avoid|batten|bin|block|book|borrow|bring|browse|brush|build|buy|cancel|carry|cash|catch|cease|change|charge|chip|check|choose|clean|clear|click|climb|close|collect|come|compare|complete|confirm|copy|correct|cover|decide|decline|deduct|delete|deliver|deposit|describe|dial|discard|dispute|disregard|donate|download|drag|drain|draw|drive|drop|edit|email|empty|enclose|enrol|enroll|enter|erase|escort|evacuate|examine|exchange|fax|feed|fetch|file|fill|find|finish|fit|fix|flag|fold|follow|forward|get|give|go|grab|hand|head|help|hold|ignore|initial|inspect|install|insure|join|keep|latch|leave|lend|list|load|lock|log|mark|measure|meet|move|nominate|notify|nudge|open|order|pack|park|pass|paste|pay|peel|phone|photograph|pick|pin|plug|pop|post|pour|prepare|present|press|print|proceed|produce|pull|push|quote|raise|read|record|recycle|refer|refill|register|reject|release|remove|renew|repeat|replace|reply|report|reschedule|reserve|reset|restart|return|review|rsvp|run|save|scan|schedule|scrape|scroll|seal|search|secure|select|sell|send|separate|settle|share|shift|ship|show|sign|sort|start|stick|stop|submit|subscribe|surrender|swap|switch|take|tap|tear|tell|test|throw|tick|tie|transfer|translate|trim|tuck|turn|type|unblock|unlock|unplug|unsubscribe|update|upgrade|upload|use|vacate|verify|view|visit|vote|wash|watch|water|wear|weigh|wipe|wire|withdraw|witness|wrap|write)(?: (?:over|up|down|out|off|in|on|back|away|through))?)",
    ),
    // What stands before what a call is about: "calling back", "a quick note", "I have a question".
    (
        "@topic",
        r"(?:calling|ringing|phoning|telephoning|in touch|getting back|get back|got back|(?:a|another|this|my|your|quick|brief) (?:call|message|note)|news|word|an update|questions?|a question|checking)(?: in| up)?(?: back| again| today| now| to you| with you| for you| you| over)*(?: is| was)?",
    ),
    (
        "@gap",
        r"(?:,? (?:um|uh|er|erm|like|just|also|please|kindly|simply|maybe|perhaps|always|either|go ahead and|then|so|do|really|you know),?)*",
    ),
];

fn expand(pattern: &str) -> Cow<'_, str> {
    let mut expanded = Cow::Borrowed(pattern);
    // "@soon" holds "@day": each is replaced after what may hold it.
    for (name, meaning) in SHORTHANDS {
        if expanded.contains(name) {
            expanded = Cow::Owned(expanded.replace(name, meaning));
        }
    }
    expanded
}
