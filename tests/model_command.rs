//! `afterbeep model`, in a folder of its own.

mod common;

use std::fs;
use std::process::Output;

use tempfile::TempDir;

use common::{afterbeep, stdout};

fn model(data: &TempDir, arguments: &[&str]) -> Output {
    let mut command = afterbeep();
    command.arg("model").args(arguments).env("XDG_DATA_HOME", data.path()).output().expect("it starts")
}

#[track_caller]
fn check(output: &Output, code: i32, says: &str) {
    let text = [output.stdout.as_slice(), &output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    assert!(output.status.code() == Some(code) && text.contains(says), "{:?}: {text}", output.status);
}

#[test]
fn known_models_are_listed_with_what_is_here() {
    let data = TempDir::new().expect("a temporary folder");
    check(&model(&data, &["list"]), 0, "base.en                148 MB   388 MB   4.2 % to 10.2 %    no");
    let folder = data.path().join("afterbeep/models");
    fs::create_dir_all(&folder).expect("made");
    let file = fs::File::create(folder.join("ggml-base.en.bin")).expect("created");
    file.set_len(147_964_211).expect("a file with nothing in it");
    check(&model(&data, &["list"]), 0, "4.2 % to 10.2 %    yes");
    // By its size it is here; its bytes tell the rest.
    check(
        &model(&data, &["verify", "base.en"]),
        2,
        "a03779c86df3323075f5e796cb2ce5029f00ec8869eee3fdfb897afe36c6d002 is right",
    );
    check(&model(&data, &["remove", "base.en"]), 0, "removed");
    check(&model(&data, &["remove", "base.en"]), 2, "afterbeep model get base.en");
    check(&model(&data, &["verify", "ggml-tiny.en.bin"]), 2, "tiny.en is not here");
}

#[test]
fn a_path_is_printed_whether_it_is_there_or_not() {
    let data = TempDir::new().expect("a temporary folder");
    let output = model(&data, &["path", "tiny.en"]);
    let expected = format!("{}\n", data.path().join("afterbeep/models/ggml-tiny.en.bin").display());
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), expected));
}

#[test]
fn an_unknown_name_is_told_with_the_nearest() {
    let data = TempDir::new().expect("a temporary folder");
    check(&model(&data, &["path", "bas.en"]), 2, "did you mean `base.en`?");
    check(&model(&data, &["get", "../secret"]), 2, "no model is called ../secret");
}

#[cfg(not(feature = "download"))]
#[test]
fn a_build_without_download_says_which_feature_brings_it() {
    let data = TempDir::new().expect("a temporary folder");
    check(&model(&data, &["get", "base.en"]), 2, "--features download");
}
