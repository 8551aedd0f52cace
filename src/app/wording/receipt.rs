//! The receipt: one page of text for the clinic's own papers. No patient data, no name of a chosen file.

use crate::{
    app::wording::{quantity, repair},
    domain::{
        profile::Profile,
        receipt::{Destination, Receipt},
    },
};

/// The name that the save dialog offers.
pub fn suggested_name(receipt: &Receipt) -> String {
    format!("Receipt {}.txt", receipt.delivery.sent_as)
}

/// The page.
pub fn text(receipt: &Receipt, profile: &Profile) -> String {
    let delivery = &receipt.delivery;
    let bytes = |n| format!("{} bytes", quantity::thousands(n));
    let by = match receipt.initials.as_str() {
        "" => receipt.person.user.clone(),
        initials => format!("{initials} (signed in as {})", receipt.person.user),
    };
    let mut rows: Vec<(&str, String)> = vec![
        ("Registry", profile.name.clone()),
        ("Account", receipt.account.to_string()),
        ("Stage", stage(receipt.destination).to_owned()),
        ("Sent as", delivery.sent_as.clone()),
        ("Size", bytes(delivery.verified_bytes)),
        ("SHA-256", receipt.sha256.to_string()),
        ("Messages", quantity::thousands(receipt.messages)),
        ("Patients", quantity::thousands(receipt.patients)),
        ("Vaccinations", quantity::thousands(receipt.vaccinations)),
        ("Sending began", quantity::full_time(delivery.began, receipt.time_zone)),
        (
            "Whole file verified",
            quantity::full_time(delivery.verified, receipt.time_zone),
        ),
        ("Sent by", by),
        ("On computer", receipt.person.computer.clone()),
        ("The server answered", delivery.reply.clone()),
        ("The server has", bytes(delivery.verified_bytes)),
        ("Submission", receipt.submission.to_string()),
    ];
    if !receipt.repairs.is_nothing() {
        rows.push(("Repaired before sending", repair::short(&receipt.repairs)));
    }
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let table: Vec<String> = rows
        .into_iter()
        .map(|(name, value)| format!("{name:<width$}  {value}"))
        .collect();
    format!("Receipt\n\n{}\n\n{}\n", table.join("\n"), closing(receipt.destination))
}

/// The stage in words.
pub(super) fn stage(destination: Destination) -> &'static str {
    match destination {
        Destination::Live => "Live",
        Destination::Testing => "Testing",
        Destination::Demo => "DEMO: nothing went to the registry",
    }
}

fn closing(destination: Destination) -> &'static str {
    match destination {
        Destination::Live | Destination::Testing => {
            "The registry has the whole file. That says nothing yet about its records:\n\
             the registry's report will say which were stored."
        }
        Destination::Demo => "This was the Demo inside Dropoff. Nothing went to the registry, and nothing counts.",
    }
}
