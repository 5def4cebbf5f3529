//! Two AWS emulators from `PyPI`, in pinned virtual environments that the tests create, and scripts that run there.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Read, Seek, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::world::ACCOUNT;

/// A loaded machine needs long, an idle one two seconds.
const PATIENCE: Duration = Duration::from_mins(1);

/// A kind of emulator.
#[derive(Clone, Copy, PartialEq)]
pub struct Kind {
    name: &'static str,
    module: &'static str,
    /// A path that answers 200 once the emulator is up.
    health: &'static str,
    /// A path that resets all accounts.
    reset: &'static str,
    env: &'static [(&'static str, &'static str)],
}

/// Budgets, alarms, topics, trails: `init`, `check` and `remove`.
pub const MINISTACK: Kind =
    Kind { name: "ministack", module: "ministack", health: "/_ministack/health", reset: "/_ministack/reset", env: &[] };
/// The same with its IAM enabled. A key of twelve digits is its account's root, with this secret.
pub const ENFORCING: Kind = Kind { env: &[("AUTH", "true"), ("AWS_SECRET_ACCESS_KEY", "secret")], ..MINISTACK };
/// The widest choice of charged resources: `sweep`.
pub const MOTO: Kind =
    Kind { name: "moto", module: "moto.server", health: "/moto-api/", reset: "/moto-api/reset", env: &[] };

/// The processes that are currently unused: starting one takes seconds of processor time, resetting one 20 ms. They end with
/// this process (`hold.py`).
static IDLE: Mutex<Vec<Process>> = Mutex::new(Vec::new());

/// An empty emulator for one test; other tests use its process afterwards.
pub struct Emulator {
    pub url: String,
    /// `None` only while it is dropped.
    process: Option<Process>,
}

/// A running emulator; killed when dropped.
struct Process {
    url: String,
    kind: Kind,
    child: Child,
    /// Its home folder.
    home: PathBuf,
}

impl Emulator {
    /// # Panics
    /// It does not start.
    #[must_use]
    pub fn start(kind: Kind) -> Self {
        let idle = || {
            let mut idle = IDLE.lock().unwrap();
            let place = idle.iter().position(|process| process.kind == kind)?;
            Some(idle.swap_remove(place))
        };
        // A process that cannot be reset is dropped.
        let process = std::iter::from_fn(idle).find(Process::empty).unwrap_or_else(|| Process::start(kind));
        Self { url: process.url.clone(), process: Some(process) }
    }

    /// An account with billing alerts enabled: ministack has no such preference, only its figures.
    #[must_use]
    pub fn ministack() -> Self {
        let stack = Self::start(MINISTACK);
        let at = Timestamp::now() - SignedDuration::from_hours(1);
        let metric = "MetricData.member.1";
        let body = format!(
            "Action=PutMetricData&Version=2010-08-01&Namespace=AWS/Billing&{metric}.MetricName=EstimatedCharges\
             &{metric}.Value=1.5&{metric}.Timestamp={at:.0}&{metric}.Dimensions.member.1.Name=Currency\
             &{metric}.Dimensions.member.1.Value=USD"
        );
        let head = format!("POST / HTTP/1.1\r\n{}", signed("monitoring"));
        let answer = status_line(&stack.url, &head, &body, PATIENCE);
        assert!(answer.as_ref().is_some_and(|line| line.contains(" 200")), "no figures were put: {answer:?}");
        stack
    }

    #[must_use]
    pub fn moto() -> Self {
        Self::start(MOTO)
    }

    /// Runs a script of `tests/emulators/` on this emulator and returns its output.
    ///
    /// # Panics
    /// It fails, or does not print JSON.
    #[must_use]
    pub fn python(&self, script: &str, args: &[&str]) -> Value {
        let name = self.process.as_ref().unwrap().kind.name;
        self.script(name, script, args, Stdio::null())
    }

