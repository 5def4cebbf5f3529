//! The program for Lambda: this one or a file, as a zip with a `bootstrap`, checked before anything is uploaded.

use std::fmt::Write as _;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::model::Text;

/// Lambda's limit for the unpacked program.
const MOST: u64 = 250 * 1024 * 1024;
/// The newest glibc of `provided.al2023`.
const GLIBC: u32 = 34;
/// The name that Lambda starts.
const BOOTSTRAP: &str = "bootstrap";

/// A program that Lambda takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    pub zip: Vec<u8>,
    /// Lambda's word for the processor.
    pub architecture: &'static str,
}

impl Program {
    /// A program from the bytes of a file: a Linux program, a shell script, or a zip with a `bootstrap`.
    ///
    /// # Errors
    /// It is none of these, does not fit, or needs a newer system than Lambda's.
    pub fn of(bytes: Vec<u8>) -> Result<Self> {
        if bytes.starts_with(b"PK") {
            let head = bootstrap_of(&bytes)?;
            return Ok(Self { architecture: architecture(&head)?, zip: bytes });
        }
        let architecture = architecture(&bytes)?;
        must_fit(bytes.len() as u64)?;
        must_run(&bytes)?;
        Ok(Self { architecture, zip: zipped(&bytes)? })
    }

    /// Whether a program of so many bytes fits, before it is read.
    ///
    /// # Errors
    /// It is too large.
    pub fn must_fit(size: u64) -> Result<()> {
        must_fit(size)
    }

    /// Its object in the bucket: another program has another name.
    #[must_use]
    pub fn key(&self) -> String {
        format!("program/{}.zip", digest(&self.zip))
    }
}

/// The first half of the SHA-256 of some bytes.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..16].iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// By the machine of an ELF file; a script runs wherever this program does.
fn architecture(bytes: &[u8]) -> Result<&'static str> {
    if bytes.starts_with(b"#!") {
        return Ok(if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" });
    }
    let machine = bytes.get(18..20).filter(|_| bytes.starts_with(b"\x7fELF"));
    match machine {
        Some([0x3e, 0]) => Ok("x86_64"),
        Some([0xb7, 0]) => Ok("arm64"),
        _ => Err(unfit(Text::new("error-program-kind"))),
    }
}

fn must_fit(size: u64) -> Result<()> {
    if size <= MOST {
        return Ok(());
    }
    let megabytes = |size: u64| (size / 1024 / 1024).to_string();
    Err(unfit(Text::new("error-program-size").with("size", megabytes(size)).with("most", megabytes(MOST))))
}

/// A program that is linked to a newer glibc would end at once, with a message that only its log has.
fn must_run(bytes: &[u8]) -> Result<()> {
    const MARK: &[u8] = b"GLIBC_2.";
    let number = |rest: &[u8]| {
        let digits: String = rest.iter().take_while(|it| it.is_ascii_digit()).map(|it| char::from(*it)).collect();
        digits.parse::<u32>().ok()
    };
    let mut newest = 0;
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == MARK[0]) {
        rest = &rest[at..];
        if rest.starts_with(MARK) {
            newest = newest.max(number(&rest[MARK.len()..]).unwrap_or(0));
        }
        rest = &rest[1..];
    }
    if newest <= GLIBC {
        return Ok(());
    }
    Err(unfit(
        Text::new("error-program-glibc").with("version", format!("2.{newest}")).with("most", format!("2.{GLIBC}")),
    ))
}

fn unfit(what: Text) -> Error {
    Error::usage(what).hint(Text::new("hint-program"))
}

/// A zip with one executable file.
fn zipped(program: &[u8]) -> Result<Vec<u8>> {
    let failed = |error: std::io::Error| Error::failed(Text::new("error-render")).detail(error);
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
    deflate.write_all(program).map_err(failed)?;
    let packed = deflate.finish().map_err(failed)?;
    let mut sum = flate2::Crc::new();
    sum.update(program);
    let size = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes();
    // Version, flags, method (deflate), time and date (1980-01-01, so that the same program is the same zip), and the sizes.
    let common = [
        &[20, 0, 0, 0, 8, 0, 0, 0, 0x21, 0][..],
        &sum.sum().to_le_bytes(),
        &size(&packed),
        &size(program),
        &[9, 0, 0, 0],
    ]
    .concat();
    let mut zip = [b"PK\x03\x04", &common[..], BOOTSTRAP.as_bytes(), &packed].concat();
    let start = u32::try_from(zip.len()).unwrap_or(u32::MAX);
    // Made by Unix; the mode 0755 of a regular file.
    let entry = [
        b"PK\x01\x02\x14\x03",
        &common[..],
        &[0; 6],
        &(0o100_755_u32 << 16).to_le_bytes(),
        &[0; 4],
        BOOTSTRAP.as_bytes(),
    ]
    .concat();
    zip.extend(&entry);
    let length = u32::try_from(entry.len()).unwrap_or(u32::MAX);
    zip.extend(
        [b"PK\x05\x06", &[0, 0, 0, 0, 1, 0, 1, 0][..], &length.to_le_bytes(), &start.to_le_bytes(), &[0, 0]].concat(),
    );
    Ok(zip)
}

