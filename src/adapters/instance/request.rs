//! What a second start says to the first, and how it stands on the wire.
//!
//! One line `dropoff 1 TOKEN WISH COUNT`, then so many paths, each as its length in four bytes, most significant first, and its
//! bytes as the system has them. Whatever is longer, later or other than that is refused.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
};

/// At most so many paths in one request.
pub const MAX_PATHS: usize = 1_000;
/// The longest path of Windows has 32,767 units of two bytes.
const MAX_PATH_BYTES: usize = 64 * 1_024;
/// All paths of one request together.
const MAX_ALL_BYTES: usize = 4 * 1_024 * 1_024;
/// The first line, with its end.
const MAX_LINE_BYTES: u64 = 128;
const NAME: &str = "dropoff";
const VERSION: &str = "1";

/// What a second start wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To see the window, with these files on cards.
    Open,
    /// The Demo.
    Demo,
    /// That the background ends: a window is there now.
    End,
}

/// What a second start says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What it wants.
    pub wish: Wish,
    /// Absolute paths. They may hold a patient's name: never logged.
    pub paths: Vec<PathBuf>,
}

/// What the first says to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// It was done.
    Done,
    /// It was not: this window does something else.
    NotDone,
}

impl Wish {
    const ALL: [Self; 3] = [Self::Open, Self::Demo, Self::End];

    fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Demo => "demo",
            Self::End => "end",
        }
    }
}

/// The first answer: the request came whole and is looked at.
pub(super) const HEARD: &str = "heard\n";

impl Reply {
    pub(super) fn line(self) -> &'static str {
        match self {
            Self::Done => "done\n",
            Self::NotDone => "not done\n",
        }
    }

    pub(super) fn parse(line: &str) -> Option<Self> {
        [Self::Done, Self::NotDone]
            .into_iter()
            .find(|reply| reply.line() == line)
    }
}

/// How many paths from the front of these fit into one request; at least one.
pub(super) fn fitting(paths: &[PathBuf]) -> usize {
    let mut bytes = 0;
    let fit = paths
        .iter()
        .take(MAX_PATHS)
        .take_while(|path| {
            bytes += bytes_of(path).len();
            bytes <= MAX_ALL_BYTES
        })
        .count();
    fit.max(1).min(paths.len())
}

pub(super) fn write(out: &mut impl Write, token: &str, wish: Wish, paths: &[PathBuf]) -> io::Result<()> {
    let mut text = format!("{NAME} {VERSION} {token} {} {}\n", wish.as_str(), paths.len()).into_bytes();
    for path in paths {
        let bytes = bytes_of(path);
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        text.extend(length.to_be_bytes());
        text.extend(bytes);
    }
    out.write_all(&text)?;
    out.flush()
}

/// Reads one request of somebody who knows the token.
pub(super) fn read(input: impl Read, token: &str) -> io::Result<Request> {
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    input.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut line)?;
    let line = String::from_utf8(line).map_err(|_bytes| refused("the first line is no text"))?;
    let line = line
        .strip_suffix('\n')
        .ok_or_else(|| refused("the first line has no end"))?;
    let words: Vec<&str> = line.split(' ').collect();
    let [NAME, VERSION, their_token, wish, count] = words.as_slice() else {
        return Err(refused("the first line is another program's, or another version's"));
    };
    if *their_token != token {
        return Err(refused("the token is not of this run"));
    }
    let wish = Wish::ALL.into_iter().find(|known| known.as_str() == *wish);
    let wish = wish.ok_or_else(|| refused("an unknown wish"))?;
    let count: usize = count.parse().map_err(|_count| refused("no count"))?;
    if count > MAX_PATHS {
        return Err(refused("too many paths"));
    }
    Ok(Request {
        wish,
        paths: read_paths(&mut input, count)?,
    })
}

fn read_paths(input: &mut impl Read, count: usize) -> io::Result<Vec<PathBuf>> {
    let mut left = MAX_ALL_BYTES;
    let mut paths = Vec::new();
    for _ in 0..count {
        let mut length = [0; 4];
        input.read_exact(&mut length)?;
        let length = usize::try_from(u32::from_be_bytes(length)).map_err(io::Error::other)?;
        if length > MAX_PATH_BYTES || length > left {
            return Err(refused("a path is too long"));
        }
        left -= length;
        let mut bytes = vec![0; length];
        input.read_exact(&mut bytes)?;
        let path = path_of(bytes).filter(|path| path.is_absolute());
        paths.push(path.ok_or_else(|| refused("a path is not absolute"))?);
    }
    Ok(paths)
}

