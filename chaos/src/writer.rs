//! Those who write: each repeats a request, with its `Idempotency-Key`, until it is answered.

use crate::{
    Result, clock,
    http::{Ask, Connection},
    ledger::Write,
    world::World,
};
use hyper::StatusCode;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

/// How many write at the same time.
pub const WRITERS: u64 = 8;
/// How long a request may go unanswered, with whatever is killed meanwhile.
const PATIENCE: Duration = Duration::from_secs(90);

/// One who writes.
pub struct Writer {
    world: Arc<World>,
    name: String,
    script: StdRng,
    connection: Option<Connection>,
    /// Contacts that this one has made, and no other changes.
    mine: Vec<i64>,
    count: u64,
}

/// What a request was answered, and after how many tries.
struct Answer {
    status: StatusCode,
    body: Value,
    sends: u64,
}

impl Answer {
    fn id(&self) -> Result<i64> {
        self.body["data"]["id"].as_i64().ok_or_else(|| format!("no id in {}", self.body).into())
    }
}

impl Writer {
    /// The `number`-th.
    pub fn new(world: Arc<World>, number: u64, seed: u64) -> Self {
        let script = StdRng::seed_from_u64(seed.wrapping_mul(31).wrapping_add(number));
        Self { world, name: format!("w{number}"), script, connection: None, mine: Vec::new(), count: 0 }
    }

    /// Writes until it is told to end, or something is refused that should not be.
    pub async fn write(mut self) {
        while !self.world.over.load(Ordering::Relaxed) {
            let wait = Duration::from_millis(self.script.random_range(0..40));
            clock::pause(wait).await;
            if self.world.calm.load(Ordering::Relaxed) {
                continue;
            }
            if let Err(why) = self.step().await {
                self.world.fault(format!("{}: {why}", self.name));
                return;
            }
        }
    }

    async fn step(&mut self) -> Result {
        self.count += 1;
        let some = !self.mine.is_empty();
        match self.script.random_range(0..100) {
            0..15 => self.company().await,
            15..40 if some => self.update().await,
            40..52 if some => self.join().await,
            52..53 => self.import().await,
            _ => self.contact().await,
        }
    }

    async fn contact(&mut self) -> Result {
        let email = format!("{}-{}@people.example", self.name, self.count);
        let list = self.script.random_ratio(1, 4).then(|| self.any_list());
        let mut body = json!({ "work_email": email, "first_name": self.name, "job_title": "new" });
        if let Some(list) = list {
            body["list_id"] = list.into();
        }
        let answer = self.done(Ask::json("POST", "/contacts", &body)).await?;
        let id = answer.id()?;
        self.mine.push(id);
        self.world.ledger.note(Write::Contact { id, email, list })
    }

    async fn company(&mut self) -> Result {
        let domain = format!("{}-{}.example", self.name, self.count);
        let body = json!({ "name": domain, "domain": domain });
        let answer = self.done(Ask::json("POST", "/companies", &body)).await?;
        self.world.ledger.note(Write::Company { id: answer.id()?, domain })
    }

    async fn update(&mut self) -> Result {
        let contact = self.any_of_mine();
        let title = format!("{}-{}", self.name, self.count);
        let ask = Ask::json("PATCH", format!("/contacts/{contact}"), &json!({ "job_title": title }));
        let answer = self.done(ask).await?;
        self.world.ledger.note(Write::Update { contact, title, sends: answer.sends })
    }

    async fn join(&mut self) -> Result {
        let (list, most) = (self.any_list(), self.script.random_range(1..4));
        let mut contacts: Vec<i64> = (0..most).map(|_| self.any_of_mine()).collect();
        contacts.sort_unstable();
        contacts.dedup();
        let ask = Ask::json("POST", format!("/lists/{list}/contacts"), &json!({ "contact_ids": contacts }));
        let answer = self.done(ask).await?;
        if answer.body["data"]["not_found"].as_array().is_some_and(|missing| !missing.is_empty()) {
            return Err(format!("acknowledged contacts are not found: {}", answer.body).into());
        }
        self.world.ledger.note(Write::Joined { list, contacts })
    }

    async fn import(&mut self) -> Result {
        let rows = self.script.random_range(5..60);
        let emails: Vec<String> =
            (0..rows).map(|row| format!("{}-{}-{row}@import.example", self.name, self.count)).collect();
        let begun = self.done(Ask::json("POST", "/imports", &json!({ "format": "csv" }))).await?;
        let id = begun.body["data"]["id"].as_str().ok_or("an import has no id")?.to_owned();
        let file = emails.iter().fold("email\n".to_owned(), |text, email| text + email + "\n");
        let ask = Ask::get(format!("/imports/{id}/file"));
        let ask = Ask { method: "PUT", body: file, media_type: "text/csv", ..ask };
        let answer = self.send(ask).await?;
        // Refused the second time, for it was taken the first.
        let taken = answer.sends > 1 && answer.status == StatusCode::UNPROCESSABLE_ENTITY;
        if !answer.status.is_success() && !taken {
            return Err(format!("a file was refused: {} {}", answer.status, answer.body).into());
        }
        self.world.ledger.note(Write::Import { id, emails })
    }

    fn any_list(&mut self) -> i64 {
        self.world.lists()[self.script.random_range(0..self.world.lists().len())]
    }

    fn any_of_mine(&mut self) -> i64 {
        self.mine[self.script.random_range(0..self.mine.len())]
    }

    /// Sends a request until it is done, once.
    async fn done(&mut self, ask: Ask) -> Result<Answer> {
        let key = format!("{}-{}", self.name, self.count);
        let shown = format!("{} {} {}", ask.method, ask.path, ask.body);
        let answer = self.send(ask.once(key)).await?;
        if !answer.status.is_success() {
            return Err(format!(
                "{shown} was refused at try {}: {} {}",
                answer.sends, answer.status, answer.body
            )
            .into());
        }
        Ok(answer)
    }

    /// Sends a request until it is answered.
    async fn send(&mut self, ask: Ask) -> Result<Answer> {
        let (end, mut sends) = (clock::now() + PATIENCE, 0);
        while clock::now() < end {
            if self.connection.is_none() {
                let any = self.script.random_range(0..8);
                self.connection = self.world.connect(any).await.ok();
            }
            let Some(connection) = &mut self.connection else {
                clock::pause(clock::BEAT).await;
                continue;
            };
            sends += 1;
            match connection.ask(&ask).await {
                Ok((status, body)) if !self.world.is_unwell(status, &body) => {
                    return Ok(Answer { status, body, sends });
                }
                Ok(_) => {}
                // It was killed, or is about to be gone.
                Err(_) => self.connection = None,
            }
            self.world.repeats.fetch_add(1, Ordering::Relaxed);
            clock::pause(clock::BEAT).await;
        }
        Err(format!("{} {} was not answered in {} s", ask.method, ask.path, PATIENCE.as_secs()).into())
    }
}