    /// Runs a script of another environment on this emulator, with this on its standard input.
    ///
    /// # Panics
    /// It fails, or does not print JSON.
    #[must_use]
    pub fn python_of(&self, name: &str, script: &str, input: &str) -> Value {
        let mut given = tempfile::tempfile().unwrap();
        given.write_all(input.as_bytes()).unwrap();
        given.rewind().unwrap();
        self.script(name, script, &[], given.into())
    }

    fn script(&self, name: &str, script: &str, args: &[&str], input: Stdio) -> Value {
        let process = self.process.as_ref().unwrap();
        let mut command = bare(&python(name), &process.home);
        command.arg(scripts().join(script)).args(args).stdin(input);
        command.envs([
            ("AWS_ENDPOINT_URL", &*self.url),
            ("AWS_ACCESS_KEY_ID", ACCOUNT),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_DEFAULT_REGION", "us-east-1"),
        ]);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{script} {args:?}\n{}\n{}", shown(&output), tail(&process.log()));
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{script}: {error}\n{}", shown(&output)))
    }
}

impl Drop for Emulator {
    /// A failed test may have left anything in it.
    fn drop(&mut self) {
        let process = self.process.take().filter(|_| !std::thread::panicking());
        if let (Some(process), Ok(mut idle)) = (process, IDLE.lock()) {
            idle.push(process);
        }
    }
}

impl Process {
    fn start(kind: Kind) -> Self {
        let python = python(kind.name);
        // Another process may take the port between finding and binding it.
        let mut said = String::new();
        for _ in 0..5 {
            match Self::attempt(kind, &python) {
                Ok(process) => return process,
                Err(log) => said = log,
            }
        }
        panic!("{} does not start:\n{said}", kind.name);
    }

    fn attempt(kind: Kind, python: &Path) -> Result<Self, String> {
        let home = tempfile::tempdir().unwrap().keep();
        let log = File::create(home.join("log")).unwrap();
        let port = free_port();
        let mut command = bare(python, &home);
        command.arg(scripts().join("hold.py")).arg(kind.module).envs(kind.env.iter().copied());
        match kind.name {
            "moto" => command.args(["-H", "127.0.0.1", "-p", &port]).env("MOTO_EC2_LOAD_DEFAULT_AMIS", "false"),
            _ => command.env("BIND_HOST", "127.0.0.1").env("GATEWAY_PORT", &port),
        };
        command.stdin(Stdio::piped()).stdout(log.try_clone().unwrap()).stderr(log);
        let url = format!("http://127.0.0.1:{port}");
        let mut process = Self { url, kind, child: command.spawn().unwrap(), home };
        if !process.is_up() {
            return Err(process.log());
        }
        if kind.name == "ministack" {
            // The first request to an unknown service blocks the emulator for seconds.
            let target = "X-Amz-Target: AWSFreeTierService.GetAccountPlanState";
            let head = format!("POST / HTTP/1.1\r\n{target}\r\n{}", signed("freetier"));
            let _ = status_line(&process.url, &head, "", PATIENCE);
        }
        Ok(process)
    }

    fn is_up(&mut self) -> bool {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            let answers = healthy(&self.url, self.kind.health);
            // Checked after the answer: another process may have answered on this port.
            if self.child.try_wait().unwrap().is_some() {
                return false;
            }
            if answers {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// Resets every account. `false` if it does not answer.
    fn empty(&self) -> bool {
        let answer = status_line(&self.url, &format!("POST {} HTTP/1.1", self.kind.reset), "", PATIENCE);
        answer.is_some_and(|line| line.contains(" 200"))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.home.join("log")).unwrap_or_default()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.home);
    }
}

/// Runs a script of `tests/emulators/` in this environment, with this on its standard input.
///
/// # Panics
/// It fails, or does not print JSON.
#[must_use]
pub fn run_script(name: &str, script: &str, input: &str) -> Value {
    read(script, &printed(name, script, input))
}

