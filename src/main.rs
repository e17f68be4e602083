use std::process::ExitCode;

fn main() -> ExitCode {
    afterbeep::cli::run()
}
