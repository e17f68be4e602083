//! What the program prints, one behaviour a file of `tests/cmd`. `TRYCMD=overwrite cargo test --test command_line` writes
//! them anew; read the diff.

#[test]
fn cases() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.trycmd")
        .case("README.md")
        .case("docs/rules.md")
        .case("docs/in-ci.md")
        .case("docs/before-a-call.md")
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .env("LC_ALL", "C.UTF-8")
        .env("NO_COLOR", "1");
}
