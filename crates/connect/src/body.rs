//! What a request carries.

use crate::OutboundError;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use reqwest::{
    Body,
    multipart::{Form, Part},
};
use std::{
    error::Error,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

/// The largest body that is held in memory, in bytes; what is larger is streamed.
pub(crate) const LARGEST: usize = 32 << 20;
/// The most parts of a form.
const PARTS: usize = 100;

/// A body before it is sent.
pub(crate) enum Content {
    None,
    Whole(Bytes),
    Multipart(Form),
    Stream(Body),
}

/// A form of texts and files (RFC 7578), held in memory: at most 100 parts and 32 MiB in all.
pub struct MultipartForm {
    form: Form,
    parts: usize,
    bytes: usize,
    fault: Option<OutboundError>,
}

impl Default for MultipartForm {
    fn default() -> Self {
        // Names as they are, which is what browsers send (WHATWG HTML, multipart form data).
        Self { form: Form::new().percent_encode_noop(), parts: 0, bytes: 0, fault: None }
    }
}

impl MultipartForm {
    /// A form without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    #[must_use]
    pub fn text(self, name: &str, value: &str) -> Self {
        self.part(name, value.len(), || Ok(Part::text(value.to_owned())))
    }

    /// Adds a file with its name and media type, as `text/csv`.
    #[must_use]
    pub fn file(self, name: &str, file_name: &str, media_type: &str, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let (file_name, size) = (file_name.to_owned(), bytes.len());
        self.part(name, size, || {
            if file_name.chars().any(char::is_control) {
                return Err("a file's name holds control characters".to_owned());
            }
            let part = Part::stream_with_length(bytes, size as u64).file_name(file_name);
            part.mime_str(media_type).map_err(|_| "a file's media type is none".to_owned())
        })
    }

    fn part(mut self, name: &str, size: usize, part: impl FnOnce() -> Result<Part, String>) -> Self {
        self.parts += 1;
        self.bytes = self.bytes.saturating_add(size);
        let made =
            if name.is_empty() || name.contains(|char: char| char.is_control() || "\"\\".contains(char)) {
                Err("the name of a form's part is empty or holds quotes or control characters".to_owned())
            } else if self.parts > PARTS || self.bytes > LARGEST {
                Err(format!("a form has at most {PARTS} parts and {LARGEST} bytes"))
            } else {
                part()
            };
        match made {
            Ok(part) => self.form = self.form.part(name.to_owned(), part),
            Err(why) => self.fault = self.fault.or(Some(OutboundError::Request(why))),
        }
        self
    }

    pub(crate) fn finish(self) -> Result<Form, OutboundError> {
        self.fault.map_or(Ok(self.form), Err)
    }
}

/// Whether a connection has taken a request: only then can it have come to anything.
#[derive(Clone, Default)]
pub(crate) struct Sent(Arc<AtomicBool>);

impl Sent {
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn note(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// A body that says when a connection takes it: hyper looks at it once it writes the head, and not before.
pub(crate) struct Tracked {
    pub body: Body,
    pub sent: Sent,
}

impl HttpBody for Tracked {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = self.get_mut();
        this.sent.note();
        Pin::new(&mut this.body).poll_frame(context).map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        self.sent.note();
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
