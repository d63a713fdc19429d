//! The records that a batch of rows is about, stored and new, by what they are recognized by.

use super::{NamedRecord, Names, RowOutcome};
use g8_domain::Issue;
use std::collections::HashMap;

struct Member<R> {
    record: R,
    /// What the database has; none for a new one.
    stored: Option<R>,
    /// The row that speaks of it first.
    row: usize,
}

/// Records by their names, while rows are written into them.
pub(super) struct UpsertBatch<R> {
    members: Vec<Member<R>>,
    by_name: [HashMap<String, usize>; 2],
    /// Of each row, the record it is about, or why it is refused.
    rows: Vec<Result<usize, Vec<Issue>>>,
}

impl<R: NamedRecord> UpsertBatch<R> {
    /// A batch of what is stored.
    pub fn new(stored: Vec<R>) -> Self {
        let mut batch = Self { members: Vec::new(), by_name: Default::default(), rows: Vec::new() };
        for record in stored {
            batch.add(Member { stored: Some(record.clone()), record, row: 0 });
        }
        batch
    }

    fn add(&mut self, member: Member<R>) -> usize {
        self.members.push(member);
        self.index(self.members.len() - 1);
        self.members.len() - 1
    }

    fn index(&mut self, place: usize) {
        for (name, by_name) in self.members[place].record.names().into_iter().zip(&mut self.by_name) {
            if let Some(name) = name {
                by_name.insert(name.clone(), place);
            }
        }
    }

    /// A name that a row replaces is nobody's any more.
    fn forget(&mut self, place: usize) {
        for (name, by_name) in self.members[place].record.names().into_iter().zip(&mut self.by_name) {
            if let Some(name) = name {
                by_name.remove(name);
            }
        }
    }

    /// The next row: `write` writes it into the record that has one of these names, or into a new one.
    pub fn row(&mut self, names: Names<'_>, new: impl FnOnce() -> R, write: impl FnOnce(&mut R)) {
        let placed = self.place(names, new);
        if let Ok(place) = placed {
            self.forget(place);
            write(&mut self.members[place].record);
            self.index(place);
        }
        self.rows.push(placed);
    }

    /// The next row, which cannot be written.
    pub fn refuse(&mut self, issues: Vec<Issue>) {
        self.rows.push(Err(issues));
    }

    fn place(&mut self, names: Names<'_>, new: impl FnOnce() -> R) -> Result<usize, Vec<Issue>> {
        let [first, second] = [0, 1].map(|at| names[at].and_then(|name| self.by_name[at].get(name)).copied());
        match (first, second) {
            (Some(one), Some(other)) if one != other => {
                let (what, taken) = (R::SUBJECT.word(), self.members[other].record.id());
                Err(vec![Issue::new(R::NAMES[1], format!("belongs to another {what} ({taken})"))])
            }
            (one, other) => Ok(one.or(other).unwrap_or_else(|| {
                let row = self.rows.len();
                self.add(Member { record: new(), stored: None, row })
            })),
        }
    }

    /// The records that are to be inserted.
    pub fn new_ones(&self) -> Vec<&R> {
        let new = self.members.iter().filter(|member| member.stored.is_none());
        new.map(|member| &member.record).collect()
    }

    /// Notes the id of a record that was inserted.
    pub fn inserted(&mut self, names: Names<'_>, id: i64) {
        let place = [0, 1].into_iter().find_map(|at| self.by_name[at].get(names[at]?).copied());
        if let Some(place) = place {
            self.members[place].record.set_id(id);
        }
    }

    /// The stored records that are to be updated.
    pub fn changed(&mut self) -> impl Iterator<Item = &mut R> {
        self.members.iter_mut().filter(|member| member.changed()).map(|member| &mut member.record)
    }

    /// The records that are stored now: the new ones, and those that were there and have changed.
    pub fn written(self) -> (Vec<R>, Vec<R>) {
        let (there, new): (Vec<_>, Vec<_>) = self.members.into_iter().partition(|one| one.stored.is_some());
        let changed = there.into_iter().filter(Member::changed).map(|member| member.record);
        let new = new.into_iter().map(|member| member.record).filter(|record| record.id() > 0);
        (new.collect(), changed.collect())
    }

    /// Of each row, the id of its record, and what became of it.
    pub fn outcomes(&mut self) -> (Vec<Option<i64>>, Vec<RowOutcome>) {
        let rows = std::mem::take(&mut self.rows).into_iter().enumerate();
        let outcome = |(row, place): (usize, Result<usize, Vec<Issue>>)| match place {
            Ok(place) => self.members[place].outcome(row),
            Err(issues) => (None, RowOutcome::Refused(issues)),
        };
        rows.map(outcome).unzip()
    }
}

impl<R: NamedRecord> Member<R> {
    fn changed(&self) -> bool {
        self.stored.as_ref().is_some_and(|stored| *stored != self.record)
    }

    fn outcome(&self, row: usize) -> (Option<i64>, RowOutcome) {
        let id = self.record.id();
        match &self.stored {
            // Somebody stored the same name while this batch was being written.
            None if id == 0 => {
                let issue = Issue::new("", "was added by another request meanwhile; import it again");
                (None, RowOutcome::Refused(vec![issue]))
            }
            None if self.row == row => (Some(id), RowOutcome::Created),
            Some(_) if !self.changed() => (Some(id), RowOutcome::Unchanged),
            _ => (Some(id), RowOutcome::Updated),
        }
    }
}
