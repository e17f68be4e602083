use super::*;

/// Pieces as text: `P:` placeholder content, `D:` direction, `C:` comment, `M:` markup.
fn cut(source: &str) -> Vec<String> {
    pieces(source, Span::new(0, source.len()))
        .into_iter()
        .map(|piece| match piece.kind {
            Kind::Spoken => piece.span.of(source).to_owned(),
            Kind::Placeholder(_, content) => format!("P:{}", content.of(source)),
            Kind::Direction => format!("D:{}", piece.span.of(source)),
            Kind::Comment => format!("C:{}", piece.span.of(source)),
            Kind::Markup => format!("M:{}", piece.span.of(source)),
        })
        .collect()
}

#[test]
fn a_price_has_its_dollar_and_a_reference_is_not_said() {
    assert_eq!(cut("${{amount}}"), ["$", "P:amount"]);
    assert_eq!(cut("Save 20%{x}"), ["Save 20%", "P:x"]);
    assert_eq!(cut("Hi.\n[docs]: https://example.com/x\n")[1], "M:[docs]: https://example.com/x");
    assert_eq!(cut("{# for later #}Hi."), ["C:{# for later #}", "Hi."]);
}

#[test]
fn placeholders_in_every_style() {
    assert_eq!(cut("[name](as they say it)")[0], "P:name");
    assert_eq!(cut("call [ ] or [x]"), ["call ", "P: ", " or ", "P:x"]);
    for (source, content) in [
        ("{{x}}", "x"),
        ("{x}", "x"),
        ("[First Name]", "First Name"),
        ("[[x]]", "x"),
        ("<company>", "company"),
        ("(insert name)", "insert name"),
        ("(day/date)", "day/date"),
        ("%NAME%", "NAME"),
        ("${x}", "x"),
        ("$first_name", "first_name"),
        ("_____", ""),
        ("___rep name_____", "rep name"),
        ("<?php echo $x->y; ?>", "php echo $x->y; "),
        ("{{ lookup(contact, 'name') }}", " lookup(contact, 'name') "),
        ("<%= lead.first_name %>", " lead.first_name "),
        ("*|FNAME|*", "FNAME"),
        ("##NAME##", "NAME"),
        ("#{rep_name}", "rep_name"),
        ("<<Agent Phone>>", "Agent Phone"),
        ("{{!Lead.FirstName}}", "!Lead.FirstName"),
        ("YOUR NAME", "YOUR NAME"),
        ("~NAME~", "NAME"),
        ("%%FNAME%%", "FNAME"),
        ("#FirstName#", "FirstName"),
        ("|SURNAME|", "SURNAME"),
        ("--contact--", "contact"),
        (":rep_name", "rep_name"),
        ("candidate_name", "candidate_name"),
        ("FIRST_NAME", "FIRST_NAME"),
        ("COMPANY_NAME", "COMPANY_NAME"),
        (":user.phone", "user.phone"),
        ("$user.phone", "user.phone"),
        ("~direct_line~", "direct_line"),
        ("%{caller}", "caller"),
        ("$FIRST_NAME$", "FIRST_NAME"),
        ("${{company}}", "company"),
        ("%%=v(@firstName)=%%", "v(@firstName)"),
        ("{{custom_attribute.${nick}}}", "custom_attribute.${nick}"),
    ] {
        assert_eq!(cut(source), [format!("P:{content}")], "{source}");
    }
}

#[test]
fn lines_that_are_labelled_are_not_spoken() {
    let lines =
        "**When to use:** late\nOwner: Ann | Status: live\nFrom: a\nSubject: b\nHi Sam.\nPage 1 of 3\n";
    let said: String = cut(lines).into_iter().filter(|piece| !piece.starts_with("D:")).collect();
    assert_eq!(said.split_whitespace().collect::<Vec<_>>(), ["Hi", "Sam."]);
    for source in ["From: Ann.", "Owner of a watch: Sam.", "Status", "Page 1 of 3 is lost, so call me."] {
        assert!(cut(source).iter().all(|piece| !piece.starts_with("D:")), "{source}");
    }
}

#[test]
fn of_several_ways_the_first_is_said() {
    assert_eq!(
        cut("{Hi|Hello|Hey} Sam, {call me|ring me} now"),
        ["M:{", "Hi", "D:|Hello|Hey}", " Sam, ", "M:{", "call me", "D:|ring me}", " now"]
    );
    assert_eq!(cut("{404-555-0121|678-555-0192}"), ["M:{", "404-555-0121", "D:|678-555-0192}"]);
    for (source, content) in [
        ("{first_name|there}", "first_name|there"),
        ("{FirstName|there}", "FirstName|there"),
        ("{{{first_name}}}", "first_name"),
    ] {
        assert_eq!(cut(source), [format!("P:{content}")]);
    }
}

