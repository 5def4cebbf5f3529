//! The entry point of the program: chooses the door.

fn main() -> std::process::ExitCode {
    if guardrail::lambda::is_called() { guardrail::lambda::main() } else { guardrail::cli::main() }
}
