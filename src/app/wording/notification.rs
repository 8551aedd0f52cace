//! Messages on the desktop while no window is open. Whoever passes by can read them: never a file's name, nothing of a patient.

use crate::app::{
    away::News,
    wording::quantity::{count, thousands},
};

/// A message as title and text.
pub fn words(news: News) -> (String, String) {
    let (title, text) = match news {
        News::Delivered(files) => (
            match files {
                1 => "1 file is delivered.".to_owned(),
                n => format!("{} files are delivered.", thousands(n as u64)),
            },
            "The registry has them whole. Their reports will say which records were stored.",
        ),
        News::PasswordRefused => (
            "The registry refused the password. Dropoff stopped trying.".to_owned(),
            "Open Dropoff and enter the new password.",
        ),
        News::NoPassword(files) => (
            not_sent(files),
            "Dropoff has no password for the registry. Open Dropoff and enter it.",
        ),
        News::NeedPerson(files) => (
            format!("Not sent: {} for you to look at.", count(files as u64, "file", "files")),
            "Open Dropoff: it says what to do.",
        ),
        News::StillWaiting(files) => (
            not_sent(files),
            "Dropoff has tried for more than a day. Open it to see why. Keep this computer on and signed in.",
        ),
        News::CannotWork => (
            "Dropoff cannot work in the background.".to_owned(),
            "Nothing is sent. Open Dropoff: it says why.",
        ),
        News::NotStarted => (
            "Dropoff could not go on in the background.".to_owned(),
            "Nothing is sent until you open Dropoff.",
        ),
    };
    (title, text.to_owned())
}

fn not_sent(files: usize) -> String {
    match files {
        1 => "1 file is not sent yet.".to_owned(),
        n => format!("{} files are not sent yet.", thousands(n as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_as_people_say_it() {
        let title = |news| words(news).0;
        assert_eq!(title(News::Delivered(1)), "1 file is delivered.");
        assert_eq!(title(News::Delivered(2)), "2 files are delivered.");
        assert_eq!(title(News::StillWaiting(1_200)), "1,200 files are not sent yet.");
        assert_eq!(title(News::NeedPerson(1)), "Not sent: 1 file for you to look at.");
    }
}
