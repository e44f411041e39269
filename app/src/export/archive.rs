use std::io;

use async_zip::{
    Compression, ZipEntryBuilder,
    base::write::{EntryStreamWriter, ZipFileWriter},
    error::ZipError,
};
use axum::body::{Body, Bytes};
use futures_util::{AsyncWriteExt, Stream, StreamExt, stream};
use tokio::io::DuplexStream;
use tokio_util::{compat::Compat, io::ReaderStream};
use tracing::Instrument as _;

use crate::error::AppError;

/// Bytes that may wait to be sent.
const BUFFER: usize = 64 * 1024;

/// A file that is being made while it is sent.
pub struct Download {
    /// What a browser calls it; letters, digits, `-`, `_` and `.`.
    pub file_name: String,
    /// What it is (`Content-Type`).
    pub media_type: &'static str,
    /// The file. It breaks off with an error if it can't be made to the end.
    pub body: Body,
}

/// An archive under way to its reader. Waits when the reader is slow, and fails when there is
/// none any more.
pub(super) struct Archive(ZipFileWriter<Compat<DuplexStream>>);

/// One file of an archive.
pub(super) struct ArchiveFile<'a>(EntryStreamWriter<'a, Compat<DuplexStream>>);

impl Archive {
    /// Begins a file.
    pub(super) async fn file(&mut self, name: &str) -> Result<ArchiveFile<'_>, AppError> {
        let entry = ZipEntryBuilder::new(name.into(), Compression::Deflate);
        let writer = self.0.write_entry_stream(entry).await;
        Ok(ArchiveFile(writer.map_err(broken)?))
    }

    /// Adds `manifest.json` and ends the archive. One that was not ended can't be opened.
    pub(super) async fn end(mut self, manifest: &serde_json::Value) -> Result<(), AppError> {
        let mut file = self.file("manifest.json").await?;
        file.write(&format!("{manifest:#}\n")).await?;
        file.end().await?;
        self.0.close().await.map(|_| ()).map_err(broken)
    }
}

impl ArchiveFile<'_> {
    pub(super) async fn write(&mut self, text: &str) -> Result<(), AppError> {
        let written = self.0.write_all(text.as_bytes()).await;
        written.map_err(|error| broken(ZipError::from(error)))
    }

    pub(super) async fn end(self) -> Result<(), AppError> {
        self.0.close().await.map_err(broken)
    }
}

impl Download {
    /// Answers with what `write` puts into the archive.
    pub(super) fn of<Fut>(
        file_name: String,
        write: impl FnOnce(Archive) -> Fut + Send + 'static,
    ) -> Self
    where
        Fut: Future<Output = Result<(), AppError>> + Send + 'static,
    {
        let (near, far) = tokio::io::duplex(BUFFER);
        let writing = async move {
            let outcome = write(Archive(ZipFileWriter::with_tokio(near))).await;
            if let Err(error) = &outcome {
                tracing::warn!(%error, "an export broke off");
            }
            outcome
        };
        let task = tokio::spawn(writing.in_current_span());
        // The reader's end alone does not tell whether everything was written.
        let verdict = stream::once(async move {
            match task.await {
                Ok(Ok(())) => Ok(Bytes::new()),
                Ok(Err(_)) | Err(_) => Err(io::Error::other("the export broke off")),
            }
        });
        Self {
            file_name,
            media_type: "application/zip",
            body: Body::from_stream(not_empty(ReaderStream::new(far).chain(verdict))),
        }
    }
}

fn not_empty(
    bytes: impl Stream<Item = io::Result<Bytes>>,
) -> impl Stream<Item = io::Result<Bytes>> {
    bytes.filter(|chunk| {
        let keep = !matches!(chunk, Ok(chunk) if chunk.is_empty());
        std::future::ready(keep)
    })
}

/// The reader is gone, which is their right.
fn broken(error: ZipError) -> AppError {
    tracing::debug!(%error, "nobody takes the archive any more");
    AppError::Unavailable
}
