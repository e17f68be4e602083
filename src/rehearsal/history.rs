//! Every kept take with its score and its numbers, in an SQLite database that only its owner can read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, TransactionBehavior, params};

use super::entry::{Entry, Number};
use crate::folders;

/// How long one process waits while another writes. A write takes milliseconds.
const WAIT: Duration = Duration::from_secs(10);

/// What each version of the database adds to the one before; SQLite's `user_version` counts those applied. Entries are
/// only ever added at the end.
const MIGRATIONS: &[&str] = &["
    CREATE TABLE takes (
        id INTEGER PRIMARY KEY,
        recorded_at TEXT NOT NULL,
        path TEXT NOT NULL,
        script TEXT,
        message INTEGER NOT NULL,
        script_hash TEXT,
        analysis_version INTEGER NOT NULL,
        score REAL
    ) STRICT;
    CREATE INDEX takes_by_script ON takes (script, message, recorded_at);
    CREATE TABLE measurements (
        take INTEGER NOT NULL REFERENCES takes (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        unit TEXT NOT NULL,
        value REAL,
        reason TEXT,
        PRIMARY KEY (take, name)
    ) STRICT, WITHOUT ROWID;
"];

/// Why the history cannot be read or written. Takes are kept without it.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    #[error(
        "there is no home directory to keep the history in; set XDG_DATA_HOME, or rehearse with --no-history"
    )]
    NoHome,
    #[error("{path}: the history cannot be used ({source}); check that its folder is yours and has room, or rehearse with --no-history",
        path = path.display())]
    Unusable { path: PathBuf, source: rusqlite::Error },
    #[error("{path}: the history cannot be used ({source}); check that its folder is yours and has room, or rehearse with --no-history",
        path = path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("{path}: the history was written by a newer afterbeep; update this one, or rehearse with --no-history", path = path.display())]
    Newer { path: PathBuf },
}

pub struct History {
    path: PathBuf,
    connection: Connection,
}

impl History {
    /// `history.sqlite` among the user's data, made when it is not there. A damaged one is set aside: its new name is
    /// the second value.
    pub fn open() -> Result<(Self, Option<PathBuf>), HistoryError> {
        Self::at(&folders::data().ok_or(HistoryError::NoHome)?.join("history.sqlite"))
    }

    /// As [`Self::open`], but `None` where nothing was ever kept, and a damaged one is an error: who only reads sets
    /// nothing aside.
    pub fn open_existing() -> Result<Option<Self>, HistoryError> {
        let path = folders::data().ok_or(HistoryError::NoHome)?.join("history.sqlite");
        if path.exists() { Self::connect(&path).map(Some) } else { Ok(None) }
    }

    fn at(path: &Path) -> Result<(Self, Option<PathBuf>), HistoryError> {
        match Self::connect(path) {
            Err(HistoryError::Unusable { source, .. }) if is_damage(&source) => {
                let aside = set_aside(path)
                    .map_err(|source| HistoryError::Folder { path: path.to_owned(), source })?;
                Ok((Self::connect(path)?, Some(aside)))
            }
            opened => Ok((opened?, None)),
        }
    }

    fn connect(path: &Path) -> Result<Self, HistoryError> {
        let folder = |source| HistoryError::Folder { path: path.to_owned(), source };
        path.parent().map_or(Ok(()), folders::make_private).map_err(folder)?;
        make_private_file(path).map_err(folder)?;
        let unusable = |source| HistoryError::Unusable { path: path.to_owned(), source };
        let mut connection = Connection::open(path).map_err(unusable)?;
        let version = migrate(&mut connection).map_err(unusable)?;
        if version > MIGRATIONS.len() {
            return Err(HistoryError::Newer { path: path.to_owned() });
        }
        Ok(Self { path: path.to_owned(), connection })
    }

    pub fn add(&mut self, entry: &Entry) -> Result<(), HistoryError> {
        insert(&mut self.connection, entry).map_err(|source| self.unusable(source))
    }

    /// All entries, or those of one script, the oldest first.
    pub fn entries(&self, script: Option<&Path>) -> Result<Vec<Entry>, HistoryError> {
        let script = script.map(|script| script.to_string_lossy().into_owned());
        self.select("WHERE ?1 IS NULL OR script = ?1 ORDER BY recorded_at, id", params![script])
    }

