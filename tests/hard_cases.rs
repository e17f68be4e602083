//! Understanding, not keywords: what a list of words gets wrong. Each line is a script, a rule, and whether it fires.

use afterbeep::config::Settings;
use afterbeep::lint::Linter;
use afterbeep::script::parse;

fn check(cases: &[(&str, &str, bool)]) {
    let mut failures = Vec::new();
    for (script, code, fires) in cases {
        let linter = Linter::new(Settings::selecting(&[code])).expect("a rule");
        let findings = linter.lint(script, &parse(script), None);
        if findings.is_empty() == *fires {
            let expected = if *fires { "fires" } else { "passes" };
            failures.push(format!("{code} {expected} on {script:?}"));
        }
    }
    assert!(failures.is_empty(), "expected:\n{}", failures.join("\n"));
}

#[test]
fn who_calls_whom() {
    check(&[
        // Caller and recipient share a placeholder.
        ("Hi [Name], this is [Name] from Acme.", "AB101", false),
        ("Hi [Name], this is [Name] from Acme.", "AB106", false),
        ("Hi there, this is [Name] from Acme.", "AB106", true),
        // "This is X".
        ("Hi Sam, this is Acme Roofing. Your roof is done.", "AB101", true),
        ("Hi Sam, this is Acme Roofing. Your roof is done.", "AB102", false),
        ("Hi Sam, this is billing. Call us.", "AB101", true),
        ("Hi Sam, this is billing. Call us.", "AB102", true),
        ("Hi Sam, this is calling about your ring.", "AB101", true),
        ("Hi Sam, this is Dr. Lim's office.", "AB101", true),
        ("Hi Sam, this is Dr. Lim from Lakeside Dental.", "AB101", false),
        // A name with no cue, and no name at all.
        ("Hi Sam, Dana Pruitt here.", "AB101", false),
        ("Hi Sam, it's Dana.", "AB101", false),
        ("Hi Sam, Dana at Acme here. Your ring is ready.", "AB101", false),
        ("Hi Sam, Dana at Acme here. Your ring is ready.", "AB102", false),
        ("Hi Sam, it's me. Call me.", "AB101", true),
        ("Hi Sam, it's me again, you know who.", "AB101", true),
        // Third parties.
        ("Hi Sam, your sister Ann Lee gave me your number.", "AB101", true),
        (
            "Hi, I'm calling for Dr. Patel about a patient of yours, Mr. Wu. This is Dana from Acme.",
            "AB101",
            false,
        ),
        // Places and other people's firms.
        ("Hi Sam, this is Dana from Boston.", "AB102", true),
        ("Hi Sam, this is Dana. I have an idea for Acme Roofing.", "AB102", true),
        (
            "Hi Sam, this is Dana. I see that Acme Roofing is hiring, and I wanted to talk to you.",
            "AB102",
            true,
        ),
        ("Hi Sam, this is Dana from O'Brien & Sons.", "AB102", false),
        ("Hi Sam, this is Dana from _Acme_.", "AB102", false),
        ("Hi Sam, this is Dana with {{your_company}}.", "AB102", false),
        ("Hi Sam, this is Dana. We worked with {{similar_company}}.", "AB102", true),
        // However it is written.
        ("Hi José, this is Zoë Müller from Café Lumière.", "AB101", false),
        ("Hi José, this is Zoë Müller from Café Lumière.", "AB102", false),
        ("Hi José, this is Zoë Müller from Café Lumière.", "AB106", false),
        ("Hi Sam,this is Dana from Acme.Your ring is ready.", "AB101", false),
        ("Hi Sam,this is Dana from Acme.Your ring is ready.", "AB106", false),
        ("Hi Sam... this is... Dana — from Acme.", "AB101", false),
        ("Hi Sam... this is... Dana — from Acme.", "AB102", false),
        ("hi sam this is dana from acme call me", "AB101", false),
        ("Hi ____, this is _____ from ______.", "AB101", false),
        ("Hi ____, this is _____ from ______.", "AB106", false),
        ("Hi___,this is____with____.", "AB101", false),
    ]);
}

