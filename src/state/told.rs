//! What notifications have told already, an entry for each account and destination; two runs at once take turns.

use std::time::Duration;

use super::answer::Failure;
use super::store::{Lock, Store};
use crate::error::{Error, Result};
use crate::model::told::Told;
use crate::model::{AccountId, Text};

/// Between two attempts to take the turn; doubled each time.
const SHORTEST: Duration = Duration::from_millis(20);
const LONGEST: Duration = Duration::from_secs(1);

/// The memory of one destination, for the time of one notification.
#[derive(Debug)]
pub struct Turn {
    store: Store,
    key: String,
    lock: Lock,
}

/// What is stored of all destinations of an account.
pub(super) fn level(account: &AccountId) -> String {
    format!("accounts/{account}/told")
}

impl Turn {
    /// Waits for its turn. `destination` is a word of letters and digits, never an address: a key is no secret.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn wait(store: &Store, account: &AccountId, destination: &str) -> Result<Self> {
        let key = format!("{}/{destination}", level(account));
        let mut pause = SHORTEST;
        loop {
            let lock = store.lock(&format!("{key}.lock")).await;
            if let Some(lock) = lock.map_err(|failure| unwritable(store, &key, failure))? {
                return Ok(Self { store: store.clone(), key: format!("{key}.json"), lock });
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST);
        }
    }

    /// What was sent; nothing where the entry is missing or corrupt: a change is rather sent twice than never.
    pub async fn read(&self) -> Told {
        let content = self.store.get(&self.key).await.ok().flatten().unwrap_or_default();
        serde_json::from_slice(&content).unwrap_or_default()
    }

    /// # Errors
    /// The entry cannot be written.
    pub async fn write(&self, told: &Told) -> Result<()> {
        let content = serde_json::to_vec(told).map_err(|error| Error::mistake().detail(error))?;
        let written = self.store.put(&self.key, &content).await;
        written.map_err(|failure| unwritable(&self.store, &self.key, failure))
    }

    /// Lets the next run have its turn.
    pub async fn end(self) {
        self.lock.release().await;
    }
}

fn unwritable(store: &Store, key: &str, failure: Failure) -> Error {
    failure.of(Text::new("error-told-write").with("place", store.place(key)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Files;

    fn store(home: &tempfile::TempDir) -> Store {
        Store::Files(Files::at(home.path()))
    }

    fn account() -> AccountId {
        "123456789012".parse().unwrap()
    }

    #[tokio::test]
    async fn what_was_sent_is_remembered_for_each_destination() {
        let home = tempfile::tempdir().unwrap();
        let told = Told { pending: ["a".to_owned()].into(), ..Told::default() };
        let (store, account) = (store(&home), account());
        let open = async |name| Turn::wait(&store, &account, name).await.unwrap();
        let turn = open("topic").await;
        turn.write(&told).await.unwrap();
        assert_eq!((turn.read().await, open("webhook-1").await.read().await), (told, Told::default()));
        store.put("accounts/123456789012/told/topic.json", b"{").await.unwrap();
        assert_eq!(turn.read().await, Told::default());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn runs_take_turns() {
        let home = tempfile::tempdir().unwrap();
        let count = async |store: Store| {
            for _ in 0..10 {
                let turn = Turn::wait(&store, &account(), "topic").await.unwrap();
                let mut told = turn.read().await;
                told.pending.insert(told.pending.len().to_string());
                turn.write(&told).await.unwrap();
                turn.end().await;
            }
        };
        futures::future::join_all((0..4).map(|_| count(store(&home)))).await;
        assert_eq!(Turn::wait(&store(&home), &account(), "topic").await.unwrap().read().await.pending.len(), 40);
    }
}
