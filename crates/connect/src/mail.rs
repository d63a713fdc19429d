//! The installation's own mail: notifications to its users, through the operator's mail server.

use g8_domain::{Error, Result};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};

/// A mail server and who writes. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// A message to one person.
#[derive(Debug, Clone)]
pub struct Letter<'a> {
    /// Names it for good: a repetition is recognised by it (RFC 5322 §3.6.4).
    pub id: &'a str,
    /// To which address.
    pub to: &'a str,
    /// One line.
    pub subject: &'a str,
    /// Plain text.
    pub text: &'a str,
}

impl Mailer {
    /// A mailer for a server as `smtps://user:password@mail.example.com` (TLS from the start),
    /// `smtp://…?tls=required` (STARTTLS) or `smtp://localhost:25`.
    ///
    /// # Errors
    /// What is wrong with the settings; never the password in them.
    pub fn new(url: &str, from: &str) -> Result<Self, String> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let transport =
            transport.map_err(|_| "mail.url must be as smtps://user:password@mail.example.com".to_owned())?;
        let from = from.parse().map_err(|_| "mail.from must be as g8 <g8@example.com>".to_owned())?;
        Ok(Self { transport: transport.build(), from })
    }

    /// Hands a letter to the mail server.
    ///
    /// # Errors
    /// The server refuses it or is not there.
    pub async fn send(&self, letter: Letter<'_>) -> Result<()> {
        let to: Mailbox = letter.to.parse().map_err(Error::internal)?;
        let id = format!("<{}@{}>", letter.id, self.from.email.domain());
        let message = Message::builder()
            .message_id(Some(id))
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.to_owned())
            .map_err(Error::internal)?;
        self.transport.send(message).await.map(drop).map_err(Error::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_fault_in_the_settings_says_which_and_keeps_the_password_to_itself() {
        let fault = |url, from| Mailer::new(url, from).err().unwrap_or_default();
        assert!(fault("smpt://ann:hunter2@x", "g8 <g8@x.com>").starts_with("mail.url"));
        assert!(!fault("smpt://ann:hunter2@x", "g8 <g8@x.com>").contains("hunter2"));
        assert!(fault("smtp://localhost:25", "nobody").starts_with("mail.from"));
        assert_eq!(fault("smtps://ann:hunter2@mail.example.com", "g8 <g8@x.com>"), "");
    }
}
