//! The entry point of the program.

fn main() -> std::process::ExitCode {
    guardrail::cli::main()
}