fn refused(reason: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(unix)]
pub(super) fn bytes_of(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "on Windows not all bytes are a path")]
pub(super) fn path_of(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Some(std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(windows)]
pub(super) fn bytes_of(path: &Path) -> Vec<u8> {
    use std::os::windows::ffi::OsStrExt;
    path.as_os_str().encode_wide().flat_map(u16::to_le_bytes).collect()
}

#[cfg(windows)]
pub(super) fn path_of(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::windows::ffi::OsStringExt;
    let (units, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = units.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    rest.is_empty().then(|| std::ffi::OsString::from_wide(&units).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "0123456789abcdef";

    fn somewhere(name: &str) -> PathBuf {
        std::env::temp_dir().join(name)
    }

    fn written(wish: Wish, paths: &[PathBuf]) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(&mut bytes, TOKEN, wish, paths).unwrap();
        bytes
    }

    #[track_caller]
    fn check_refused(bytes: &[u8], reason: &str) {
        let refusal = read(bytes, TOKEN).unwrap_err();
        assert!(refusal.to_string().contains(reason), "{refusal}");
    }

    #[test]
    fn a_request_arrives_as_it_was_written() {
        let paths = [somewhere("a b.hl7"), somewhere("ż ñ 名 😀\n.hl7")];
        for wish in Wish::ALL {
            let request = read(written(wish, &paths).as_slice(), TOKEN).unwrap();
            assert_eq!(request.wish, wish);
            assert_eq!(request.paths, paths);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_text_arrives() {
        let path = path_of(b"/export/\xff\xfe.hl7".to_vec()).unwrap();
        let request = read(written(Wish::Open, std::slice::from_ref(&path)).as_slice(), TOKEN).unwrap();
        assert_eq!(request.paths, [path]);
    }

    #[test]
    fn what_is_no_request_is_refused() {
        check_refused(b"", "no end");
        check_refused(b"\0\xff\xfe garbage \x01\n", "no text");
        check_refused(b"GET / HTTP/1.1\r\n\r\n", "another program");
        check_refused(b"dropoff 2 0123456789abcdef open 0\n", "another version");
        check_refused(b"dropoff 1 0123456789abcdee open 0\n", "token");
        check_refused(b"dropoff 1 0123456789abcdef run 0\n", "wish");
        check_refused(b"dropoff 1 0123456789abcdef open -1\n", "count");
        check_refused(b"dropoff 1 0123456789abcdef open 0 \n", "another version");
        check_refused(&written(Wish::Open, &[PathBuf::from("relative.hl7")]), "absolute");
    }

    #[test]
    fn a_line_without_an_end_is_read_no_further_than_its_limit() {
        /// Never ends, and counts.
        struct Endless(usize);
        impl Read for Endless {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                buffer.fill(b'a');
                self.0 += buffer.len();
                Ok(buffer.len())
            }
        }
        let mut endless = Endless(0);
        read(&mut endless, TOKEN).unwrap_err();
        assert!(endless.0 <= 64 * 1_024, "{} bytes", endless.0);
    }

    #[test]
    fn ten_thousand_paths_and_paths_without_measure_are_refused() {
        let many = vec![somewhere("x.hl7"); 10_000];
        check_refused(&written(Wish::Open, &many), "too many");
        let mut long = format!("dropoff 1 {TOKEN} open 1\n").into_bytes();
        long.extend(u32::MAX.to_be_bytes());
        check_refused(&long, "too long");
        let big = vec![somewhere(&"y".repeat(60_000)); 100];
        check_refused(&written(Wish::Open, &big), "too long");
    }

    #[test]
    fn a_request_that_breaks_off_is_refused_wherever_it_does() {
        let whole = written(Wish::Open, &[somewhere("a.hl7"), somewhere("b.hl7")]);
        for end in 0..whole.len() {
            assert!(read(&whole[..end], TOKEN).is_err(), "{end} bytes");
        }
    }

    #[test]
    fn more_paths_than_fit_go_in_several_requests() {
        assert_eq!(fitting(&[]), 0);
        assert_eq!(fitting(&vec![somewhere("x.hl7"); 10_000]), MAX_PATHS);
        let big = vec![somewhere(&"y".repeat(60_000)); 100];
        let fit = fitting(&big);
        assert!(read(written(Wish::Open, &big[..fit]).as_slice(), TOKEN).is_ok());
    }
}
