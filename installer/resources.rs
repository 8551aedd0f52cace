//! Build script: gives the Windows programs their icon, version and manifest.

#![expect(clippy::print_stdout, reason = "a build script answers cargo on standard output")]

use std::{env, error::Error};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=installer/resources.rs");
    println!("cargo::rerun-if-changed=assets/icon.ico");
    println!("cargo::rerun-if-changed=installer/dropoff.exe.manifest");
    if env::var("CARGO_CFG_TARGET_OS")? == "windows" {
        let mut resource = winresource::WindowsResource::new();
        resource
            .set_icon("assets/icon.ico")
            .set_manifest_file("installer/dropoff.exe.manifest")
            .set("ProductName", "Dropoff for ImmTrac2")
            .set("FileDescription", "Dropoff for ImmTrac2");
        resource.compile()?;
    }
    Ok(())
}
