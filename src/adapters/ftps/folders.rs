//! Where an account's four folders are: found by listing, whatever the case of their names.

use crate::{
    adapters::ftps::{
        listing::{Entry, Kind},
        reply::failure,
    },
    domain::{
        account::ImportCode,
        failure::{RegistryFailure, Step, Trouble},
        profile::FolderNames,
        remote::Folder,
    },
};

/// The names to look for, and where.
#[derive(Debug, Clone)]
pub(super) struct Places {
    pub(super) names: FolderNames,
    pub(super) users_folder: String,
}

/// The folders that were found, each with its path.
pub(super) type Found = Vec<(Folder, String)>;

/// Lists the folder at a path: `None` where the server says that it is not there.
pub(super) type Lister<'a> = dyn FnMut(&str) -> Result<Option<Vec<Entry>>, RegistryFailure> + 'a;

impl Places {
    /// Looks among the entries of the login folder `base`, and then, for what is not there, under the users folder.
    pub(super) fn find(
        &self,
        base: &str,
        home: &[Entry],
        code: &ImportCode,
        lister: &mut Lister<'_>,
    ) -> Result<Found, RegistryFailure> {
        let mut found = Found::new();
        self.take(&mut found, base, home);
        if found.len() < Folder::ALL.len()
            && let Some((base, entries)) = self.own_folder(code, lister)?
        {
            self.take(&mut found, &base, &entries);
        }
        match Folder::ALL
            .into_iter()
            .find(|folder| path_of(&found, *folder).is_none())
        {
            Some(missing) => Err(failure(
                Trouble::FolderMissing(missing),
                Step::Folders,
                format!("no folder {}", self.names.name(missing)),
            )),
            None => Ok(found),
        }
    }

    /// `<users folder>/<import code>`, whatever the case of the code, and what is in it.
    fn own_folder(
        &self,
        code: &ImportCode,
        lister: &mut Lister<'_>,
    ) -> Result<Option<(String, Vec<Entry>)>, RegistryFailure> {
        let direct = join(&self.users_folder, code.as_str());
        if let Some(entries) = lister(&direct)?.filter(|entries| !entries.is_empty()) {
            return Ok(Some((direct, entries)));
        }
        let users = lister(&self.users_folder)?.unwrap_or_default();
        let Some(name) = folder_named(&users, code.as_str()) else {
            return Ok(None);
        };
        let path = join(&self.users_folder, name);
        Ok(lister(&path)?.map(|entries| (path, entries)))
    }

    fn take(&self, found: &mut Found, base: &str, entries: &[Entry]) {
        for folder in Folder::ALL {
            if path_of(found, folder).is_none()
                && let Some(name) = folder_named(entries, self.names.name(folder))
            {
                found.push((folder, join(base, name)));
            }
        }
    }
}

/// The name as the server writes it. An exact match is taken before one that differs in case.
fn folder_named<'a>(entries: &'a [Entry], wanted: &str) -> Option<&'a str> {
    let folders = || entries.iter().filter(|entry| entry.kind != Kind::File);
    folders()
        .find(|entry| entry.name == wanted)
        .or_else(|| folders().find(|entry| entry.name.eq_ignore_ascii_case(wanted)))
        .map(|entry| entry.name.as_str())
}

/// The path of a folder among those that were found.
pub(super) fn path_of(found: &Found, folder: Folder) -> Option<&str> {
    found
        .iter()
        .find(|(this, _)| *this == folder)
        .map(|(_, path)| path.as_str())
}

/// A path below a folder.
pub(super) fn join(base: &str, name: &str) -> String {
    if base.is_empty() || base.ends_with('/') {
        format!("{base}{name}")
    } else {
        format!("{base}/{name}")
    }
}