#[test]
fn which_number_to_call() {
    check(&[
        // What is no number to call.
        ("Call me about [invoice number].", "AB103", true),
        ("A number of people asked. Call me.", "AB103", true),
        ("It costs $404,555 and took from 10:15 to 11:45 on 04/05/2026. Call me.", "AB103", true),
        ("Your 401K and your 529 plan. Call me.", "AB103", true),
        ("Call me on this line, the same number that came up.", "AB103", true),
        ("Your order 404-555-0142 is ready. Call me.", "AB103", true),
        // What is one.
        ("Call me at xxx-xxx-xxxx.", "AB103", false),
        ("Call me at XXX-XXXX.", "AB103", false),
        ("Call me at 404.555.0142.", "AB103", false),
        ("Call me at 555-0142.", "AB103", false),
        ("Call me on 020 7946 0958.", "AB103", false),
        ("Call me on +44 20 7946 0958.", "AB103", false),
        ("Call me on 07700 900123.", "AB103", false),
        ("Call me at [your direct line].", "AB103", false),
        ("I'm at four oh four, five five five, oh one four two.", "AB103", false),
        ("I'm at four oh four, no sorry, four seven oh, five five five, zero one four two.", "AB103", false),
        ("Call 1-800-FLOWERS.", "AB103", false),
        // Said twice.
        ("Call 404-555-0142. That's four oh four, five five five, oh one four two.", "AB104", false),
        ("Call [Your Number] or text [Your Number].", "AB104", false),
        ("Call 404-555-0142. My order number is 404-555-0142-77.", "AB104", true),
        ("Call (404) 555-0142. Again, 404.555.0142.", "AB104", false),
        ("Call 404-555-0142, that's 555-0142.", "AB104", false),
        ("Call 404-555-0142.", "AB104", true),
        // An address.
        ("Write to dana @ example.com.", "AB105", false),
        ("Write to dana at example dot com.", "AB105", false),
        ("Check your email, I sent you one. Feel free to email me.", "AB105", true),
        ("Look at www.example.com.", "AB105", true),
    ]);
}

#[test]
fn what_is_asked() {
    check(&[
        ("If you want to chat, my number's 404-555-0142.", "AB201", false),
        ("Could you ring me tomorrow", "AB201", false),
        ("Would Thursday suit you for a look? 404-555-0142", "AB201", false),
        ("Please don't hesitate to get in touch.", "AB201", false),
        ("Give me a shout.", "AB201", false),
        ("Gimme a ring when you can.", "AB201", false),
        ("Hit me back when you get this.", "AB201", false),
        ("Text RING to 55512.", "AB201", false),
        ("Visit example.com to book.", "AB201", false),
        ("Reply yes to keep it.", "AB201", false),
        ("I'll call you back.", "AB201", true),
        ("I'll ring you on Thursday, and we will send you a link.", "AB201", true),
        ("No need to call back.", "AB201", true),
        ("I look forward to hearing from you.", "AB201", true),
        ("My number is 404-555-0142.", "AB201", true),
        // Only "call me back".
        ("Call me when you get a chance.", "AB202", true),
        ("Call me or e-mail me with any questions.", "AB202", true),
        ("Text RING to 55512.", "AB202", false),
        ("Call me so that we can go over the estimate.", "AB202", false),
        ("Call me by Friday.", "AB202", false),
    ]);
}

#[test]
fn why_they_would_call() {
    check(&[
        ("I have a quick question for you.", "AB203", true),
        ("I wanted to introduce myself.", "AB203", true),
        ("I'm calling about the email.", "AB201", true),
        ("I'm calling about the email.", "AB105", true),
        ("Just so you know, your ring is ready.", "AB203", false),
        ("I'm calling about your follow-up visit on Monday.", "AB203", false),
        ("It's regarding your account.", "AB203", true),
        // Messages that may rightly have none.
        ("---\nprofile: limited-content\n---\nHello, this is Robin Hale. Call me.", "AB402", false),
    ]);
}

