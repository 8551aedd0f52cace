//! The registry's adapter against real servers that require TLS on control and data, vsftpd and ProFTPD also with session reuse.

mod killed;
mod pulled_cable;
mod two_computers;

use std::{fs, time::Duration};

use dropoff::{
    adapters::ftps::FtpsDoor,
    domain::{
        account::Protocol,
        cancel::Cancel,
        failure::{Arrival, Trouble},
        remote::Folder,
        secret::Secret,
    },
    ports::{Flow, Registry, RegistryDoor},
};

use crate::support::{
    clinic::{PASSWORD, content, profile},
    servers::{Product, RealServer, Speaks, start},
};

const TIMEOUT: Duration = Duration::from_secs(10);

#[test]
fn vsftpd_implicit_takes_twenty_files() {
    check(Product::Vsftpd, Protocol::FtpsImplicit, Speaks::Tls12And13, "TLS 1.3");
}

#[test]
fn vsftpd_explicit_takes_twenty_files() {
    check(Product::Vsftpd, Protocol::FtpsExplicit, Speaks::Tls12And13, "TLS 1.3");
}

#[test]
fn vsftpd_with_tls12_takes_twenty_files() {
    check(Product::Vsftpd, Protocol::FtpsImplicit, Speaks::Tls12, "TLS 1.2");
}

#[test]
fn proftpd_implicit_takes_twenty_files_after_falling_back_to_tls12() {
    check(Product::Proftpd, Protocol::FtpsImplicit, Speaks::Tls12And13, "TLS 1.2");
}

#[test]
fn proftpd_explicit_takes_twenty_files_after_falling_back_to_tls12() {
    check(Product::Proftpd, Protocol::FtpsExplicit, Speaks::Tls12And13, "TLS 1.2");
}

#[test]
fn proftpd_with_tls12_takes_twenty_files() {
    check(Product::Proftpd, Protocol::FtpsExplicit, Speaks::Tls12, "TLS 1.2");
}

#[test]
fn pure_ftpd_takes_twenty_files() {
    check(Product::PureFtpd, Protocol::FtpsExplicit, Speaks::Tls12And13, "TLS 1.3");
}

/// Twenty files on one connection, a name that exists, a listing, a download; and what version of TLS was used in the end.
#[track_caller]
fn check(product: Product, protocol: Protocol, speaks: Speaks, tls_version: &str) {
    let Some(server) = start(product, protocol, speaks) else {
        return;
    };
    let door = FtpsDoor::new(&profile(TIMEOUT));
    let mut registry = door
        .open(&server.account, &Secret::new(PASSWORD.to_owned()), &Cancel::default())
        .unwrap();
    let files: Vec<(String, Vec<u8>)> = (0..20)
        .map(|n| (format!("TXCLINIC0726{n:03}.hl7"), content(n, n as usize * 9_973)))
        .collect();
    for (name, content) in &files {
        put(registry.as_mut(), name, content);
    }
    refuses_a_name_that_exists(registry.as_mut(), &server, &files[7]);
    lists_all(registry.as_mut(), &files);
    for (name, content) in &files {
        assert!(
            fs::read(server.root.join("HL7-Dropoff").join(name)).unwrap() == *content,
            "{name} differs"
        );
    }
    downloads(registry.as_mut(), &files[19]);
    registry.remove(&files[3].0).unwrap();
    assert!(!server.root.join("HL7-Dropoff").join(&files[3].0).exists());
    assert_eq!(registry.facts().tls_version.as_deref(), Some(tls_version));
    registry.close();
}

fn put(registry: &mut dyn Registry, name: &str, content: &[u8]) {
    let mut told = 0;
    let proof = registry
        .put(name, content.len() as u64, &mut &*content, &mut |sent_bytes| {
            told = sent_bytes;
            Flow::Continue
        })
        .unwrap_or_else(|failed| panic!("{name}: {failed}"));
    assert_eq!((proof.size_bytes, told), (content.len() as u64, content.len() as u64));
    assert!(proof.reply.starts_with("226 "), "{}", proof.reply);
}

fn refuses_a_name_that_exists(registry: &mut dyn Registry, server: &RealServer, (name, content): &(String, Vec<u8>)) {
    let failed = registry
        .put(name, 5, &mut &b"other"[..], &mut |_| panic!("something was sent"))
        .unwrap_err();
    assert_eq!(
        (failed.failure.trouble, failed.arrival),
        (Trouble::NameExists, Arrival::Nothing)
    );
    assert!(fs::read(server.root.join("HL7-Dropoff").join(name)).unwrap() == *content);
}

fn lists_all(registry: &mut dyn Registry, files: &[(String, Vec<u8>)]) {
    let mut listed: Vec<(String, Option<u64>)> = registry
        .list(Folder::Dropoff)
        .unwrap()
        .into_iter()
        .map(|file| (file.name, file.size_bytes))
        .collect();
    listed.sort();
    let expected: Vec<_> = files
        .iter()
        .map(|(name, content)| (name.clone(), Some(content.len() as u64)))
        .collect();
    assert_eq!(listed, expected);
    assert_eq!(registry.list(Folder::Accepted).unwrap(), []);
}

fn downloads(registry: &mut dyn Registry, (name, content): &(String, Vec<u8>)) {
    let mut sink = Vec::new();
    let bytes = registry
        .fetch(Folder::Dropoff, name, &mut sink, content.len() as u64)
        .unwrap();
    assert_eq!(bytes, content.len() as u64);
    assert!(sink == *content);
}
