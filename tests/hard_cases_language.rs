//! Hard cases of language: what looks like one thing and is another, one line each.

use std::collections::BTreeMap;

use afterbeep::config::{Layer, Level, Settings};
use afterbeep::finding::Severity;
use afterbeep::lint::Linter;
use afterbeep::script::parse;

const FIRES: bool = true;
const PASSES: bool = false;

#[test]
fn hard_cases() {
    let mut linters = BTreeMap::new();
    let mut failures = Vec::new();
    for (script, code, fires) in CASES {
        let linter = linters.entry(*code).or_insert_with(|| {
            Linter::new(Settings::selecting(&[*code])).unwrap_or_else(|error| panic!("{code}: {error}"))
        });
        let findings = linter.lint(script, &parse(script), None);
        if findings.is_empty() == *fires {
            let expected = if *fires { "fires" } else { "passes" };
            failures.push(format!("{code} {expected} on {script:?}"));
        }
    }
    assert!(failures.is_empty(), "expected of {} cases:\n{}", CASES.len(), failures.join("\n"));
}

#[test]
fn a_private_caller_without_a_company_is_advised_and_a_firm_warned() {
    let severity = |settings: Settings, script: &str| {
        let findings = Linter::new(settings).expect("a rule").lint(script, &parse(script), None);
        findings.iter().map(|finding| finding.severity).collect::<Vec<_>>()
    };
    let neighbour =
        "Hi Tom, it's Jan from next door. Your dog got out and he is in my garden. Can you come and get him?";
    let firm = "Hi Sam, this is Dana Pruitt. I wanted to show you how our software helps teams like yours cut costs.";
    let only = || Settings::selecting(&["AB102"]);
    assert_eq!(severity(only(), neighbour), [Severity::Advice]);
    assert_eq!(severity(only(), firm), [Severity::Warning]);
    let mut set = only();
    let levels = [("AB102".to_owned(), Level::On(Severity::Warning))].into();
    set.layers.push(Layer { severity: levels, ..Layer::default() });
    assert_eq!(severity(set, neighbour), [Severity::Warning], "the settings know better");
}