#[test]
fn tone_and_words() {
    check(&[
        ("Call me ASAP.", "AB204", true),
        ("You must call me today.", "AB204", true),
        ("I have left you three messages now and you still have not called.", "AB204", true),
        ("You don't need to call back today, no need to rush.", "AB204", false),
        ("Please don't hesitate to call.", "AB204", false),
        ("Call me before I eat all of the cake!", "AB204", false),
        ("Um, it's Dana.", "AB401", true),
        ("Just so you know, it's ready.", "AB401", false),
        ("I would like to show you a ring like that.", "AB401", false),
        ("It was, like, amazing.", "AB401", true),
        ("This is about your follow-up appointment.", "AB402", false),
        ("Just following up.", "AB402", true),
        ("I'm just checking in. A slot on Tuesday has opened up for you.", "AB402", false),
        ("This is Dana from Cash App.", "AB403", false),
        ("We have cash buyers for a house like yours.", "AB403", false),
        ("This is Dana, the sales manager.", "AB403", false),
        ("Hi Mr. Price, it's Penny Sale.", "AB403", false),
        ("It's free, at no cost to you.", "AB403", false),
        ("Your payment is due.", "AB403", true),
        ("I'm returning your call.", "AB408", true),
        ("I'm returning your call about the blue ring.", "AB408", false),
    ]);
}

#[test]
fn brackets_of_all_kinds() {
    check(&[
        // Brackets that hold commentary, quotes or slashes.
        ("Hi Sam [pause for two seconds], it's Dana.", "AB706", false),
        ("Hi Sam (smile while you say this), it's Dana.", "AB706", false),
        ("Hi [client's \"nickname\"], your [gift/ring] is ready.", "AB704", false),
        ("Hi [client's \"nickname\"], your [gift/ring] is ready.", "AB706", true),
        ("Hi [First/Last Name], this is [Your Name/Title].", "AB101", false),
        ("Hi [First/Last Name], this is [Your Name/Title].", "AB106", false),
        // Run into words.
        ("Hi____,this is Dana.", "AB106", false),
        ("Hi{{first_name}},this is Dana.", "AB106", false),
        ("Hi {{first_name, it's Dana.", "AB704", true),
        ("Hi [[first_name], it's Dana.", "AB704", true),
    ]);
}

#[test]
fn templates_as_teams_have_them() {
    check(&[
        // Word's mail merge, emphasis around brackets, blanks for a number, the place that somebody calls from.
        ("Hi «FirstName», this is «RepName» from «Company». Call me at «Phone».", "AB101", false),
        ("Hi «FirstName», this is «RepName» from «Company». Call me at «Phone».", "AB103", false),
        ("Hi _[Name]_, this is _[Your Name]_ at Vertex Glass.", "AB106", false),
        ("Hi Sam, call me by Friday at (___) ___-____.", "AB103", false),
        ("Hi Sam, call me by Friday at (___) ___-____.", "AB501", false),
        ("Call me by Friday at ____________. Again, that's ____________.", "AB104", false),
        ("Hi Sam, this is Kim at [Property Name]. Your key is ready.", "AB102", false),
        ("Hi Sam, this is Kim from [City]. Your key is ready.", "AB102", true),
        ("Hi Sam, this is {{loan_officer}} at Vertex Bank.", "AB101", false),
        ("Call me at [DDI].", "AB103", false),
        ("Call me at [call back #].", "AB103", false),
        // What is to be done and not said.
        ("Hi {{name}}, your mirror is ready.\n[hang up]", "AB701", false),
        ("Hi {{name}}, your mirror is ready.\n[log it in the CRM]", "AB701", false),
        ("Hi {{name}}, your [piece] is ready.", "AB701", true),
        ("Hi {{name}}.\n<details>\nmore\n</details>", "AB701", false),
        ("Hi {{name}}.\n{# for new patients #}", "AB701", false),
        // What is left open.
        ("Hi {{name}}, {% if vip %}your table is ready.", "AB704", true),
        ("Hi <first_name, your table is ready.", "AB704", true),
        ("Hi null, your table is ready.", "AB704", true),
        ("Hi Nullah, two < three, 5% more.", "AB704", false),
        // Notes beside a message, and a message in a file of its own.
        ("# Script\nHi Sam, this is Kim from Vertex.\n\n# Timing\nMornings work best.", "AB101", false),
        ("Mornings work best.", "AB101", true),
    ]);
}

