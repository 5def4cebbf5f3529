//! The door from the terminal.

fn main() -> std::process::ExitCode {
    guardrail::cli::main()
}
