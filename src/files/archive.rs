//! Unpacks the files of an archive in memory, within limits.
//!
//! Stops before the limits are exceeded. Does not know the content of the files.

use crc::{CRC_32_ISO_HDLC, Crc, Table};
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use rawzip::{CompressionMethod, ZipArchive, ZipFileHeaderRecord, ZipSliceArchive, ZipVerification};

use crate::files::{MOST_BYTES, MOST_FILES, RefusalReason, Refused};
use crate::order::in_order;

const CHECKSUM: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// The most bytes between two entries: the data descriptor, which repeats the sizes of the previous entry.
const MOST_BETWEEN: u64 = 24;

/// The amounts that may still be unpacked in this import.
pub(super) struct Remaining {
    pub(super) files: usize,
    pub(super) bytes: usize,
}

impl Remaining {
    fn take(&mut self, bytes: usize) -> Result<(), RefusalReason> {
        self.files = self.files.checked_sub(1).ok_or(RefusalReason::TooMuch)?;
        self.bytes = self.bytes.checked_sub(bytes).ok_or(RefusalReason::TooMuch)?;
        Ok(())
    }
}

/// Whether the file starts like an archive, which may be empty.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether the file is an archive that has an entry of this name.
pub(super) fn has(bytes: &[u8], name: &str) -> bool {
    let archive = is_archive(bytes).then(|| ZipArchive::from_slice(bytes).ok()).flatten();
    archive.is_some_and(|archive| {
        let mut entries = archive.entries();
        entries.any(|entry| entry.is_ok_and(|entry| entry.file_path().as_bytes() == name.as_bytes()))
    })
}

/// Calls `read` for each file of an archive, or for the file itself if it is not an archive. Folders are skipped. Each file is
/// dropped before the next one is unpacked.
pub(super) fn unpack(
    name: &str,
    bytes: &[u8],
    remaining: &mut Remaining,
    mut read: impl FnMut(&str, &[u8]) -> Result<(), Refused>,
) -> Result<(), Refused> {
    let refused = |why| Refused::file(name, why);
    if !is_archive(bytes) {
        remaining.take(bytes.len()).map_err(refused)?;
        return read(name, bytes);
    }
    if bytes.len() > MOST_BYTES {
        return Err(refused(RefusalReason::TooMuch));
    }
    let archive = ZipArchive::from_slice(bytes).map_err(|_| refused(RefusalReason::Damaged))?;
    is_whole(&archive, remaining.files).map_err(refused)?;
    for entry in archive.entries() {
        let entry = entry.map_err(|_| refused(RefusalReason::Damaged))?;
        if entry.is_dir() {
            continue;
        }
        let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
        let refused = |why| Refused::file(&name, why);
        let bytes = inflate(&archive, &entry, remaining.bytes).map_err(refused)?;
        remaining.take(bytes.len()).map_err(refused)?;
        read(&name, &bytes)?;
    }
    Ok(())
}

/// Checks that the directory agrees with the entries: it lists each entry once and by its own name, entries do not overlap, and
/// no entry is hidden between them.
fn is_whole(archive: &ZipSliceArchive<&[u8]>, most: usize) -> Result<(), RefusalReason> {
    let mut places: Vec<(u64, u64)> = Vec::new();
    let mut files = 0;
    for entry in archive.entries() {
        let entry = entry.map_err(|_| RefusalReason::Damaged)?;
        files += usize::from(!entry.is_dir());
        if files > most || places.len() > 2 * MOST_FILES {
            return Err(RefusalReason::TooMuch);
        }
        let packed = archive.get_entry(entry.wayfinder()).map_err(|_| RefusalReason::Damaged)?;
        let own = packed.local_header();
        let is_same = own.file_path().as_bytes() == entry.file_path().as_bytes()
            && own.flags() == entry.flags()
            && own.compression_method() == entry.compression_method();
        let sizes = (own.crc32(), own.compressed_size_hint(), own.uncompressed_size_hint());
        let sizes = match packed.data_descriptor().map_err(|_| RefusalReason::Damaged)? {
            Some(sizes) => (sizes.crc32(), sizes.compressed_size(), sizes.uncompressed_size()),
            None => sizes,
        };
        let listed = (entry.crc32(), entry.compressed_size_hint(), entry.uncompressed_size_hint());
        if !is_same || sizes != listed {
            return Err(RefusalReason::Damaged);
        }
        places.push((entry.local_header_offset(), packed.compressed_data_range().1));
    }
    let is_counted = u64::try_from(places.len()).is_ok_and(|count| count == archive.entries_hint());
    places.push((archive.directory_offset(), archive.directory_offset()));
    let places = in_order(places, Ord::cmp);
    let mut until = 0;
    let follows = |(from, to): &(u64, u64)| {
        let gap = from.checked_sub(core::mem::replace(&mut until, *to));
        gap.is_some_and(|gap| gap <= MOST_BETWEEN)
    };
    if is_counted && places.iter().all(follows) { Ok(()) } else { Err(RefusalReason::Damaged) }
}

/// Unpacks one entry. The size in the archive is not trusted, and is checked after unpacking.
fn inflate(
    archive: &ZipSliceArchive<&[u8]>,
    entry: &ZipFileHeaderRecord<'_>,
    most: usize,
) -> Result<Vec<u8>, RefusalReason> {
    if entry.flags().is_encrypted() || entry.flags().has_strong_encryption() {
        return Err(RefusalReason::Packed);
    }
    let packed = archive.get_entry(entry.wayfinder()).map_err(|_| RefusalReason::Damaged)?;
    let bytes = match entry.compression_method() {
        CompressionMethod::STORE if packed.data().len() <= most => packed.data().to_vec(),
        CompressionMethod::STORE => return Err(RefusalReason::TooMuch),
        CompressionMethod::DEFLATE => match decompress_to_vec_with_limit(packed.data(), most) {
            Ok(bytes) => bytes,
            Err(flaw) if flaw.status == TINFLStatus::HasMoreOutput => return Err(RefusalReason::TooMuch),
            Err(_) => return Err(RefusalReason::Damaged),
        },
        _ => return Err(RefusalReason::Packed),
    };
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let unpacked = ZipVerification { crc: CHECKSUM.checksum(&bytes), uncompressed_size: size };
    packed.claim_verifier().valid(unpacked).map_err(|_| RefusalReason::Damaged)?;
    Ok(bytes)
}