#[test]
fn numbers_that_are_wrong_or_somebody_elses() {
    check(&[
        ("Call me at 864-555-016.", "AB108", true),
        ("Call me at 1300 555 012.", "AB108", false),
        ("Call me at 555-0142.", "AB108", false),
        ("Your part 2125550148 came in.", "AB103", true),
        ("Your debit card arrived.", "AB602", false),
        ("Have your debit card ready.", "AB602", true),
        ("The password for your portal is Bluebird42.", "AB602", true),
    ]);
}

#[test]
fn things_and_animals_have_no_secrets() {
    check(&[
        ("The stress test on your server finished.", "AB601", false),
        ("Your stress test is on Monday.", "AB601", true),
        ("Your soil test results are in.", "AB601", false),
        ("Your blood test results are in.", "AB601", true),
        ("Your dog's lab results are normal.", "AB601", false),
        ("We'd rather err on the side of caution.", "AB401", false),
        ("ER visits are covered from May.", "AB401", false),
        ("So, err, call me.", "AB401", true),
        ("I can charge the battery on your boat.", "AB403", false),
        ("The bill passed the Senate.", "AB403", false),
        ("Your bill is late.", "AB403", true),
    ]);
}

#[test]
fn greetings_and_other_languages_are_named_and_left_alone() {
    let linter = Linter::new(Settings::default()).expect("the defaults are valid");
    for (script, code) in [
        ("Hi, you've reached Dana. Leave a message after the beep.", "AB002"),
        (
            "Hola Sam, soy Dana de Acme. Su anillo ya está listo y puede pasar a recogerlo cuando quiera.",
            "AB003",
        ),
    ] {
        let codes: Vec<&str> =
            linter.lint(script, &parse(script), None).iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [code], "{script}");
    }
}

#[test]
fn conditions_imperatives_and_who_signs() {
    check(&[
        // A condition that says when makes an ask particular; one that says nothing does not.
        ("Hi Sam, Dana from Acme. Call me if you want it in gold.", "AB202", false),
        ("Hi Sam, Dana from Acme. If the syringe gives you any trouble, call 404-555-0142.", "AB202", false),
        ("Hi Sam, Dana from Acme. Call me if you'd like the details.", "AB202", true),
        ("Hi Sam, Dana from Acme. Call me when the dust settles.", "AB202", true),
        ("Hi Sam, Dana from Acme. Please return this call regarding your account.", "AB202", true),
        ("Hi Sam, Dana from Acme. Let's talk.", "AB202", true),
        // What one is told to do is asked, whatever it is.
        ("Hi Sam, Dana from Acme. Your ring is ready. Come up with a bucket.", "AB201", false),
        ("Hi Sam, Dana from Acme. You must provide a written excuse.", "AB201", false),
        ("Hi Sam, Dana from Acme. Your ring is ready. Take it easy.", "AB201", true),
        ("Hi Sam, Dana from Acme. I'm ringing so you have everything you need to decide.", "AB201", true),
        // Who signs, and who is spoken to.
        ("Hi Mrs Lee, your coat is here. Call me. Cheers, Desmond.", "AB101", false),
        ("Hi Desmond, your coat is here. Call us. Cheers, Desmond.", "AB101", true),
        ("Rent's late, Kyle, and you promised me. It's Dana.", "AB106", false),
        ("The dentist, Dr. Patel, wants you to call. It's Dana.", "AB106", true),
        // Firms of two names, and one as a sentence of its own.
        ("For Mr. Hobart. We tried you at home. Ordway Collections.", "AB102", false),
        ("Afternoon! Quill & Kettle here. Your lamp is back.", "AB102", false),
        ("It's Imogen Sayle, Sayle and Kerr. The judge signed it.", "AB102", false),
        ("Hi Sam, this is Jane Mills. Your ring is ready.", "AB101", false),
        // A clinic.
        ("Hi Sam, this is Tessa with Lakeshore Urgent Care. Call us by Friday.", "AB204", false),
        ("Hi Sam, this is Tessa with Lakeshore. It's urgent. Call us by Friday.", "AB204", true),
    ]);
}