#[test]
fn a_sign_before_a_placeholder_is_said() {
    assert_eq!(cut("${{amount}} of #{{order}}"), ["$", "P:amount", " of #", "P:order"]);
}

#[test]
fn capitals_are_a_placeholder_where_they_name_what_is_filled_in() {
    assert_eq!(
        cut("Hi NAME, it's YOUR NAME of [COMPANY]. Call CALLBACK NUMBER."),
        ["Hi ", "P:NAME", ", it's ", "P:YOUR NAME", " of ", "P:COMPANY", ". Call ", "P:CALLBACK NUMBER", "."]
    );
    for source in
        ["PLEASE LEAVE YOUR NAME", "IT IS NUMBER ONE", "NAMEs and a COMPANYs", "MY NAME IS ANN", "é NUMBER"]
    {
        assert_eq!(cut(source), [source]);
    }
}

#[test]
fn what_is_not_spoken() {
    assert_eq!(cut("Hi [pause] there"), ["Hi ", "D:[pause]", " there"]);
    assert_eq!(cut("(Optional soft exit line) Bye"), ["D:(Optional soft exit line)", " Bye"]);
    assert_eq!(cut("(warm, unhurried) Hi"), ["D:(warm, unhurried)", " Hi"]);
    assert_eq!(cut("*slowly* now"), ["D:*slowly*", " now"]);
    for told in
        ["[Speak slowly]", "[do not mention the price]", "[with a smile]", "[Agent: stand up]", "[END]"]
    {
        assert_eq!(cut(told), [format!("D:{told}")]);
    }
    assert_eq!(cut("[part] [say their name]"), ["P:part", " ", "P:say their name"]);
    for comment in ["{% comment %}Um.{% endcomment %}", "{{!-- {{x}} --}}", "{{! x }}", "%%[ SET @x = 1 ]%%"]
    {
        assert_eq!(cut(comment), [format!("C:{comment}")]);
    }
    assert_eq!(cut("**Ann**, pause, **Dana**"), ["M:**", "Ann", "M:**", ", pause, ", "M:**", "Dana", "M:**"]);
    assert_eq!(cut("_Slow down for the number._ Now"), ["D:_Slow down for the number._", " Now"]);
    assert_eq!(
        cut("(3 seconds) (use their first name) Hi"),
        ["D:(3 seconds)", " ", "D:(use their first name)", " Hi"]
    );
    assert_eq!(cut("{{#if x}}Hi{{else}}Yo{{/if}}"), ["M:{{#if x}}", "Hi", "M:{{else}}", "Yo", "M:{{/if}}"]);
    assert_eq!(cut("a <!-- b --> c"), ["a ", "C:<!-- b -->", " c"]);
    assert_eq!(cut("<break time=\"1s\"/>Hi"), ["M:<break time=\"1s\"/>", "Hi"]);
    assert_eq!(cut("<% if x %>Hi"), ["M:<% if x %>", "Hi"]);
    assert_eq!(cut("**very** good"), ["M:**", "very", "M:**", " good"]);
    assert_eq!(cut("at __404-555-0142__."), ["at ", "M:__", "404-555-0142", "M:__", "."]);
    assert_eq!(
        cut("see [our site](https://a.example/b)."),
        ["see ", "M:[", "our site", "M:](https://a.example/b)", "."]
    );
    assert_eq!(cut("![map](map.png) Come by"), ["!", "M:[map](map.png)", " Come by"]);
    assert_eq!(cut("- [x] call\n- [ ] wait"), ["- ", "M:[x]", " call\n- ", "M:[ ]", " wait"]);
    assert_eq!(cut("ring[^1] me\n[^1]: a note"), ["ring", "M:[^1]", " me\n", "M:[^1]: a note"]);
}

#[test]
fn what_is_spoken_all_the_same() {
    for source in [
        "I (staffers) do",
        "costs $5",
        "100% sure, 50% off",
        "a < b",
        "(404) 555-0142",
        "<3",
        "snake_case",
        "ann_name@example.com",
        "example.com/first_name",
        "first_name.txt",
        "at 5:30",
        "so: name it",
        "a--frankly--b",
        "I was ~10 minutes",
        "note: call_me",
        "a | b | c",
        "a ~~done~~ deal",
        "example.com/#name#",
        "|name|company|phone|",
        "ring :telephone_receiver: me",
        "<https://example.com>",
        "a] b",
    ] {
        assert_eq!(cut(source), [source]);
    }
}

#[test]
fn unclosed_and_nested_brackets_lose_no_text() {
    for source in ["{{x", "[[", "[a [b] c]", "<!-- no end", "(((((", "___", "{{}}", "[]"] {
        let total: usize =
            pieces(source, Span::new(0, source.len())).iter().map(|p| p.span.end - p.span.start).sum();
        assert_eq!(total, source.len(), "{source}");
    }
}
