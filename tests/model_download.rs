//! `model get` against a server on loopback: whatever it does, a model has its name only when it is the right one.
#![cfg(feature = "download")]

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use afterbeep::model::download::{DownloadError, get};
use afterbeep::model::registry::KnownModel;
use afterbeep::model::store::{Store, StoreError, sha256};
use tempfile::TempDir;

use common::{afterbeep, stderr};

/// How the server treats one request.
#[derive(Clone, Copy, PartialEq)]
enum Manners {
    Good,
    /// Says the whole length, sends so many bytes, and hangs up.
    Truncated(usize),
    /// Answers 200 with everything, whatever range was asked for.
    IgnoresRange,
    Status(u16),
    /// A pause between two halves.
    Slow(Duration),
    /// Too much of it, without a length.
    Endless,
}

struct Server {
    base: String,
    /// The `Range` headers that were sent.
    ranges: Arc<Mutex<Vec<Option<String>>>>,
    n_requests: Arc<AtomicUsize>,
}

/// Answers each request with the next of `manners`; the last one stays.
fn serve(body: Vec<u8>, manners: Vec<Manners>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}/models", listener.local_addr().expect("an address"));
    let ranges = Arc::new(Mutex::new(Vec::new()));
    let n_requests = Arc::new(AtomicUsize::new(0));
    let (seen, counted) = (Arc::clone(&ranges), Arc::clone(&n_requests));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let index = counted.fetch_add(1, Ordering::SeqCst);
            let manners = manners[index.min(manners.len() - 1)];
            let (body, seen) = (body.clone(), Arc::clone(&seen));
            thread::spawn(move || {
                let range = request_range(&stream);
                seen.lock().expect("no panic").push(range.clone());
                // A client that hangs up is no concern of the server's.
                let _ = answer(stream, &body, manners, range.as_deref());
            });
        }
    });
    Server { base, ranges, n_requests }
}