/// The same for a script that prints a line of JSON for each line it reads.
///
/// # Panics
/// It fails, or prints something else.
#[must_use]
pub fn run_lines(name: &str, script: &str, input: &str) -> Vec<Value> {
    printed(name, script, input).lines().map(|line| read(script, line)).collect()
}

fn read(script: &str, json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{script}: {error}\n{json}"))
}

fn printed(name: &str, script: &str, input: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut given = tempfile::tempfile().unwrap();
    given.write_all(input.as_bytes()).unwrap();
    given.rewind().unwrap();
    let output = bare(&python(name), home.path()).arg(scripts().join(script)).stdin(given).output().unwrap();
    assert!(output.status.success(), "{script}\n{}", shown(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// The interpreter of this environment, which is created first if it is missing.
///
/// # Panics
/// `python3` is missing, or the packages cannot be installed.
#[must_use]
pub fn python(name: &str) -> PathBuf {
    let requirements = scripts().join(format!("requirements-{name}.txt"));
    let base = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("emulators");
    let mut hasher = DefaultHasher::new();
    fs::read(&requirements).unwrap().hash(&mut hasher);
    let folder = base.join(format!("{name}-{:016x}", hasher.finish()));
    if !folder.join("complete").exists() {
        fs::create_dir_all(&base).unwrap();
        // Tests run concurrently, in threads and in processes; one creates it, the others wait.
        let lock = File::create(base.join(format!("{name}.lock"))).unwrap();
        lock.lock().unwrap();
        if !folder.join("complete").exists() {
            make(&folder, &requirements);
        }
    }
    folder.join("bin/python")
}

/// An incomplete environment has no `complete` file and is replaced.
fn make(folder: &Path, requirements: &Path) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    must(Command::new("python3").args(["-m", "venv"]).arg(folder));
    let pip = || {
        let mut pip = Command::new(folder.join("bin/python"));
        pip.args(["-m", "pip", "--quiet", "--disable-pip-version-check"]);
        pip
    };
    must(pip().args(["install", "--no-deps", "--requirement"]).arg(requirements));
    must(pip().arg("check"));
    File::create(folder.join("complete")).unwrap();
}

fn must(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}\n{}", shown(&output));
}

/// Python without the user's environment.
fn bare(python: &Path, home: &Path) -> Command {
    let mut command = Command::new(python);
    command.env_clear().env("HOME", home).env("TMPDIR", home).env("LANG", "C.UTF-8").env("AWS_MAX_ATTEMPTS", "1");
    command.env("AWS_EC2_METADATA_DISABLED", "true").env("PYTHONDONTWRITEBYTECODE", "1").current_dir(home);
    command
}

pub fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/emulators")
}

fn free_port() -> String {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port().to_string()
}

fn healthy(url: &str, path: &str) -> bool {
    let status = status_line(url, &format!("GET {path} HTTP/1.1"), "", Duration::from_secs(5));
    status.is_some_and(|line| line.contains(" 200"))
}

/// The authorization header, which names account and service; emulators do not verify its signature.
fn signed(service: &str) -> String {
    let scope = format!("{ACCOUNT}/20260101/us-east-1/{service}/aws4_request");
    format!("Authorization: AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0")
}

/// The first line of the answer to a request of these lines and this body.
fn status_line(url: &str, head: &str, body: &str, patience: Duration) -> Option<String> {
    let address = url.trim_start_matches("http://");
    let mut stream = std::net::TcpStream::connect(address).ok()?;
    let mut answer = String::new();
    stream.set_read_timeout(Some(patience)).ok()?;
    let form = "Content-Type: application/x-www-form-urlencoded";
    let length = format!("Content-Length: {}", body.len());
    write!(stream, "{head}\r\nHost: {address}\r\nConnection: close\r\n{form}\r\n{length}\r\n\r\n{body}").ok()?;
    stream.read_to_string(&mut answer).ok()?;
    answer.lines().next().map(str::to_owned)
}

fn shown(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn tail(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(30)..].join("\n")
}
