//! The books of this data folder, and those of the Demo.

use std::{path::Path, sync::Arc};

use chrono::{DateTime, Utc};

use crate::{
    adapters::{
        data_folder::{DEMO, OUTBOX},
        keychain::{Keychain, MemoryKeys},
        ledger::{Found, Opened, SqliteLedger},
        sealed::SealedFolder,
    },
    domain::failure::LedgerFailure,
    ports::{Books, Shelf},
};

/// Opens them, and says how the clinic's ledger was found.
pub(super) fn open(data: &Path, keychain: &Arc<Keychain>, now: DateTime<Utc>) -> Result<(Shelf, Found), LedgerFailure> {
    let Opened { ledger, found } = SqliteLedger::open(data, now)?;
    let clinic = Books {
        ledger: Arc::new(ledger),
        sealed: Arc::new(SealedFolder::new(data.join(OUTBOX), Arc::clone(keychain) as _)),
    };
    // The Demo begins anew each time, and its folder is emptied then.
    let demo = Books {
        ledger: Arc::new(SqliteLedger::in_memory()?),
        sealed: Arc::new(SealedFolder::new(
            data.join(DEMO).join(OUTBOX),
            Arc::new(MemoryKeys::default()),
        )),
    };
    Ok((Shelf { clinic, demo }, found))
}