    /// The last take of a message of a script, or (`None`) of nothing in particular.
    pub fn latest(&self, script: Option<&Path>, message: usize) -> Result<Option<Entry>, HistoryError> {
        let script = script.map(|script| script.to_string_lossy().into_owned());
        let condition = "WHERE script IS ?1 AND message = ?2 ORDER BY recorded_at DESC, id DESC LIMIT 1";
        Ok(self.select(condition, params![script, message as i64])?.pop())
    }

    fn select(&self, condition: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<Entry>, HistoryError> {
        let columns = "id, recorded_at, path, script, message, script_hash, analysis_version, score";
        let entries = || {
            let mut takes = self.connection.prepare(&format!("SELECT {columns} FROM takes {condition}"))?;
            let rows: Vec<(i64, Entry)> = takes.query_map(values, entry)?.collect::<Result<_, _>>()?;
            let mut numbers = self.connection.prepare(
                "SELECT name, unit, value, reason FROM measurements WHERE take = ?1 ORDER BY position",
            )?;
            let with_numbers = |(id, mut entry): (i64, Entry)| {
                entry.numbers = numbers.query_map([id], number)?.collect::<Result<_, _>>()?;
                Ok::<_, rusqlite::Error>(entry)
            };
            rows.into_iter().map(with_numbers).collect::<Result<Vec<_>, _>>()
        };
        entries().map_err(|source| self.unusable(source))
    }

    fn unusable(&self, source: rusqlite::Error) -> HistoryError {
        HistoryError::Unusable { path: self.path.clone(), source }
    }
}

/// Brings the database up to date; gives its version. The lock is taken before the version is read, so that of two
/// processes that start at once one migrates and the other finds it done.
fn migrate(connection: &mut Connection) -> rusqlite::Result<usize> {
    connection.busy_timeout(WAIT)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let version = usize::try_from(version).unwrap_or(usize::MAX);
    for migration in MIGRATIONS.iter().skip(version) {
        transaction.execute_batch(migration)?;
    }
    let newest = version.max(MIGRATIONS.len());
    if version < newest {
        transaction.pragma_update(None, "user_version", newest as i64)?;
    }
    let damage: Option<String> =
        transaction.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).optional()?;
    transaction.commit()?;
    match damage {
        Some(text) if text != "ok" => Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
            Some(text),
        )),
        _ => Ok(newest),
    }
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// Renames a damaged database to a name that nothing has.
fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let now = Timestamp::now().strftime("%Y%m%d-%H%M%S");
    for number in 1.. {
        let aside = path.with_file_name(format!("history.damaged-{now}-{number}.sqlite"));
        if !aside.try_exists()? {
            fs::rename(path, &aside)?;
            // What belongs to the damaged one would damage the new one.
            let mut journal = path.as_os_str().to_owned();
            journal.push("-journal");
            match fs::rename(&journal, aside.with_extension("sqlite-journal")) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => return Ok(aside),
            }
        }
    }
    unreachable!("there are more numbers than files")
}

/// SQLite gives its journals the permissions of the database.
fn make_private_file(path: &Path) -> io::Result<()> {
    folders::private_file().append(true).create(true).open(path).map(drop)
}

fn insert(connection: &mut Connection, entry: &Entry) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute(
        "INSERT INTO takes (recorded_at, path, script, message, script_hash, analysis_version, score)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            entry.recorded_at.to_string(),
            entry.path.to_string_lossy(),
            entry.script.as_ref().map(|script| script.to_string_lossy()),
            entry.message as i64,
            entry.script_hash,
            entry.analysis_version,
            entry.score,
        ],
    )?;
    let take = transaction.last_insert_rowid();
    for (position, number) in entry.numbers.iter().enumerate() {
        transaction.execute(
            "INSERT INTO measurements (take, position, name, unit, value, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                take,
                position as i64,
                number.name,
                number.unit,
                number.value.as_ref().ok(),
                number.value.as_ref().err(),
            ],
        )?;
    }
    transaction.commit()
}

fn entry(row: &Row) -> rusqlite::Result<(i64, Entry)> {
    let recorded_at: String = row.get(1)?;
    let recorded_at = recorded_at.parse().map_err(|error: jiff::Error| {
        rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, Box::new(error))
    })?;
    let message: i64 = row.get(4)?;
    let entry = Entry {
        recorded_at,
        path: PathBuf::from(row.get::<_, String>(2)?),
        script: row.get::<_, Option<String>>(3)?.map(PathBuf::from),
        message: usize::try_from(message).unwrap_or(1),
        script_hash: row.get(5)?,
        analysis_version: row.get(6)?,
        score: row.get(7)?,
        numbers: Vec::new(),
    };
    Ok((row.get(0)?, entry))
}

