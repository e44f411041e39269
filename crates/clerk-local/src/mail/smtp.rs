//! [`SmtpServer`]: where mails go, and the way there.

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{self, AsyncSmtpTransportBuilder},
};

use crate::{error::LocalError, state::Mail};

/// An SMTP server and the sender it is given.
#[derive(Clone)]
pub struct SmtpServer {
    builder: AsyncSmtpTransportBuilder,
    from: Mailbox,
}

impl SmtpServer {
    /// `url` is `smtp://[user:password@]host[:port][?tls=required|opportunistic]` or
    /// `smtps://…`; `from` is the sender, as `Name <address>` or an address alone.
    ///
    /// # Errors
    /// [`LocalError::Invalid`] when one of them is not of that form; the words don't repeat the
    /// address, which may hold a password.
    pub fn new(url: &str, from: &str) -> Result<Self, LocalError> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| invalid("the address of the SMTP server", &error))?;
        let from = from
            .parse()
            .map_err(|error| invalid("the sender of mails", &error))?;
        Ok(Self { builder, from })
    }
}

fn invalid(what: &str, error: &impl std::fmt::Display) -> LocalError {
    LocalError::Invalid(format!("{what} is not valid: {error}"))
}

/// Sends mails to the server over connections it keeps.
pub(super) struct Transport {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Transport {
    /// To be called on the runtime, which closes idle connections.
    pub(super) fn new(server: &SmtpServer) -> Self {
        Self {
            transport: server.builder.clone().build(),
            from: server.from.clone(),
        }
    }

    /// One attempt.
    ///
    /// # Errors
    /// What stood in the way, in words.
    pub(super) async fn send(&self, mail: &Mail) -> Result<(), String> {
        let to: Mailbox = mail
            .recipient
            .parse()
            .map_err(|error| format!("the recipient: {error}"))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&mail.subject)
            .message_id(Some(format!("<{}@clerk-local>", mail.id)))
            .header(ContentType::TEXT_PLAIN)
            .body(text(mail))
            .map_err(|error| error.to_string())?;
        let sent: Result<_, smtp::Error> = self.transport.send(message).await;
        sent.map(drop).map_err(|error| error.to_string())
    }
}

/// The mail's text, with its code if the text does not say it.
fn text(mail: &Mail) -> String {
    match &mail.code {
        Some(code) if !mail.body.contains(code.as_str()) => format!("{}\n\n{code}\n", mail.body),
        _ => mail.body.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_address_is_refused_without_being_repeated() {
        let from = "Tenantry <no-reply@example.com>";
        assert!(SmtpServer::new("smtp://localhost:2525", from).is_ok());
        assert!(SmtpServer::new("smtps://ann:s3cret@mail.example.com", from).is_ok());
        for (url, from) in [
            ("http://s3cret@localhost", from),
            ("localhost", from),
            ("smtp://localhost", "nobody"),
        ] {
            let error = SmtpServer::new(url, from)
                .err()
                .map(|error| error.to_string());
            assert!(error.is_some_and(|text| !text.contains("s3cret")), "{url}");
        }
    }
}
