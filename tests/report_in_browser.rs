//! The page for a coach in a real browser: headless Chromium driven by ChromeDriver (Debian: chromium, chromium-driver).
//!
//! Where these are not installed the tests say so and pass, but for CI, which sets `AFTERBEEP_NEEDS_BROWSER`.

mod common;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use serde_json::{Value, json};
use tempfile::TempDir;

use common::{afterbeep, stderr};

fn skip(reason: &str) {
    assert!(std::env::var_os("AFTERBEEP_NEEDS_BROWSER").is_none(), "{reason}");
    eprintln!("skipped: {reason}");
}

/// A browser with one window; closed when dropped.
struct Browser {
    driver: Child,
    session: String,
}

impl Browser {
    /// `None`, with a word about it, where there is no ChromeDriver or no Chromium.
    fn start() -> Option<Self> {
        let command = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).spawn();
        let Ok(mut driver) = command else {
            skip("chromedriver is not installed (.ci/install browser)");
            return None;
        };
        let lines = BufReader::new(driver.stdout.take().expect("it was piped")).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            let port = line.split_once("on port ")?.1.trim_end_matches('.').to_owned();
            port.parse::<u16>().ok().filter(|port| *port > 0)
        });
        let address =
            format!("http://127.0.0.1:{}/session", port.expect("ChromeDriver says where it listens"));
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--window-size=1280,1000",
            "--autoplay-policy=no-user-gesture-required",
        ];
        let capabilities = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"}}}});
        let answer =
            ureq::post(&address).config().http_status_as_error(false).build().send_json(&capabilities);
        let answer: Value = answer.expect("ChromeDriver answers").body_mut().read_json().expect("JSON");
        let Some(id) = answer["value"]["sessionId"].as_str() else {
            skip(&format!("Chromium does not start: {}", answer["value"]["message"]));
            let _ = driver.kill();
            return None;
        };
        Some(Self { driver, session: format!("{address}/{id}") })
    }

    fn post(&self, command: &str, body: &Value) -> Value {
        let mut answer = ureq::post(&format!("{}/{command}", self.session))
            .config()
            .http_status_as_error(false)
            .build()
            .send_json(body)
            .expect("ChromeDriver answers");
        let answer: Value = answer.body_mut().read_json().expect("JSON");
        assert!(answer["value"]["error"].is_null(), "{command}: {}", answer["value"]["message"]);
        answer["value"].clone()
    }

    fn open(&self, page: &Path) {
        self.post("url", &json!({"url": format!("file://{}", page.display())}));
        assert_eq!(
            self.run("return document.getElementById('table').dataset.ready"),
            "yes",
            "the script ran"
        );
    }

    /// What a script of ours gives.
    fn run(&self, script: &str) -> Value {
        self.post("execute/sync", &json!({"script": script, "args": []}))
    }

    /// As a mouse would.
    fn click(&self, selector: &str) {
        let element = self.post("element", &json!({"using": "css selector", "value": selector}));
        let id =
            element.as_object().and_then(|element| element.values().next()?.as_str()).expect("an element");
        self.post(&format!("element/{id}/click"), &json!({}));
    }

    fn wait_for(&self, condition: &str) {
        let started = Instant::now();
        while self.run(&format!("return {condition}")) != true {
            assert!(started.elapsed() < Duration::from_secs(20), "never true: {condition}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// What the page complained of: an error of its script, something that the policy did not let through.
    fn complaints(&self) -> Vec<String> {
        let log = self.post("se/log", &json!({"type": "browser"}));
        log.as_array().expect("a list").iter().map(|entry| entry["message"].to_string()).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = ureq::delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Three recordings, one of them with a name that would run, and one that is none.
fn reviewed(extra: &[&str]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a temporary folder");
    let speech = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/speech");
    for (from, to) in [
        ("flat.wav", "calls/ann/2026-11-02_flat.wav"),
        ("hesitant-us.wav", "calls/bo/2026-11-03_<script>alert(1)<script>.wav"),
        ("better.wav", "calls/bo/2026-11-04_100% #1?.wav"),
    ] {
        let to = folder.path().join(to);
        fs::create_dir_all(to.parent().expect("a folder")).expect("it is made");
        fs::copy(speech.join(from), to).expect("it is copied");
    }
    fs::write(folder.path().join("calls/ann/2026-11-05_broken.wav"), "no sound").expect("it is written");
    let page = folder.path().join("team.html");
    let output = afterbeep()
        .args(["review", "calls", "--isolated", "--no-cache", "--pattern", "{rep}/{date}_{client}.wav"])
        .args(["--report", "team.html"])
        .args(extra)
        .current_dir(folder.path())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    (folder, page)
}

/// What axe-core finds wrong with the page as it is now: rule, what it is about, where. `None`, with a word about it, where
/// it was not fetched.
fn faults(browser: &Browser) -> Option<Vec<String>> {
    let axe = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../axe-core/axe.min.js");
    let Ok(axe) = fs::read_to_string(axe) else {
        skip("axe-core was not fetched (.ci/install browser)");
        return None;
    };
    // A script of the driver's, so the page's policy is no matter; it gives its result to the last argument.
    let script = format!(
        "{axe}; const done = arguments[arguments.length - 1];
        axe.run().then(found => done({{
            rules: found.passes.length,
            faults: found.violations.flatMap(rule => rule.nodes.map(node => `${{rule.id}} (${{rule.help}}): ${{node.target}}`))
        }}), error => done({{rules: 0, faults: [String(error)]}}))"
    );
    let found = browser.post("execute/async", &json!({"script": script, "args": []}));
    assert!(found["rules"].as_u64().is_some_and(|n_rules| n_rules > 10), "it looked at the page: {found}");
    let faults = found["faults"].as_array().expect("a list");
    Some(faults.iter().map(|fault| fault.as_str().unwrap_or_default().to_owned()).collect())
}

#[test]
fn axe_finds_nothing_in_light_and_dark_overview_and_recording() {
    let Some(browser) = Browser::start() else { return };
    let (_folder, page) = reviewed(&[]);
    browser.post("timeouts", &json!({"script": 120_000}));
    for scheme in ["light", "dark"] {
        let media = json!({"cmd": "Emulation.setEmulatedMedia", "params": {"features": [{"name": "prefers-color-scheme", "value": scheme}]}});
        browser.open(&page);
        browser.post("goog/cdp/execute", &media);
        let Some(overview) = faults(&browser) else { return };
        assert_eq!(overview, [""; 0], "overview, {scheme}");
        browser
            .run("document.querySelector('tr[data-codes~=AD101] button').scrollIntoView({block: 'center'})");
        browser.click("tr[data-codes~=AD101] button");
        browser.wait_for("document.querySelector('audio').readyState > 0");
        assert_eq!(faults(&browser).unwrap_or_default(), [""; 0], "a recording, {scheme}");
    }
    browser.run("document.body.insertAdjacentHTML('beforeend', '<img src=\"x.png\">')");
    let found = faults(&browser).unwrap_or_default();
    assert!(found.iter().any(|fault| fault.starts_with("image-alt")), "it can find something: {found:?}");
}

#[test]
fn it_prints_to_paper() {
    let Some(browser) = Browser::start() else { return };
    let (_folder, page) = reviewed(&[]);
    browser.open(&page);
    let printed = browser.post("print", &json!({}));
    let printed = BASE64.decode(printed.as_str().expect("base64")).expect("base64");
    assert!(printed.starts_with(b"%PDF-") && printed.len() > 10_000, "{} bytes", printed.len());
    let n_pages = String::from_utf8_lossy(&printed).matches("/Type /Page\n").count();
    assert!((1..=20).contains(&n_pages), "{n_pages} pages");
    // What only a screen has a use for is not on paper.
    let media = json!({"cmd": "Emulation.setEmulatedMedia", "params": {"media": "print"}});
    browser.post("goog/cdp/execute", &media);
    let shown = "return Array.from(document.querySelectorAll('form, audio')).filter(part => part.offsetParent).length";
    assert_eq!(browser.run(shown), 0);
    assert_eq!(browser.run("return document.querySelectorAll('tbody tr').length >= 4"), true);
}

const NAMES: &str = "return Array.from(document.querySelectorAll('tbody tr:not([hidden]) .name')).map(cell => cell.textContent)";

#[test]
fn sorts_filters_and_plays_from_where_one_clicks() {
    let Some(browser) = Browser::start() else { return };
    let (_folder, page) = reviewed(&[]);
    browser.open(&page);
    assert_eq!(browser.run("return window.alerted"), Value::Null);
    let names = browser.run(NAMES);
    assert!(names[0].as_str().is_some_and(|name| name.ends_with("broken.wav")), "the worst first: {names}");
    assert!(names.to_string().contains("<script>alert(1)<script>.wav"), "{names}");

    browser.click("th:nth-child(1) button");
    let names = browser.run(NAMES);
    assert!(names[3].as_str().is_some_and(|name| name.ends_with("broken.wav")), "unknown last: {names}");
    assert!(names[0].as_str().is_some_and(|name| name.contains("100% #1?")), "the highest first: {names}");
    assert_eq!(browser.run("return document.querySelector('th').getAttribute('aria-sort')"), "descending");

    browser.run("const find = document.getElementById('find'); find.value = 'FLAT 11-02'; find.dispatchEvent(new Event('input'))");
    assert_eq!(browser.run(NAMES).as_array().map(Vec::len), Some(1));
    browser.click("form button[type=reset]");
    browser.wait_for("document.querySelectorAll('tbody tr:not([hidden])').length == 4");
    browser.run("const who = document.getElementById('person'); who.value = 'bo'; who.dispatchEvent(new Event('input'))");
    assert_eq!(browser.run(NAMES).as_array().map(Vec::len), Some(2));

    // The hesitant one, by the name that would run.
    browser.run("document.querySelector('tr[data-codes~=AD101] button').scrollIntoView({block: 'center'})");
    browser.click("tr[data-codes~=AD101] button");
    browser.wait_for("document.querySelector('audio').readyState > 0");
    let mark = browser.run(
        "const mark = Array.from(document.querySelectorAll('button.mark.filled_pause')).pop(); mark.scrollIntoView({block: 'center'}); mark.id = 'mark'; return mark.getAttribute('aria-label')",
    );
    let seconds: f64 =
        mark.as_str().and_then(|label| label.split_once(" s:")?.0.parse().ok()).expect("its second");
    assert!(seconds > 1.0, "{mark}");
    browser.run("window.times = []; document.querySelector('audio').addEventListener('seeked', event => times.push(event.target.currentTime))");
    browser.click("#mark");
    browser.wait_for("times.length > 0");
    let time = browser.run("return times[0]").as_f64().expect("a time");
    assert!((time - seconds).abs() < 0.3, "the player is at {time}, the event at {seconds}");
    assert_eq!(browser.complaints(), [""; 0]);
}

/// Of `docs/coach.md`: from the top to where to listen in one recording.
#[test]
fn the_picture_of_the_docs_can_be_taken() {
    let Some(browser) = Browser::start() else { return };
    let folder = TempDir::new().expect("a temporary folder");
    common::calls(folder.path());
    let review = ["review", "calls", "--isolated", "--pattern", "{rep}/{date}_{client}.wav"];
    let output = afterbeep().args(review).args(["--report", "team.html"]).current_dir(folder.path()).output();
    assert_eq!(output.expect("the program starts").status.code(), Some(0));
    let size = json!({"width": 1180, "height": 1000, "deviceScaleFactor": 1, "mobile": false});
    let device = |command: &str, parameters: Value| {
        browser.post("goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    };
    device("Emulation.setDeviceMetricsOverride", size);
    browser.open(&folder.path().join("team.html"));
    assert_eq!(browser.run("return document.querySelectorAll('tbody tr .name').length"), 18);
    browser.run("document.querySelector('tr[data-codes~=AD101] button').scrollIntoView({block: 'center'})");
    browser.click("tr[data-codes~=AD101] button");
    browser.wait_for("document.querySelector('audio').readyState > 0");
    let end = "scrollTo(0, 0); return Array.from(document.querySelectorAll('h3, h4')).find(head => head.textContent == 'Scorecard' && head.offsetParent).getBoundingClientRect().top";
    let clip = json!({"x": 0, "y": 0, "width": 1180, "height": browser.run(end), "scale": 1});
    let taken = device("Page.captureScreenshot", json!({"captureBeyondViewport": true, "clip": clip}));
    let picture = BASE64.decode(taken["data"].as_str().expect("base64")).expect("base64");
    assert!(picture.starts_with(b"\x89PNG") && picture.len() > 50_000, "{} bytes", picture.len());
    if common::overwrites() {
        fs::write(common::root().join("docs/coach.png"), picture).expect("it is written");
    }
}

#[test]
fn embedded_sound_plays_without_the_recordings_and_the_page_is_dark_where_that_is_wished() {
    let Some(browser) = Browser::start() else { return };
    let (folder, page) = reviewed(&["--embed-audio"]);
    fs::remove_dir_all(folder.path().join("calls")).expect("they are gone");
    browser.open(&page);
    browser.click("tr[data-codes~=AD105] button");
    browser.wait_for("document.querySelector('audio').duration > 5");
    let paper = "return getComputedStyle(document.body).backgroundColor";
    assert_eq!(browser.run(paper), "rgb(255, 255, 255)");
    let dark = json!({"cmd": "Emulation.setEmulatedMedia", "params": {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}});
    browser.post("goog/cdp/execute", &dark);
    assert_eq!(browser.run(paper), "rgb(20, 24, 29)");
    assert_eq!(browser.complaints(), [""; 0]);
}