#[test]
fn counts_beside_numbers_and_who_rings_from_where() {
    check(&[
        // A count beside a number is none of its digits.
        ("Call me by Friday, December 4. 404-555-0142. That's 404-555-0142.", "AB108", false),
        ("Call me at 404-555-0142, 9 to 5. That's 404-555-0142. 2 minutes is all.", "AB104", false),
        ("I'm in room 12. 404-555-0142, 24 hours a day.", "AB108", false),
        ("That's four oh four, five five five, oh one four two. One call is all.", "AB108", false),
        ("Call me at 404-555-01422.", "AB108", true),
        ("Call plus four nine, four zero, five five five, zero one nine nine.", "AB108", false),
        ("Call 49, 40, 555 0199.", "AB108", true),
        ("Call me on 06 12 34 56 78.", "AB103", false),
        ("Call me so I can close the case. 555-0171, extension 22.", "AB103", false),
        ("Your order no. 404-555-0142 is ready. Call me.", "AB103", true),
        ("Your code is 404-555-0142. Call me.", "AB103", true),
        ("My area code is 404, and the number 555-0142.", "AB103", false),
        // Placeholders that are dialled.
        ("Call the service desk at (service number).", "AB103", false),
        ("I'm in all day at (direct line).", "AB103", false),
        ("Any problems with the link, call ____.", "AB103", false),
        ("Let me know, or ring #OFFICE TEL#.", "AB103", false),
        ("We are #1 in town, and #2 in the state. Call me.", "AB103", true),
        // Who, and from where.
        ("Hiya, it's Robbo. You left your coat here.", "AB101", false),
        ("Hey Tasha, it's Ren. Bring the candles.", "AB101", false),
        ("Good morning Tasha, it's Kestrel. Bring the ring.", "AB101", true),
        ("Get me by phone at ___ or by e-mail at ___.", "AB105", false),
        ("Dad, it's me, Lucy. The car has broken down.", "AB101", false),
        ("Dad, it's me. The car has broken down.", "AB101", true),
        ("Hi, it's Tuesday. You left your coat here.", "AB101", true),
        ("Mr. Lee, this is attorney Glenn Sadler. Call me.", "AB101", false),
        ("Sue, this is Hank Pettibone, your Prairie Mutual agent in Salina.", "AB102", false),
        ("Sue, this is Hank Pettibone, your Thursday appointment.", "AB102", true),
        ("Hi, this is Kim from the [CITY] Firefighters Association.", "AB102", false),
        ("This is [NAME], [TITLE] at [BANK]. Your card is ready.", "AB102", false),
        ("hi its danny from dps scaffolding about the quote", "AB102", false),
        ("hi its danny from next door your roofing is loose", "AB102", true),
        ("This is Mrs Pauline Cotter at 31 Mill Lane. It stinks.", "AB102", true),
        ("Hi, it's Ravi from 3B. Your lights are on.", "AB102", true),
        ("Hi, it's Ravi from 3M. Your lights are on.", "AB102", false),
    ]);
}

#[test]
fn asks_with_a_condition_and_asks_in_other_words() {
    check(&[
        ("Dana from Acme. If one of those days works, call 404-555-0142.", "AB202", false),
        ("Dana from Acme. If you did not, please call 404-555-0142.", "AB202", false),
        ("Dana from Acme. If that works, call 404-555-0142.", "AB202", true),
        ("Dana from Acme. Lemme know which one and I'll write it up.", "AB202", false),
        ("Dana from Acme. You can give online at acme.org or call 404-555-0142.", "AB201", false),
        ("Dana from Acme. Text \"show me\" to 404-555-0142.", "AB201", false),
        ("Dana from Acme. Have a look when you've got a minute.", "AB201", false),
        ("Dana from Acme. I'll have a look when I've got a minute.", "AB201", true),
        ("Dana from Acme. Can you still bring the cake?", "AB201", false),
        ("Dana from Acme. I would like a refund, please. Call me.", "AB203", false),
        ("Dana from Acme. I would like a word, please. Call me.", "AB203", true),
        (
            "Hello. This is Kim from Marlow College. Thank you for your gift to the scholarship fund.",
            "AB601",
            false,
        ),
    ]);
}