/// The beginning of the `bootstrap` in a zip, whose files together must fit.
fn bootstrap_of(zip: &[u8]) -> Result<Vec<u8>> {
    let broken = || unfit(Text::new("error-program-zip"));
    let number = |at: usize, length: usize| {
        let bytes = zip.get(at..at + length)?;
        Some(bytes.iter().rev().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte)))
    };
    let end = zip.windows(4).rposition(|four| four == b"PK\x05\x06").ok_or_else(broken)?;
    let entries = number(end + 10, 2).ok_or_else(broken)?;
    let mut at = number(end + 16, 4).ok_or_else(broken)?;
    let (mut size, mut found) = (0, None);
    for _ in 0..entries {
        let field = |offset: usize, length: usize| number(at + offset, length).ok_or_else(broken);
        size += field(24, 4)? as u64;
        let (name, extra, comment) = (field(28, 2)?, field(30, 2)?, field(32, 2)?);
        if zip.get(at + 46..at + 46 + name) == Some(BOOTSTRAP.as_bytes()) {
            found = Some((field(10, 2)?, field(42, 4)?));
        }
        at += 46 + name + extra + comment;
    }
    must_fit(size)?;
    let (method, local) = found.ok_or_else(broken)?;
    let names = number(local + 26, 2).ok_or_else(broken)? + number(local + 28, 2).ok_or_else(broken)?;
    let content = zip.get(local + 30 + names..).ok_or_else(broken)?;
    let mut head = vec![0; 64];
    let mut reader: Box<dyn Read> =
        if method == 0 { Box::new(content) } else { Box::new(DeflateDecoder::new(content)) };
    let mut read = 0;
    while read < head.len() {
        match reader.read(&mut head[read..]) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(_) => return Err(broken()),
        }
    }
    head.truncate(read);
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elf(machine: u8, rest: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0; 18];
        bytes[..4].copy_from_slice(b"\x7fELF");
        bytes.extend([machine, 0]);
        [&bytes, rest].concat()
    }

    fn refused(bytes: Vec<u8>) -> &'static str {
        Program::of(bytes).unwrap_err().what.id
    }

    #[test]
    fn a_program_becomes_a_zip_that_is_read_back() {
        for (machine, architecture) in [(0x3e, "x86_64"), (0xb7, "arm64")] {
            let program = Program::of(elf(machine, &[7; 5000])).unwrap();
            assert_eq!(program.architecture, architecture);
            assert!(program.zip.len() < 500, "{}", program.zip.len());
            assert_eq!(Program::of(program.zip.clone()).unwrap(), program);
        }
        let same = |bytes: &[u8]| Program::of(bytes.to_vec()).unwrap().key();
        assert_eq!(same(b"#!/bin/sh\n"), same(b"#!/bin/sh\n"));
        assert_ne!(same(b"#!/bin/sh\n"), same(b"#!/bin/bash\n"));
    }

    #[test]
    fn what_lambda_would_not_take_is_refused_before_it_is_uploaded() {
        assert_eq!(refused(b"MZ\x90".to_vec()), "error-program-kind");
        assert_eq!(refused(elf(0x28, b"")), "error-program-kind");
        assert_eq!(refused(b"PK\x03\x04 cut off".to_vec()), "error-program-zip");
        assert_eq!(refused(elf(0x3e, b" GLIBC_2.17 GLIBC_2.36 ")), "error-program-glibc");
        assert!(Program::of(elf(0x3e, b" GLIBC_2.34 GGLIBC_2.2.5 ")).is_ok());
        assert_eq!(must_fit(MOST + 1).unwrap_err().what.id, "error-program-size");
        let mut other = Program::of(b"#!/bin/sh\n".to_vec()).unwrap().zip;
        while let Some(at) = other.windows(9).position(|it| it == BOOTSTRAP.as_bytes()) {
            other[at] = b'B';
        }
        assert_eq!(refused(other), "error-program-zip");
    }
}
