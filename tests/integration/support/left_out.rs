//! What a test needs besides Rust, and what is said where it is not there.

use std::{
    env,
    io::{self, Write},
};

/// Says what is not run. With `DROPOFF_REQUIRE_ALL=1`, as in CI, leaving something out is a failure.
pub(crate) fn leave_out(reason: &str) {
    assert!(env::var_os("DROPOFF_REQUIRE_ALL").is_none(), "{reason}");
    say_left_out(reason);
}

/// Says what is not run, also where nothing else may be left out: the corpus is not part of the project.
pub(crate) fn say_left_out(reason: &str) {
    // Not by a macro: those are held back while a test passes.
    writeln!(io::stderr(), "not run: {reason}").unwrap();
}

/// Whether all of these programs are installed. If not, it says that the tests of `what` are left out.
pub(crate) fn is_there(what: &str, programs: &[&str]) -> bool {
    let is_on_path =
        |program: &str| env::split_paths(&env::var_os("PATH").unwrap()).any(|folder| folder.join(program).is_file());
    match programs.iter().find(|program| !is_on_path(program)) {
        Some(missing) => {
            leave_out(&format!("{what}, which needs {missing}"));
            false
        }
        None => true,
    }
}