/// The path in `257 "/home/it""s" is the current directory`. Only an absolute path that fits on one line is believed.
pub(super) fn quoted(body: &str) -> Option<String> {
    let (_, rest) = body.split_once('"')?;
    let (path, _) = rest.rsplit_once('"')?;
    let path = path.replace("\"\"", "\"");
    (path.starts_with('/') && path.len() <= 1024 && !path.chars().any(char::is_control)).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(kind: Kind, name: &str) -> Entry {
        Entry {
            kind,
            name: name.to_owned(),
            size_bytes: None,
            modified: None,
        }
    }

    #[test]
    fn a_folder_is_found_without_case_but_the_exact_name_wins() {
        let entries = [
            entry(Kind::File, "Accepted"),
            entry(Kind::Folder, "ACCEPTED"),
            entry(Kind::Link, "receive"),
        ];
        assert_eq!(folder_named(&entries, "Accepted"), Some("ACCEPTED"));
        assert_eq!(folder_named(&entries, "Receive"), Some("receive"));
        assert_eq!(folder_named(&entries, "HL7-Dropoff"), None);
        let both = [entry(Kind::Folder, "ACCEPTED"), entry(Kind::Folder, "Accepted")];
        assert_eq!(folder_named(&both, "Accepted"), Some("Accepted"));
    }

    fn places() -> Places {
        Places {
            names: FolderNames {
                dropoff: "HL7-Dropoff".to_owned(),
                accepted: "Accepted".to_owned(),
                reports: "DQA-Reports".to_owned(),
                receive: "Receive".to_owned(),
            },
            users_folder: "/users".to_owned(),
        }
    }

    fn four(style: fn(&str) -> String) -> Vec<Entry> {
        ["HL7-Dropoff", "Accepted", "DQA-Reports", "Receive"]
            .map(|name| entry(Kind::Folder, &style(name)))
            .to_vec()
    }

    #[test]
    fn folders_of_the_login_folder_need_no_further_listing() {
        let code = ImportCode::parse("CLINIC01").unwrap();
        let found = places()
            .find("/", &four(str::to_lowercase), &code, &mut |path| {
                panic!("{path} was listed")
            })
            .unwrap();
        assert_eq!(path_of(&found, Folder::Dropoff), Some("/hl7-dropoff"));
    }

    #[test]
    fn folders_are_found_below_the_users_folder_whatever_the_case_of_the_code() {
        let code = ImportCode::parse("CLINIC01").unwrap();
        let mut lister = |path: &str| {
            Ok(match path {
                "/users" => Some(vec![entry(Kind::Folder, "other"), entry(Kind::Folder, "clinic01")]),
                "/users/clinic01" => Some(four(str::to_uppercase)),
                _ => None,
            })
        };
        let found = places().find("", &[], &code, &mut lister).unwrap();
        assert_eq!(path_of(&found, Folder::Reports), Some("/users/clinic01/DQA-REPORTS"));
    }

    #[test]
    fn the_folder_that_is_missing_is_named() {
        let code = ImportCode::parse("CLINIC01").unwrap();
        let home: Vec<Entry> = four(str::to_owned)
            .into_iter()
            .filter(|entry| entry.name != "Accepted")
            .collect();
        let failed = places().find("/", &home, &code, &mut |_| Ok(None)).unwrap_err();
        assert_eq!(failed.trouble, Trouble::FolderMissing(Folder::Accepted));
        assert_eq!(failed.step, Step::Folders);
    }

    #[test]
    fn paths_are_joined_with_one_slash() {
        assert_eq!(join("/", "a"), "/a");
        assert_eq!(join("", "a"), "a");
        assert_eq!(join("/users/X", "a"), "/users/X/a");
    }

    #[test]
    fn the_current_folder_is_read_from_its_quotes() {
        assert_eq!(quoted("257 \"/\" is the current directory\r\n").unwrap(), "/");
        assert_eq!(quoted("257 \"/it\"\"s\" here").unwrap(), "/it\"s");
        for odd in ["257 no quotes", "257 \"relative\"", "257 \"/one\r\n257 two\""] {
            assert_eq!(quoted(odd), None, "{odd:?}");
        }
    }
}
