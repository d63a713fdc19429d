//! A form with a file, read part by part as it comes in: the file is never whole in memory.

use crate::{CurrentUser, Fields, PageError, form::not_ours};
use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::header,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::{
    StreamExt, TryStreamExt,
    stream::{self, BoxStream},
};
use g8_core::Incoming;
use g8_domain::{Error, ErrorKind};
use g8_doors::http::{self, HttpState, begin_upload, incoming};
use multer::{Field, Multipart, parse_boundary};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::task::yield_now;

/// The most that the fields before the file may hold.
const MOST: usize = 64 * 1024;
/// The most that is read in search of the file.
const BEFORE: usize = 4 * 1024 * 1024;

/// A form with a file that somebody who is signed in has sent from a page of theirs. The token and the other
/// fields come before the file, and are read and checked before a byte of it is.
pub struct UploadForm {
    pub user: CurrentUser,
    pub fields: Fields,
    /// None where no file was chosen.
    pub file: Option<NamedFile>,
}

/// A file on its way in.
pub struct NamedFile {
    pub name: String,
    pub file: Incoming,
}

impl FromRequest<HttpState> for UploadForm {
    type Rejection = Response;

    async fn from_request(request: Request, site: &HttpState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let user = CurrentUser::from_request_parts(&mut parts, site).await?;
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let boundary = kind.and_then(|kind| parse_boundary(kind).ok());
        let boundary = boundary.ok_or_else(|| refused("The form did not come as one with a file."))?;
        let held = begin_upload(&parts.extensions, user.entry());
        let held = held.map_err(|error| PageError::from(error).into_response())?;
        let seconds = site.app.config.limits.request_seconds;
        let begun = Arc::new(AtomicBool::new(false));
        let body = incoming(&parts.headers, body, seconds);
        let form = Multipart::new(slowly(body, held, &begun), boundary);
        let upload = read(user, form).await.map_err(IntoResponse::into_response)?;
        // From here on, how large the file may be is the operation's to say.
        begun.store(true, Ordering::Relaxed);
        Ok(upload)
    }
}

/// The body, a chunk at a time: the parser takes whatever is ready, and would take a file as fast as it comes.
/// What comes before the file has its limit. Its place among uploads is held as long.
fn slowly(
    body: Incoming,
    held: Option<http::UploadSlot>,
    begun: &Arc<AtomicBool>,
) -> BoxStream<'static, io::Result<Bytes>> {
    let (begun, mut seen) = (Arc::clone(begun), 0);
    // The end is told apart from the last chunk: the parser gives up on a form that comes with its end at once.
    let end = stream::iter([Ok(Bytes::new())]);
    let chunks = body.chunks.chain(end).then(|chunk| async {
        yield_now().await;
        chunk
    });
    let counted = chunks.map(move |chunk| {
        let _ = &held;
        let chunk = chunk?;
        seen += chunk.len();
        let fits = seen <= BEFORE || begun.load(Ordering::Relaxed);
        fits.then_some(chunk).ok_or_else(|| io::Error::other("too much before the file"))
    });
    counted.boxed()
}

async fn read(user: CurrentUser, mut form: Multipart<'static>) -> Result<UploadForm, PageError> {
    let (mut fields, mut room) = (Fields::default(), MOST);
    let mut file = None;
    while let Some(mut part) = form.next_field().await.map_err(broken)? {
        if part.file_name().is_some() {
            file = Some(part);
            break;
        }
        let value = text(&mut part, &mut room).await?;
        fields.push(part.name().unwrap_or_default().to_owned(), value);
    }
    if !user.carries(fields.raw("csrf")) {
        return Err(not_ours());
    }
    Ok(UploadForm { user, fields, file: file.and_then(named) })
}

/// A field's text, out of what room there is left for all.
async fn text(part: &mut Field<'static>, room: &mut usize) -> Result<String, PageError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(broken)? {
        *room = room.checked_sub(chunk.len()).ok_or_else(too_large)?;
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A file that was chosen; browsers send an empty one without a name when none was.
fn named(part: Field<'static>) -> Option<NamedFile> {
    let name = part.file_name().filter(|name| !name.is_empty())?.to_owned();
    let chunks = part.map_err(io::Error::other).boxed();
    Some(NamedFile { name, file: Incoming { chunks, length: None } })
}

fn too_large() -> PageError {
    Error::new(ErrorKind::TooLarge, "The form is too large.").into()
}

fn broken(cause: multer::Error) -> PageError {
    let told = Error::new(ErrorKind::Invalid, "The form broke off; send it again.");
    Error { cause: Some(Box::new(cause)), ..told }.into()
}

fn refused(message: &str) -> Response {
    PageError::from(Error::new(ErrorKind::Invalid, message)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

    #[tokio::test]
    async fn a_file_is_read_no_faster_than_it_is_taken() {
        let (produced, begun) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let counted = Arc::clone(&produced);
        let endless = stream::repeat_with(move || {
            counted.fetch_add(1, Ordering::Relaxed);
            Ok(Bytes::from_static(&[b'a'; 1024]))
        });
        let head = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
        let chunks = stream::iter([Ok(Bytes::from(head))]).chain(endless).boxed();
        let mut form = Multipart::new(slowly(Incoming { chunks, length: None }, None, &begun), "edge");
        let mut file = named(form.next_field().await.unwrap().unwrap()).unwrap().file;
        begun.store(true, Ordering::Relaxed);
        let mut taken = 0;
        while taken < 16 * 1024 * 1024 {
            taken += file.chunks.next().await.unwrap().unwrap().len();
            let ahead = produced.load(Ordering::Relaxed) * 1024 - taken;
            assert!(ahead <= 4096, "{ahead} bytes are held after {taken}");
        }
    }
}
