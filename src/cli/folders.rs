//! `folders`: what is at the registry.

use serde::Serialize;

use crate::{
    app::{
        message::Command,
        model::PasswordState,
        wording::{
            failure::{self, FileFate},
            quantity, terminal,
        },
    },
    build::Session,
    cli::{Exit, input, needs_account, print::Printer},
    domain::remote::{Folder, RemoteFile},
};

#[derive(Serialize)]
struct FoldersReport {
    folders: Vec<FolderReport>,
}

#[derive(Serialize)]
struct FolderReport {
    folder: String,
    files: Vec<FileReport>,
}

#[derive(Serialize)]
struct FileReport {
    name: String,
    bytes: Option<u64>,
    modified: Option<String>,
}

pub(super) fn run(session: &mut Session, printer: &Printer, password_stdin: bool) -> Exit {
    if let Err(exit) =
        needs_account(&session.model, printer).and_then(|()| give_password(session, printer, password_stdin))
    {
        return exit;
    }
    session.command(Command::LookAtRegistry);
    session.run_until(|model| !model.look.running, |_| {});
    let model = &session.model;
    if let Some(trouble) = &model.look.failure {
        printer.explanation(&failure::registry(trouble, FileFate::None, &model.profile));
        return Exit::Failed;
    }
    let Some(seen) = &model.look.seen else {
        printer.error("This computer has no password for the registry.", &[]);
        return Exit::Failed;
    };
    let names = &model.profile.folder_names;
    let report = FoldersReport {
        folders: Folder::ALL
            .into_iter()
            .map(|folder| FolderReport {
                folder: names.name(folder).to_owned(),
                files: seen.files(folder).iter().map(file).collect(),
            })
            .collect(),
    };
    report.folders.iter().for_each(|folder| text(folder, printer));
    printer.json(&report);
    Exit::Done
}

fn file(file: &RemoteFile) -> FileReport {
    FileReport {
        name: file.name.clone(),
        bytes: file.size_bytes,
        modified: file.modified.map(|at| at.format("%Y-%m-%dT%H:%M:%S").to_string()),
    }
}

fn text(folder: &FolderReport, printer: &Printer) {
    printer.line(&format!(
        "{} ({})",
        folder.folder,
        quantity::count(folder.files.len() as u64, "file", "files")
    ));
    for file in &folder.files {
        let size = file.bytes.map_or_else(|| "?".to_owned(), quantity::size);
        printer.line(&format!("  {size:>12}  {}", file.name));
    }
}

/// Waits for the keychain, or takes the password from standard input for this run.
pub(super) fn give_password(session: &mut Session, printer: &Printer, password_stdin: bool) -> Result<(), Exit> {
    if password_stdin {
        let password = input::password_from_stdin(printer)?;
        session.command(Command::UsePasswordOnce(password));
    }
    session.run_until(|model| model.password.is_settled(), |_| {});
    if session.model.has_password() {
        return Ok(());
    }
    let mut details = Vec::new();
    if let PasswordState::Trouble(reason) = &session.model.password {
        details.push(reason.to_string());
    }
    printer.explanation(&terminal::no_password(&session.model.command_line, details));
    Err(Exit::Failed)
}
