//! The files of an archive, unpacked in memory and within bounds.
//!
//! Knows how much is too much before it is there. Does not know what is in the files.

use crc::{CRC_32_ISO_HDLC, Crc, Table};
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use rawzip::{CompressionMethod, ZipArchive, ZipFileHeaderRecord, ZipSliceArchive, ZipVerification};

use crate::import::{MOST_BYTES, MOST_FILES, Refused, Why};

const CHECKSUM: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// One file.
pub(super) struct File {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Whether it begins as an archive does, with or without files.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The files of an archive, without its folders; or the file itself where it is none.
pub(super) fn unpack(name: &str, bytes: &[u8]) -> Result<Vec<File>, Refused> {
    let refused = |why| Refused::file(name, why);
    if bytes.len() > MOST_BYTES {
        return Err(refused(Why::TooMuch));
    }
    if !is_archive(bytes) {
        return Ok(vec![File { name: name.to_owned(), bytes: bytes.to_vec() }]);
    }
    let archive = ZipArchive::from_slice(bytes).map_err(|_| refused(Why::Damaged))?;
    let mut files = Vec::new();
    let mut left = MOST_BYTES;
    for entry in archive.entries() {
        let entry = entry.map_err(|_| refused(Why::Damaged))?;
        if entry.is_dir() {
            continue;
        }
        if files.len() == MOST_FILES {
            return Err(refused(Why::TooMuch));
        }
        let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
        let bytes = inflate(&archive, &entry, left).map_err(|why| Refused::file(&name, why))?;
        left = left.saturating_sub(bytes.len());
        files.push(File { name, bytes });
    }
    Ok(files)
}

/// What one entry holds. What the archive says of its size is not believed before it is unpacked, then it is checked.
fn inflate(
    archive: &ZipSliceArchive<&[u8]>,
    entry: &ZipFileHeaderRecord<'_>,
    most: usize,
) -> Result<Vec<u8>, Why> {
    if entry.flags().is_encrypted() || entry.flags().has_strong_encryption() {
        return Err(Why::Packed);
    }
    let packed = archive.get_entry(entry.wayfinder()).map_err(|_| Why::Damaged)?;
    let bytes = match entry.compression_method() {
        CompressionMethod::STORE if packed.data().len() <= most => packed.data().to_vec(),
        CompressionMethod::STORE => return Err(Why::TooMuch),
        CompressionMethod::DEFLATE => match decompress_to_vec_with_limit(packed.data(), most) {
            Ok(bytes) => bytes,
            Err(flaw) if flaw.status == TINFLStatus::HasMoreOutput => return Err(Why::TooMuch),
            Err(_) => return Err(Why::Damaged),
        },
        _ => return Err(Why::Packed),
    };
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let unpacked = ZipVerification { crc: CHECKSUM.checksum(&bytes), uncompressed_size: size };
    packed.claim_verifier().valid(unpacked).map_err(|_| Why::Damaged)?;
    Ok(bytes)
}