/// A script, a rule, and whether it fires.
const CASES: &[(&str, &str, bool)] = &[
    // An ask in an if-clause, a question, a negation, slang.
    ("If you'd like to talk it over, my number is 404-555-0142.", "AB201", PASSES),
    ("If it would help to see the ring first, I'm at 404-555-0142.", "AB201", PASSES),
    ("Should you want to hear more, you can reach me at 404-555-0142.", "AB201", PASSES),
    ("Would you be able to stop by on Thursday?", "AB201", PASSES),
    ("Could you let me know which day suits you", "AB201", PASSES),
    ("Would it be possible for you to call me back this afternoon", "AB201", PASSES),
    ("Please don't hesitate to call me at 404-555-0142.", "AB201", PASSES),
    ("Don't hesitate to reach out to the office.", "AB201", PASSES),
    ("Give me a shout on 404-555-0142.", "AB201", PASSES),
    ("Drop me a line at dana@example.com.", "AB201", PASSES),
    ("Hit me up at 404-555-0142.", "AB201", PASSES),
    ("Would love to catch up, 404-555-0142.", "AB201", PASSES),
    ("Text RING to 55501 to see it.", "AB201", PASSES),
    ("Take a look at kestrelgems dot com.", "AB201", PASSES),
    ("Please press one to confirm.", "AB201", PASSES),
    // What is none.
    ("There is no need to rush, and no need to call back.", "AB201", FIRES),
    ("I'll call you back on Thursday.", "AB201", FIRES),
    ("I will text you a link this afternoon.", "AB201", FIRES),
    ("We look forward to hearing from you.", "AB201", FIRES),
    ("My number is 404-555-0142.", "AB201", FIRES),
    ("I'm here for you whenever.", "AB201", FIRES),
    ("I tried to call you yesterday.", "AB201", FIRES),
    ("You called me on Monday about the clasp.", "AB201", FIRES),
    // Only "call me", and what is more than that.
    ("Call me when you get a chance at 404-555-0142.", "AB202", FIRES),
    ("If you'd like the details, ring me on 404-555-0142.", "AB202", FIRES),
    ("Please call or text me with any questions at 404-555-0142.", "AB202", FIRES),
    ("Give me a shout when you have a minute.", "AB202", FIRES),
    ("Call me by Friday at 404-555-0142.", "AB202", PASSES),
    ("Kindly return my call at 404-555-0142.", "AB202", FIRES),
    ("Kindly return the signed form, or call me at 404-555-0142.", "AB202", PASSES),
    ("Call 404-555-0142 if Monday's no good.", "AB202", PASSES),
    // What befell the caller is small talk, what is the listener's is not.
    (
        "Hi Ann, it's Tom from the gala. We finally wrapped up at three, and then the valet lost my keys, which is typical of \
         how that whole evening went for me, start to finish. Your scarf turned up in my camera bag. Call me at 404-555-0142.",
        "AB304",
        FIRES,
    ),
    (
        "Hi Ann, it's Tom from the gala. The valet lost your keys, and he is sorry. They have a spare at the desk, he says, and \
         he will bring it round to the house if that is easier for you and your husband. Call me before Friday at 404-555-0142.",
        "AB304",
        PASSES,
    ),
    ("Danielle, hey, Curtis again with Rampart Glass. Call me.", "AB101", PASSES),
    ("Ping me about the slots. Rob, Datawell, rob@datawell.example", "AB101", PASSES),
    ("Ping me about the slots. Rob, Datawell, rob@datawell.example", "AB102", PASSES),
    ("Hi Ann, Marlowe Street Dental calling. You're down for Tuesday.", "AB102", PASSES),
    ("This is Nadine Kovac calling for Wesley Bright. Call me.", "AB102", FIRES),
    ("Call me so we can pick the stone at 404-555-0142.", "AB202", PASSES),
    ("Text RING to 55501.", "AB202", PASSES),
    ("Please upload the form in your portal, or call us.", "AB202", PASSES),
    // "E-mail" as a topic is no address; "@" as "at" is none either.
    ("I'm calling about the email you sent me.", "AB105", FIRES),
    ("Check your email for the picture.", "AB105", FIRES),
    ("Call me @ 404-555-0142.", "AB105", FIRES),
    ("Visit us at kestrelgems dot com.", "AB105", FIRES),
    ("Write to dana at kestrelgems dot com.", "AB105", PASSES),
    ("Write to me at [email address].", "AB105", PASSES),
    ("Call me @ 404-555-0142.", "AB103", PASSES),
    ("Call me back at this number.", "AB103", FIRES),
    // A question, and the talk of one.
    ("I have a quick question for you.", "AB207", FIRES),
    ("I wanted to see whether Tuesday suits you.", "AB207", FIRES),
    ("Sam? It's Dana.", "AB207", FIRES),
    ("Did the ring fit", "AB207", PASSES),
    ("How does Tuesday at four sound?", "AB207", PASSES),
    // Stalls, and words that only look like them.
    ("Just so you know, the shop closes at six.", "AB401", PASSES),
    ("I would like you to see it.", "AB401", PASSES),
    ("Did you know that we moved?", "AB401", PASSES),
    ("I mean it: you have a good eye.", "AB401", PASSES),
    ("It looks like rain.", "AB401", PASSES),
    ("We had, like, three of them.", "AB401", FIRES),
    ("It is, you know, ready.", "AB401", FIRES),
    ("So, umm, call me.", "AB401", FIRES),
    // A check-in; a product that follows up.
    ("Just checking in to see how you are.", "AB402", FIRES),
    ("Just touching base.", "AB402", FIRES),
    ("Checking in: your watch is ready and keeps time again.", "AB402", PASSES),
    // Money, and what sounds like it.
    ("You can pay with Cash App at the door, it's free.", "AB403", FIRES),
    ("This is Dana from Cash App.", "AB403", PASSES),
    ("I work with cash buyers in your area.", "AB403", PASSES),
    ("Good morning, Mr. Price.", "AB403", PASSES),
    ("This is Penny Price from Kestrel Gems.", "AB403", PASSES),
    ("There is no cost to you.", "AB403", PASSES),
    ("Your invoice is attached, please pay it today.", "AB403", FIRES),
    // Orders and guilt; a joke, and calm.
    ("I've left you three messages now.", "AB204", FIRES),
    ("You need to call me today.", "AB204", FIRES),
    ("This is the third time I am calling you.", "AB204", FIRES),
    ("Please call me back by Friday.", "AB204", PASSES),
    ("No rush at all, it is not urgent.", "AB204", PASSES),
    ("The cake must have been delicious.", "AB204", PASSES),
    ("It's an urgent case of too much cake, so bring a fork.", "AB204", FIRES),
    // Messages that may rightly give no reason.
    ("---\nprofile: health\n---\nThis is Carla at Lakeside. Please call 404-555-0142.", "AB203", FIRES),
    ("Happy birthday, Sam, from all of us at Kestrel Gems.", "AB203", FIRES),
    // Sorry to call, and sorry for cause.
    ("Sorry I missed you.", "AB404", PASSES),
    ("Sorry to have missed you on Friday.", "AB404", PASSES),
    ("I'm sorry the clasp broke again.", "AB404", PASSES),
    ("Sorry for the wait, the stone came from Antwerp.", "AB404", PASSES),
    ("I won't keep you.", "AB404", PASSES),
    ("Sorry to keep bothering you.", "AB404", FIRES),
    ("I hate to bother you at work.", "AB404", FIRES),
    ("I know you're super busy, so I'll be brief.", "AB404", FIRES),
    ("Apologies for the interruption.", "AB404", FIRES),
    // Hedges.
    ("What kind of setting did you have in mind?", "AB406", PASSES),
    ("We have all kinds of stones and two sorts of gold.", "AB406", PASSES),
    ("It is so kind of you to write.", "AB406", PASSES),
    ("It may rain on Saturday.", "AB406", PASSES),
    ("I was just wondering if you got it.", "AB406", FIRES),
    ("We're kind of hoping you'll come.", "AB406", FIRES),
    ("Could you maybe call me?", "AB406", FIRES),
    // Office talk.
    ("The shop is back on Circle Drive.", "AB407", PASSES),
    ("Ann from Paradigm Dental here.", "AB407", FIRES),
    ("Let's take this offline and circle back.", "AB407", FIRES),
    // Pretexts, and reasons that are true.
    ("Hi, returning your call. 404-555-0142.", "AB408", FIRES),
    ("Hi Sam, I'm returning your message. Call me at 404-555-0142.", "AB408", FIRES),
    ("I'm returning your call about the clasp.", "AB408", PASSES),
    ("You left a message about the clasp, and I'm returning your call.", "AB408", PASSES),
    ("Returning your call: yes, we can resize your ring.", "AB408", PASSES),
    ("Please return my call.", "AB408", PASSES),
    ("The offer ends on Friday, and this is the last pair.", "AB408", PASSES),
    ("Your car's extended warranty is about to expire.", "AB408", FIRES),
    ("Your extended warranty covers the new battery, so bring the watch in.", "AB408", PASSES),
    // Of this listener.
    ("Please call us at your earliest convenience.", "AB409", FIRES),
    ("We can help your business grow.", "AB409", FIRES),
    ("The sapphire you tried on is back.", "AB409", PASSES),
    ("It was good to meet you on Tuesday.", "AB409", PASSES),
    ("I'm calling about your {{piece}}.", "AB409", PASSES),
    ("Your earrings are ready.", "AB409", PASSES),
    // What cannot be said.
    ("See https://example.com for more.", "AB501", FIRES),
    ("See example.com/rings for more.", "AB501", FIRES),
    ("See example.com for more.", "AB501", PASSES),
    ("We're open 24/7.", "AB501", FIRES),
    ("It comes w/ a box.", "AB501", FIRES),
    ("Call (404) 555-0142 [smile] (pause).", "AB501", PASSES),
    ("Dana from O'Brien & Sons and from [Company] & Co.", "AB501", PASSES),
    ("Rings & more.", "AB501", FIRES),
    ("Your ring (size six) is here.", "AB501", FIRES),
    ("Hi [first/last name], it is 9/12 today.", "AB501", PASSES),
    ("Great news \u{1f389} your ring is here.", "AB501", FIRES),
    ("<!-- \u{1f389} --> Zo\u{eb}\u{2019}s ring \u{2014} it\u{2019}s here.", "AB501", PASSES),
    ("You are our #1 client.", "AB501", PASSES),
    ("Look for #kestrel.", "AB501", FIRES),
    // Letters.
    ("Our CRM shows it.", "AB502", FIRES),
    ("Our customer relationship manager, the CRM, shows it.", "AB502", PASSES),
    ("You need to reply NOW.", "AB502", PASSES),
    ("It's Dana with DPR Roofing. We at DPR care.", "AB502", PASSES),
    ("Text KGB to 55501.", "AB502", PASSES),
    ("Hi {{FNAME}}, it's Dana in the USA at 4 PM.", "AB502", PASSES),
    // Tongue twisters.
    ("She sells six silver salad spoons.", "AB503", FIRES),
    ("Come and collect your ring, or call the shop.", "AB503", PASSES),
    ("Sam, it's so nice to see your sister's smile.", "AB503", PASSES),
    // Numbers and addresses.
    ("Call 4045550142.", "AB504", FIRES),
    ("Call 404 555 0142.", "AB504", PASSES),
    ("Call four oh four, five five five, oh one four two.", "AB504", PASSES),
    ("Write to dana99x@example.com.", "AB505", FIRES),
    ("Write to dana.pruitt@example.com.", "AB505", PASSES),
    ("Write to reservations@example.com.", "AB505", PASSES),
    // What others should not hear.
    ("Your necklace for your wife is ready.", "AB601", FIRES),
    ("Your lab results came back.", "AB601", FIRES),
    ("A reminder of your appointment at the clinic on Tuesday.", "AB601", PASSES),
    ("We got great results for firms like yours.", "AB601", PASSES),
    ("You are two months behind on your rent.", "AB603", FIRES),
    ("This message is from a debt collector.", "AB603", FIRES),
    ("I'm calling about invoice 4432.", "AB603", PASSES),
    ("Rings start at $199.", "AB603", PASSES),
    ("Homes on your street go for $450,000.", "AB603", PASSES),
];
