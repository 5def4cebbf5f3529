//! The environment of one run of the program: empty, with its own home, a fixed width, language and clock.

use std::fmt;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use serde_json::Value;
use tempfile::TempDir;

/// A few types for tests of other things: their screens do not change when a type is added.
pub const FEW: &str = "ec2-instance,ec2-volume,ec2-snapshot,ec2-address,ec2-nat-gateway,load-balancer,\
classic-load-balancer,rds-instance,rds-cluster,rds-snapshot,opensearch-domain";

/// The account of the credentials; ministack takes it from the access key.
pub const ACCOUNT: &str = "123456789012";
/// The program's current time.
pub const NOW: &str = "2026-11-23T00:00:00Z";
/// A run that takes longer counts as hanging.
const LIMIT: Duration = Duration::from_mins(1);

/// The environment in which the program runs.
pub struct World {
    home: TempDir,
    env: Vec<(String, String)>,
    endpoint: Option<String>,
}

impl World {
    #[must_use]
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name).display().to_string();
        let env = [
            ("HOME", path("")),
            ("XDG_CONFIG_HOME", path(".config")),
            ("XDG_CACHE_HOME", path(".cache")),
            ("AWS_CONFIG_FILE", path(".aws/config")),
            ("AWS_SHARED_CREDENTIALS_FILE", path(".aws/credentials")),
            ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
            ("AWS_MAX_ATTEMPTS", "1".to_owned()),
            ("COLUMNS", "100".to_owned()),
            ("GUARDRAIL_NOW", NOW.to_owned()),
            ("LANG", "C".to_owned()),
        ];
        let env = env.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Self { home, env, endpoint: None }
    }

    #[must_use]
    pub fn env(mut self, key: &str, value: &str) -> Self {
        self.env.retain(|(known, _)| known != key);
        self.env.push((key.to_owned(), value.to_owned()));
        self
    }

    /// Sends requests to this address instead of AWS, with credentials of [`ACCOUNT`].
    #[must_use]
    pub fn endpoint(mut self, url: &str) -> Self {
        self.endpoint = Some(url.to_owned());
        self.env("AWS_ENDPOINT_URL", url)
            .env("AWS_ACCESS_KEY_ID", ACCOUNT)
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_REGION", "us-east-1")
    }

    /// The same on a screen of 80 columns.
    #[must_use]
    pub fn narrow(url: &str) -> Self {
        Self::new().env("COLUMNS", "80").endpoint(url)
    }

    /// Runs the program; the words of `line` are separated by spaces.
    ///
    /// # Panics
    /// It has not ended after a minute.
    #[must_use]
    pub fn run(&self, line: &str) -> Screen {
        self.run_words(&line.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs the program with arguments that may contain spaces.
    ///
    /// # Panics
    /// It has not ended after a minute.
    #[must_use]
    pub fn run_words(&self, words: &[&str]) -> Screen {
        self.watch(self.command(words), LIMIT, |_| ())
    }

    /// Runs a line of the shell, with the program as `$0`.
    ///
    /// # Panics
    /// It has not ended after a minute.
    #[must_use]
    pub fn shell(&self, line: &str) -> Screen {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", line, env!("CARGO_BIN_EXE_guardrail")]);
        command.current_dir(self.home.path()).env_clear().envs(self.env.clone());
        self.watch(command, LIMIT, |_| ())
    }

    /// Runs the program, and calls `meanwhile` before its screen is read.
    ///
    /// # Panics
    /// It has not ended after a minute.
    #[must_use]
    pub fn run_while(&self, line: &str, meanwhile: impl FnOnce(&mut Child)) -> Screen {
        let words: Vec<&str> = line.split_whitespace().collect();
        self.watch(self.command(&words), LIMIT, meanwhile)
    }

    /// The working folder of the program, which is also its home.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guardrail"));
        command.args(words).current_dir(self.home.path()).env_clear().envs(self.env.clone());
        command
    }

    fn watch(&self, mut command: Command, limit: Duration, meanwhile: impl FnOnce(&mut Child)) -> Screen {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        meanwhile(&mut child);
        let (stdout, stderr) = (drained(child.stdout.take()), drained(child.stderr.take()));
        let status = wait(&mut child, limit);
        let text = |pipe: JoinHandle<Vec<u8>>| self.stable(&String::from_utf8_lossy(&pipe.join().unwrap()));
        let code = status.and_then(|status| status.code());
        let screen = Screen { stdout: text(stdout), stderr: text(stderr), code };
        assert!(status.is_some(), "not ended after {limit:?}: {command:?}\n{screen}");
        screen
    }

    /// Replaces values that differ between runs.
    fn stable(&self, text: &str) -> String {
        let text = text.replace(&self.home.path().display().to_string(), "~");
        match &self.endpoint {
            Some(url) => text.replace(url, "http://endpoint"),
            None => text,
        }
    }
}

/// The SDK configuration of the program, for tests below the command line. Without retries.
#[must_use]
pub fn sdk(url: &str) -> SdkConfig {
    let credentials = Credentials::new(ACCOUNT, "secret", None, None, "test");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .endpoint_url(url)
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .region(Region::new("us-east-1"))
        .retry_config(RetryConfig::disabled())
        .build()
}

/// Reads while the program runs: a full pipe would block it.
fn drained(pipe: Option<impl Read + Send + 'static>) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            pipe.read_to_end(&mut bytes).unwrap();
        }
        bytes
    })
}

/// `None` if it had to be killed.
fn wait(child: &mut Child, limit: Duration) -> Option<std::process::ExitStatus> {
    let started = Instant::now();
    while started.elapsed() < limit {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    None
}

/// The result of a run. `code` is `None` if a signal ended it.
#[derive(Debug, Clone)]
pub struct Screen {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

impl Screen {
    /// # Panics
    /// The run ended with another code.
    #[must_use]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "wrong exit code\n{self}");
        self
    }

    /// The report of a run with `--format json`.
    ///
    /// # Panics
    /// Standard output is not JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("not JSON: {error}\n{self}"))
    }
}

impl fmt::Display for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => writeln!(f, "exit {code}")?,
            None => writeln!(f, "ended by a signal")?,
        }
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                writeln!(f, "--- {name}")?;
                f.write_str(text)?;
            }
        }
        Ok(())
    }
}

#[test]
fn a_run_sees_only_the_world() {
    let world = World::new().env("AWS_MAX_ATTEMPTS", "2");
    let mut command = Command::new("/usr/bin/env");
    command.env_clear().envs(world.env.clone());
    let screen = world.watch(command, LIMIT, |_| ()).exits(0);
    let names: Vec<&str> = screen.stdout.lines().filter_map(|line| line.split('=').next()).collect();
    assert_eq!(names.len(), 10, "{screen}");
    assert!(screen.stdout.contains("HOME=~/\n") && screen.stdout.contains("AWS_MAX_ATTEMPTS=2\n"), "{screen}");
}

#[test]
#[should_panic(expected = "not ended after")]
fn a_run_that_hangs_is_ended() {
    let mut command = Command::new("/bin/sleep");
    command.arg("60");
    let _ = World::new().watch(command, Duration::from_millis(50), |_| ());
}
