//! What comes in from outside: passwords and the authority's file.

use std::{
    fs::File,
    io::{self, BufRead, IsTerminal, Read},
    path::Path,
};

use crate::{
    cli::{Exit, print::Printer},
    domain::secret::Secret,
};

/// The longest password that is read, in bytes.
const PASSWORD_BYTES: u64 = 1_024;
/// The longest authority file, in bytes.
const AUTHORITY_BYTES: u64 = 256 * 1_024;

/// The first line of standard input, without its end.
pub(super) fn password_from_stdin(printer: &Printer) -> Result<Secret, Exit> {
    let mut line = zeroize::Zeroizing::new(String::new());
    let read = io::stdin().lock().take(PASSWORD_BYTES).read_line(&mut line);
    let password = Secret::new(line.trim_end_matches(['\r', '\n']).to_owned());
    match read {
        Ok(_) if !password.is_empty() => Ok(password),
        Ok(_) => {
            printer.error("There is no password on standard input.", &[]);
            Err(Exit::Usage)
        }
        Err(error) => {
            printer.error("Standard input cannot be read.", &[error.kind().to_string()]);
            Err(Exit::Usage)
        }
    }
}

/// Typed on the terminal without an echo.
pub(super) fn password_from_terminal(printer: &Printer) -> Result<Secret, Exit> {
    if !io::stdin().is_terminal() {
        printer.error("Give the password on standard input with --password-stdin.", &[]);
        return Err(Exit::Usage);
    }
    match rpassword::prompt_password("Password: ") {
        Ok(typed) if !typed.is_empty() => Ok(Secret::new(typed)),
        Ok(_) => {
            printer.error("The password is empty.", &[]);
            Err(Exit::Usage)
        }
        Err(error) => {
            printer.error("The terminal cannot be read.", &[error.kind().to_string()]);
            Err(Exit::Usage)
        }
    }
}

/// The text of an authority's file. One that is too long is refused: cut off, it would be another.
pub(super) fn authority(path: &Path, printer: &Printer) -> Result<String, Exit> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(AUTHORITY_BYTES + 1).read_to_string(&mut text));
    let trouble = match read {
        Ok(length) if length as u64 <= AUTHORITY_BYTES => return Ok(text),
        Ok(_) => "longer than a certificate file".to_owned(),
        Err(error) => error.kind().to_string(),
    };
    printer.error("The authority's file cannot be read.", &[trouble]);
    Err(Exit::Usage)
}
