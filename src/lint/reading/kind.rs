//! Is it a voicemail at all, and one that we can read?

use whatlang::{Detector, Lang};

use crate::lint::phrases::{MAILBOX_CUES, MAILBOX_INSTRUCTIONS, MAILBOX_LEADS, Phrases};
use crate::script::plain::Plain;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Left by a caller for the owner of a mailbox.
    Voicemail,
    /// Played to callers by the owner of a mailbox.
    Greeting,
    /// Probably in this language, by its English name.
    Foreign(&'static str),
}

/// `greets_by_name`: does it address a listener by name? A mailbox does not know who calls.
pub fn read(plain: &Plain, phrases: &Phrases, greets_by_name: impl FnOnce() -> bool) -> Kind {
    if is_greeting(phrases, greets_by_name) {
        return Kind::Greeting;
    }
    let language = of_other_letters(plain).or_else(|| foreign_language(phrases));
    language.map_or(Kind::Voicemail, Kind::Foreign)
}

/// Bytes of plain text within which a greeting has said whom one has reached.
const OPENING: usize = 120;

fn is_greeting(phrases: &Phrases, greets_by_name: impl FnOnce() -> bool) -> bool {
    let has_cue = || phrases.find(&MAILBOX_CUES).is_some();
    let instructs = || phrases.find(&MAILBOX_INSTRUCTIONS).is_some();
    match phrases.find(&MAILBOX_LEADS) {
        Some(lead) => lead.start < OPENING || has_cue() || instructs(),
        None => instructs() && has_cue() && !greets_by_name(),
    }
}

/// Words in which a message's language shows; with fewer, nobody could say (ours).
const FEWEST_WORDS: usize = 8;
/// In English about every second word is one of [`EVERYDAY`]; notes and lists of names keep above this share (ours).
const ENGLISH_SHARE: f64 = 0.15;

/// English words that hardly a sentence does without, sorted.
const EVERYDAY: [&str; 63] = [
    "a", "about", "am", "an", "and", "any", "are", "as", "at", "back", "be", "but", "by", "call", "can",
    "do", "for", "from", "get", "give", "has", "have", "hello", "hey", "hi", "i", "i'm", "if", "in", "is",
    "it", "it's", "just", "know", "like", "me", "my", "name", "no", "not", "of", "on", "or", "our", "please",
    "so", "thank", "thanks", "that", "the", "this", "to", "up", "was", "we", "what", "when", "will", "with",
    "would", "you", "you're", "your",
];

/// Everyday words of Spanish, French, German, Italian and Portuguese that are none of English, without accents, sorted. A
/// short message has too few letters for a guess to be sure; these words decide then.
const FOREIGN: [&str; 62] = [
    "aqui", "avec", "bonjour", "che", "con", "da", "das", "de", "del", "della", "der", "des", "di", "die",
    "du", "ein", "el", "est", "esta", "et", "gracias", "guten", "hier", "hola", "ich", "ist", "la", "las",
    "le", "les", "ligue", "listo", "llame", "llameme", "los", "merci", "meu", "mi", "mit", "nous", "nuestro",
    "ola", "para", "per", "por", "pour", "pronto", "que", "seu", "sie", "sono", "soy", "su", "sua", "suo",
    "una", "und", "von", "votre", "vous", "y", "ya",
];
const FEWEST_FOREIGN: usize = 3;

/// Russian, Korean, Arabic: of letters that are not Latin.
fn of_other_letters(plain: &Plain) -> Option<&'static str> {
    /// Less is a name in its own letters.
    const LEAST_SHARE: f64 = 0.5;
    let (letters, share) = plain.foreign();
    let guess = (LEAST_SHARE <= share).then(|| whatlang::detect(letters))?;
    guess.map(|guess| guess.lang().eng_name())
}

fn foreign_language(phrases: &Phrases) -> Option<&'static str> {
    const SAMPLE: usize = 64;
    let (mut n_words, mut n_everyday, mut n_foreign) = (0, 0, 0);
    for word in phrases.lower().split([' ', '\n']) {
        let word = word.trim_matches(|mark: char| !mark.is_ascii_alphanumeric());
        if !word.starts_with(|first: char| first.is_ascii_alphabetic()) {
            continue;
        }
        n_words += 1;
        n_everyday += usize::from(EVERYDAY.binary_search(&word).is_ok());
        n_foreign += usize::from(FOREIGN.binary_search(&word).is_ok());
        if n_words == SAMPLE {
            break;
        }
        // Whatever follows, enough of the sample is English.
        if ENGLISH_SHARE * SAMPLE as f64 <= n_everyday as f64 {
            return None;
        }
    }
    if n_words < FEWEST_WORDS || ENGLISH_SHARE * n_words as f64 <= n_everyday as f64 {
        return None;
    }
    let text = phrases.text();
    let start: String = text.chars().take(500).collect();
    let guess = whatlang::detect(&start)?;
    if guess.is_reliable() {
        return (guess.lang() != Lang::Eng).then(|| guess.lang().eng_name());
    }
    // Of one of them, as its words tell.
    let detector = Detector::with_allowlist(vec![Lang::Spa, Lang::Por, Lang::Fra, Lang::Deu, Lang::Ita]);
    (FEWEST_FOREIGN <= n_foreign).then(|| detector.detect_lang(&start))?.map(|language| language.eng_name())
}

