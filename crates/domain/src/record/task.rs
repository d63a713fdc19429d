//! Something that somebody is to do.

use super::words;
use crate::Ts;
use uuid::Uuid;

words! {
    /// Where a task stands.
    TaskStatus {
        /// Nobody has begun.
        Open = "open",
        /// Somebody is at it.
        InProgress = "in_progress",
        /// It is done.
        Completed = "completed",
        /// It will not be done.
        Skipped = "skipped",
    }
}

impl TaskStatus {
    /// Whether nothing is left to do.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Completed | Self::Skipped)
    }
}

words! {
    /// What a sequence wants of a person (contract/platform.md §10).
    TaskKind {
        /// A call.
        Call = "CALL",
        /// An answer by e-mail.
        EmailReply = "EMAIL_REPLY",
        /// An answer on LinkedIn.
        LinkedinReply = "LINKEDIN_REPLY",
        /// A look at somebody new.
        NewLeadReview = "NEW_LEAD_REVIEW",
    }
}

words! {
    /// How a call went.
    Disposition {
        /// They answered.
        Answered = "ANSWERED",
        /// A message was left.
        VoicemailLeft = "VOICEMAIL_LEFT",
        /// Nobody answered.
        NoAnswer = "NO_ANSWER",
    }
}

/// A task as stored, with the name of who is to do it and the number of its subtasks.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    pub id: Uuid,
    pub org_id: Uuid,
    pub title: String,
    pub description: Option<String>,
    pub due_date: Option<Ts>,
    pub assignee_id: Option<Uuid>,
    pub status: TaskStatus,
    /// 0 none, 1 urgent, 2 high, 3 normal, 4 low.
    pub priority: i64,
    pub kind: Option<TaskKind>,
    pub task_type: Option<String>,
    pub created_by: Option<String>,
    pub parent_task_id: Option<Uuid>,
    pub subtask_sort_order: Option<i64>,
    pub source_url: Option<String>,
    pub disposition: Option<Disposition>,
    pub reopened_at: Option<Ts>,
    pub skipped_at: Option<Ts>,
    pub completed_at: Option<Ts>,
    pub created_at: Ts,
    pub updated_at: Ts,
    /// Read with the row, written nowhere.
    pub assignee_name: Option<String>,
    pub subtask_count: i64,
    pub completed_subtask_count: i64,
}

/// A record that a task is about.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskLink {
    pub task_id: Uuid,
    /// As `contact:5`.
    pub subject: String,
    /// 0 for what it is mainly about.
    pub place: i64,
}