fn number(row: &Row) -> rusqlite::Result<Number> {
    let value: Option<f64> = row.get(2)?;
    let reason: Option<String> = row.get(3)?;
    let value = value.ok_or_else(|| reason.unwrap_or_default());
    Ok(Number { name: row.get(0)?, unit: row.get(1)?, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry_at(second: i64, script: Option<&str>) -> Entry {
        Entry {
            recorded_at: Timestamp::from_second(1_700_000_000 + second).expect("within range"),
            path: PathBuf::from(format!("/takes/take-{second}.wav")),
            script: script.map(PathBuf::from),
            message: 1,
            script_hash: script.map(|_| "0123".to_owned()),
            analysis_version: 1,
            score: (second > 0).then_some(71.25),
            numbers: vec![
                Number { name: "pitch_sd".to_owned(), unit: "semitones".to_owned(), value: Ok(2.5) },
                Number {
                    name: "number_rate".to_owned(),
                    unit: "digits/s".to_owned(),
                    value: Err("no words".to_owned()),
                },
            ],
        }
    }

    fn new() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("data/history.sqlite");
        (folder, path)
    }

    fn opened(path: &Path) -> History {
        let (history, aside) = History::at(path).expect("it opens");
        assert_eq!(aside, None);
        history
    }

    #[test]
    fn what_was_kept_comes_back() {
        let (_folder, path) = new();
        let entries = [entry_at(0, Some("/s/a.md")), entry_at(1, None), entry_at(2, Some("/s/a.md"))];
        for entry in &entries {
            opened(&path).add(entry).expect("it is written");
        }
        let history = opened(&path);
        assert_eq!(history.entries(None).expect("it is read"), entries);
        let script = Path::new("/s/a.md");
        assert_eq!(
            history.entries(Some(script)).expect("it is read"),
            [entries[0].clone(), entries[2].clone()]
        );
        assert_eq!(history.latest(Some(script), 1).expect("it is read").as_ref(), Some(&entries[2]));
        assert_eq!(history.latest(Some(script), 2).expect("it is read"), None);
        assert_eq!(history.latest(None, 1).expect("it is read").as_ref(), Some(&entries[1]));
    }

    #[cfg(unix)]
    #[test]
    fn it_is_private() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path) = new();
        opened(&path).add(&entry_at(0, None)).expect("it is written");
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().expect("it has one"))), (0o600, 0o700));
    }

    #[test]
    fn many_at_once_lose_nothing() {
        let (_folder, path) = new();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let path = &path;
                scope.spawn(move || {
                    for second in 0..10 {
                        opened(path).add(&entry_at(100 * thread + second, None)).expect("it is written");
                    }
                });
            }
        });
        assert_eq!(opened(&path).entries(None).expect("it is read").len(), 40);
    }

    #[test]
    fn a_damaged_one_is_set_aside_and_kept() {
        let (_folder, path) = new();
        opened(&path).add(&entry_at(0, None)).expect("it is written");
        let whole = fs::read(&path).expect("it is there");
        let mut torn = whole.clone();
        torn[4_096..].fill(0x5a);
        for damaged in [b"this is no database, but a letter to my aunt about it".to_vec(), torn] {
            fs::write(&path, &damaged).expect("it is written");
            let (history, aside) = History::at(&path).expect("a new one is begun");
            let aside = aside.expect("the old one was set aside");
            assert_eq!(fs::read(aside).expect("it is there"), damaged);
            assert_eq!(history.entries(None).expect("it is read"), []);
        }
    }

    #[test]
    fn one_of_a_newer_version_is_left_alone() {
        let (_folder, path) = new();
        opened(&path).connection.pragma_update(None, "user_version", 99).expect("it is written");
        assert!(matches!(History::at(&path), Err(HistoryError::Newer { .. })));
    }

    #[test]
    fn a_place_that_cannot_be_written_is_an_error() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        assert!(matches!(
            History::at(&file.path().join("x/history.sqlite")),
            Err(HistoryError::Folder { .. })
        ));
    }
}
