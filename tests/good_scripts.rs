//! Good scripts, one a profile and more, written from the advice the rules come from: no false alarm on any of them.

use std::path::Path;
use std::process::Command;

#[test]
fn good_scripts_have_nothing_above_advice() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/scripts");
    let good = folder.join("good");
    let n_good = std::fs::read_dir(&good).expect("the folder is there").count();
    assert!(12 <= n_good, "{n_good} scripts");
    let mut command = Command::new(env!("CARGO_BIN_EXE_afterbeep"));
    command.args(["lint", "--isolated", "--output-format", "concise"]).arg(good);
    for script in ["appointment.md", "demo-better.md", "sequence.md", "template.md"] {
        command.arg(folder.join(script));
    }
    let output = command.output().expect("the binary runs");
    let (printed, complaints) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{printed}{complaints}");
    assert!(complaints.is_empty(), "{complaints}");
}