fn request_range(stream: &TcpStream) -> Option<String> {
    let lines = BufReader::new(stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let lines: Vec<String> = lines.collect();
    lines.into_iter().find_map(|line| line.to_lowercase().strip_prefix("range: ").map(str::to_owned))
}

fn answer(mut stream: TcpStream, body: &[u8], manners: Manners, range: Option<&str>) -> std::io::Result<()> {
    let offset =
        range.and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse::<usize>().ok());
    let offset = offset.filter(|_| manners != Manners::IgnoresRange).unwrap_or(0);
    let rest = &body[offset.min(body.len())..];
    if let Manners::Status(status) = manners {
        return write!(stream, "HTTP/1.1 {status} No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
    }
    if manners == Manners::Endless {
        write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
        loop {
            stream.write_all(body)?;
        }
    }
    if offset > 0 {
        let (last, total) = (body.len() - 1, body.len());
        write!(stream, "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {offset}-{last}/{total}\r\n")?;
    } else {
        write!(stream, "HTTP/1.1 200 OK\r\n")?;
    }
    write!(stream, "Content-Length: {}\r\nConnection: close\r\n\r\n", rest.len())?;
    match manners {
        Manners::Truncated(n_bytes) => stream.write_all(&rest[..n_bytes.min(rest.len())]),
        Manners::Slow(pause) => {
            let half = rest.len() / 2;
            stream.write_all(&rest[..half])?;
            stream.flush()?;
            thread::sleep(pause);
            stream.write_all(&rest[half..])
        }
        _ => stream.write_all(rest),
    }
}

/// 300,000 bytes that do not repeat soon, so that a part in the wrong place changes the checksum.
fn body() -> Vec<u8> {
    let mut state = 1_u32;
    (0..300_000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect()
}

struct Place {
    folder: TempDir,
    store: Store,
    model: KnownModel,
}

impl Place {
    fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let whole = folder.path().join("whole");
        fs::write(&whole, body()).expect("written");
        let sha256: &'static str = sha256(&whole).expect("read").leak();
        let model = KnownModel { name: "test", bytes: 300_000, memory_mb: 1, word_error_rates: None, sha256 };
        let store = Store { folder: folder.path().join("models") };
        Self { folder, store, model }
    }

    fn get(&self, server: &Server) -> Result<(), DownloadError> {
        get(&self.store, &self.model, &server.base, |_| {}).map(drop)
    }

    fn part(&self) -> PathBuf {
        self.store.path(&self.model).with_extension("bin.part")
    }

    #[track_caller]
    fn assert_whole(&self) {
        assert!(self.store.verify(&self.model).is_ok());
        assert!(!self.part().exists(), "the part is left behind");
    }

    #[track_caller]
    fn assert_nothing(&self) {
        assert!(!self.store.path(&self.model).exists() && !self.part().exists());
    }
}

#[test]
fn a_good_server_is_asked_once() {
    let (place, server) = (Place::new(), serve(body(), vec![Manners::Good]));
    let mut seen = Vec::new();
    get(&place.store, &place.model, &format!("{}/", server.base), |n_bytes| seen.push(n_bytes))
        .expect("it comes");
    place.assert_whole();
    assert!(seen.is_sorted() && seen.last() == Some(&300_000), "{seen:?}");
    place.get(&server).expect("it is here already");
    assert_eq!(server.n_requests.load(Ordering::SeqCst), 1);
}

#[test]
fn a_download_that_breaks_off_goes_on_from_there() {
    let place = Place::new();
    let server = serve(body(), vec![Manners::Truncated(100_000), Manners::Truncated(50_000), Manners::Good]);
    for expected in [100_000, 150_000] {
        match place.get(&server) {
            Err(DownloadError::BrokenOff { n_bytes, .. }) => assert_eq!(n_bytes, expected),
            other => panic!("{other:?}"),
        }
        assert!(!place.store.path(&place.model).exists());
    }
    place.get(&server).expect("the rest comes");
    place.assert_whole();
    let ranges = server.ranges.lock().expect("no panic").clone();
    assert_eq!(ranges, [None, Some("bytes=100000-".to_owned()), Some("bytes=150000-".to_owned())]);
}

#[test]
fn a_server_that_ignores_the_range_sends_it_all_again() {
    let place = Place::new();
    let server = serve(body(), vec![Manners::Truncated(100_000), Manners::IgnoresRange]);
    assert!(matches!(place.get(&server), Err(DownloadError::BrokenOff { .. })));
    place.get(&server).expect("it comes whole");
    place.assert_whole();
}

#[test]
fn what_has_another_checksum_is_thrown_away() {
    let mut wrong = body();
    wrong[200_000] ^= 1;
    let (place, server) = (Place::new(), serve(wrong, vec![Manners::Good]));
    assert!(matches!(place.get(&server), Err(DownloadError::Checksum { .. })));
    place.assert_nothing();
}

#[test]
fn what_is_longer_than_the_model_is_thrown_away() {
    let (place, server) = (Place::new(), serve(body(), vec![Manners::Endless]));
    assert!(matches!(place.get(&server), Err(DownloadError::TooLong { .. })));
    place.assert_nothing();
}

#[test]
fn a_part_that_is_no_part_of_it_starts_anew() {
    let (place, server) = (Place::new(), serve(body(), vec![Manners::Good]));
    fs::create_dir_all(&place.store.folder).expect("made");
    fs::write(place.part(), vec![0; 400_000]).expect("written");
    place.get(&server).expect("it comes");
    place.assert_whole();
    // One that is as long as the model is checked like any other.
    fs::remove_file(place.store.path(&place.model)).expect("removed");
    fs::write(place.part(), vec![0; 300_000]).expect("written");
    assert!(matches!(place.get(&server), Err(DownloadError::Checksum { .. })));
    place.assert_nothing();
    place.get(&server).expect("it comes");
    // A range that cannot be had is asked for from the start.
    let (place, server) = (Place::new(), serve(body(), vec![Manners::Status(416), Manners::Good]));
    fs::create_dir_all(&place.store.folder).expect("made");
    fs::write(place.part(), vec![0; 1000]).expect("written");
    place.get(&server).expect("it comes");
    place.assert_whole();
}

#[test]
fn a_missing_model_and_a_missing_server_are_told() {
    for status in [404, 403, 500] {
        let (place, server) = (Place::new(), serve(body(), vec![Manners::Status(status)]));
        match place.get(&server) {
            Err(DownloadError::Status { status: found, url }) => {
                assert!(found == status && url.ends_with("/models/ggml-test.bin"), "{found} {url}");
            }
            other => panic!("{other:?}"),
        }
        place.assert_nothing();
    }
    let place = Place::new();
    let nobody = Server { base: "http://127.0.0.1:9".to_owned(), ..serve(Vec::new(), vec![Manners::Good]) };
    assert!(matches!(place.get(&nobody), Err(DownloadError::Unreachable { .. })));
}

#[test]
fn only_one_downloads_at_a_time_and_a_slow_one_still_ends_well() {
    let place = Place::new();
    let server = serve(body(), vec![Manners::Slow(Duration::from_millis(1500))]);
    thread::scope(|scope| {
        let first = scope.spawn(|| place.get(&server));
        while server.n_requests.load(Ordering::SeqCst) == 0 {
            thread::sleep(Duration::from_millis(10));
        }
        assert!(matches!(place.get(&server), Err(DownloadError::Busy)));
        first.join().expect("no panic").expect("it comes");
    });
    place.assert_whole();
}

#[test]
fn a_model_that_is_here_and_wrong_is_not_overwritten_unasked() {
    let (place, server) = (Place::new(), serve(body(), vec![Manners::Good]));
    fs::create_dir_all(&place.store.folder).expect("made");
    fs::write(place.store.path(&place.model), b"mine").expect("written");
    assert!(matches!(place.get(&server), Err(DownloadError::Store(StoreError::Size { .. }))));
    assert_eq!(fs::read(place.store.path(&place.model)).expect("read"), b"mine");
}

#[test]
fn where_nothing_can_be_written_is_told() {
    let (mut place, server) = (Place::new(), serve(body(), vec![Manners::Good]));
    place.store = Store { folder: place.folder.path().join("whole/models") };
    assert!(matches!(place.get(&server), Err(DownloadError::Write { .. })));
}

/// The program, killed or ended by Ctrl-C in the middle, leaves a part with which the next run goes on.
#[test]
fn an_interrupted_run_goes_on_later() {
    for signal in ["KILL", "INT"] {
        let data = TempDir::new().expect("a temporary folder");
        let server = serve(vec![7; 200_000], vec![Manners::Slow(Duration::from_secs(30))]);
        let mut child = get_tiny(&data, &server).spawn().expect("it starts");
        let part = part_of_tiny(&data);
        let length = || fs::metadata(&part).ok().map(|metadata| metadata.len());
        let half = Some(100_000);
        let started = Instant::now();
        while length() != half && started.elapsed() < Duration::from_secs(25) {
            thread::sleep(Duration::from_millis(10));
        }
        let kill = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
        assert!(kill.expect("kill runs").success());
        assert!(!child.wait().expect("it ends").success());
        assert_eq!(length(), half, "half of it is here after {signal}");
        let server = serve(vec![7; 200_000], vec![Manners::Good]);
        let output = get_tiny(&data, &server).output().expect("it starts");
        let error = stderr(&output);
        assert_eq!(output.status.code(), Some(2));
        // The lock of the first run is gone with it, and its bytes are counted.
        assert!(error.contains("broke off after 200000 of 77704715 bytes"), "{error}");
        assert_eq!(*server.ranges.lock().expect("no panic"), [Some("bytes=100000-".to_owned())]);
    }
}

/// A limit on the size of files stands for a full disk.
#[test]
fn a_full_disk_keeps_what_came() {
    let data = TempDir::new().expect("a temporary folder");
    let server = serve(body(), vec![Manners::Good]);
    let get = get_tiny(&data, &server);
    let mut limited = Command::new("bash");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$@\"", "bash"]).arg(get.get_program());
    limited.args(get.get_args()).env("XDG_DATA_HOME", data.path());
    let output = limited.output().expect("it starts");
    let error = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{error}");
    let part = part_of_tiny(&data);
    assert!(error.contains("could not be written") && error.contains(&part.display().to_string()), "{error}");
    assert!((1..=102_400).contains(&fs::metadata(part).expect("a part").len()));
}

fn get_tiny(data: &TempDir, server: &Server) -> Command {
    let mut command = afterbeep();
    command.args(["model", "get", "tiny.en", "--from", &server.base]).env("XDG_DATA_HOME", data.path());
    command
}

fn part_of_tiny(data: &TempDir) -> PathBuf {
    data.path().join("afterbeep/models/ggml-tiny.en.bin.part")
}