#[cfg(test)]
mod tests {
    use super::super::{Reading, plain};
    use super::*;
    use crate::script::parse;

    fn kind(source: &str) -> Kind {
        Reading::new(&parse(source).messages[0]).kind()
    }

    #[test]
    fn everyday_words_are_sorted() {
        assert!(EVERYDAY.is_sorted() && FOREIGN.is_sorted());
        assert_eq!(plain("It’s"), "It's");
    }

    #[test]
    fn a_greeting_is_what_the_owner_of_the_mailbox_says() {
        for greeting in [
            "Hi, you've reached Dana. I can't come to the phone right now. Leave a message and I'll call you back.",
            "Thank you for calling Acme Roofing. Our office is closed. Please leave your name and number after the tone.",
            "You have reached the law offices of Lim and Sons. Press 1 for billing.",
            "Hello, I'm away from my desk. Please leave me a message after the beep.",
            "This is Dana Pruitt with Kestrel Gems, I'm unable to take your call, so leave your name, number and a brief message.",
            "[Your Name] here. Sorry I missed your call. Leave a message!",
        ] {
            assert_eq!(kind(greeting), Kind::Greeting, "{greeting}");
        }
        for voicemail in [
            "Hi Sam, this is Dana. Sorry I missed your call. I'm out of the office until Monday, so leave me a message.",
            "Hi Sam, Dana here. If I don't pick up, leave a message with a good time.",
            "Hi Sam, I hope you've reached a decision about the ring.",
            "Hi Sam, thank you for calling Acme about your roof. Your quote is ready; call me at 404-555-0142.",
            "Hello, I got your greeting after the beep. It's Tom, call me.",
            "Hi, it's Mom. Call me when you can.",
        ] {
            assert_eq!(kind(voicemail), Kind::Voicemail, "{voicemail}");
        }
    }

    #[test]
    fn only_english_is_read() {
        for (language, source) in [
            (
                "Spanish",
                "Hola Marta, soy Dana de Kestrel. Su reloj está listo para recoger. Por favor, llámeme al 404-555-0142 antes del viernes.",
            ),
            (
                "German",
                "Guten Tag Frau Lim, hier ist Dana von Kestrel. Ihre Uhr ist fertig, bitte rufen Sie mich bis Freitag zurück.",
            ),
            (
                "French",
                "Bonjour Madame Lim, c'est Dana de chez Kestrel. Votre montre est prête, rappelez-moi avant vendredi s'il vous plaît.",
            ),
        ] {
            assert_eq!(kind(source), Kind::Foreign(language), "{source}");
        }
        for (language, source) in [
            (
                "Russian",
                "Привет, Сэм, это Дана из Кестрел. Ваше кольцо готово. Позвоните мне до пятницы по номеру 404-555-0142.",
            ),
            (
                "Korean",
                "안녕하세요 샘, 케스트렐의 다나입니다. 반지가 준비되었습니다. 404-555-0142로 전화 주세요.",
            ),
            (
                "Arabic",
                "مرحبا سام، معك دانا من كيستريل. خاتمك جاهز. اتصل بي قبل الجمعة على الرقم 404-555-0142.",
            ),
            ("Mandarin", "你好，山姆，我是凯斯特的达娜。您的戒指准备好了，请在周五之前给我打电话。"),
            (
                "Portuguese",
                "Olá Sam, aqui é a Dana da Kestrel. O seu anel está pronto. Ligue para mim até sexta.",
            ),
        ] {
            assert_eq!(kind(source), Kind::Foreign(language), "{source}");
        }
        // Too short to be sure of which.
        let short = "Hola Sam, soy Dana de Kestrel. Su anillo está listo. Llámeme al 404-555-0142.";
        assert!(matches!(kind(short), Kind::Foreign(_)));
        for english in [
            "Hi Юлия Ковалева, this is Dana from Kestrel. Your watch is ready, call me by Friday.",
            "Hola Marta, this is Dana from Kestrel. Your watch is ready, call me by Friday.",
            "Name: {{name}}. Company: {{company}}. Number: {{number}}. Piece: {{piece}}. Date: {{date}}. Time: {{time}}.",
            "Sam Lim Dana Pruitt Kestrel Gems Peachtree Street Atlanta Georgia",
            "Ring sized polished boxed ready Friday noon Dana Kestrel Gems four oh four five five five",
        ] {
            assert_eq!(kind(english), Kind::Voicemail, "{english}");
        }
    }
}
