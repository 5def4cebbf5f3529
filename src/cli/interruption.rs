//! Ctrl-C and SIGTERM: the first signal ends a command in order, the second ends the program at once.

use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::exit::Exit;
use crate::error::{Error, Kind, Result};
use crate::model::Text;

/// Signals this close together count as one: `timeout` sends SIGTERM to the program and to its group.
const ONE: Duration = Duration::from_millis(500);

/// Receives signals from its creation on. Commands that end quickly leave them to the system.
#[derive(Debug, Clone)]
pub struct Interruption(watch::Receiver<bool>);

impl Interruption {
    /// Starts receiving signals.
    ///
    /// # Errors
    /// The system does not allow it.
    pub fn listen() -> Result<Self> {
        let failed = |error| Error::failed(Text::new("error-runtime")).detail(error);
        let mut signals = signals::Signals::new().map_err(failed)?;
        let (first, seen) = watch::channel(false);
        tokio::spawn(async move {
            signals.next().await;
            first.send_replace(true);
            let at = Instant::now();
            while at.elapsed() < ONE {
                signals.next().await;
            }
            std::process::exit(Exit::Interrupted as i32);
        });
        Ok(Self(seen))
    }

    /// Completes at the first signal, also if it came before.
    pub async fn interrupted(&self) {
        let mut seen = self.0.clone();
        if seen.wait_for(|interrupted| *interrupted).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Ends a command between two calls.
    ///
    /// # Errors
    /// Those of the command, or the interruption.
    pub async fn ends<T>(&self, command: impl Future<Output = Result<T>>) -> Result<T> {
        tokio::select! {
            done = command => done,
            () = self.interrupted() => Err(Error::new(Kind::Interrupted, Text::new("error-interrupted"))),
        }
    }

    /// The same for a command that changes something; the next run completes it.
    ///
    /// # Errors
    /// Those of the command, or that it was interrupted.
    pub async fn ends_change<T>(&self, command: impl Future<Output = Result<T>>) -> Result<T> {
        let ended = self.ends(command).await;
        ended.map_err(|error| match error.kind {
            Kind::Interrupted if error.hints.is_empty() => error.hint(Text::new("hint-interrupted")),
            _ => error,
        })
    }
}

#[cfg(unix)]
mod signals {
    use std::io;

    use tokio::signal::unix::{Signal, SignalKind, signal};

    pub struct Signals {
        interrupt: Signal,
        terminate: Signal,
    }

    impl Signals {
        pub fn new() -> io::Result<Self> {
            Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
        }

        pub async fn next(&mut self) {
            tokio::select! {
                _ = self.interrupt.recv() => {}
                _ = self.terminate.recv() => {}
            }
        }
    }
}

#[cfg(windows)]
mod signals {
    use std::io;

    use tokio::signal::windows::{CtrlC, ctrl_c};

    pub struct Signals(CtrlC);

    impl Signals {
        pub fn new() -> io::Result<Self> {
            ctrl_c().map(Self)
        }

        pub async fn next(&mut self) {
            self.0.recv().await;
        }
    }
}
