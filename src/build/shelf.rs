//! The books of this data folder, and those of the Demo.

use std::{path::Path, sync::Arc};

use chrono::{DateTime, Utc};

use crate::{
    adapters::{
        data_folder::{DEMO, OUTBOX},
        keychain::{Keychain, MemoryKeys},
        ledger::{Opened, SqliteLedger},
        sealed::SealedFolder,
    },
    domain::failure::{LedgerFailure, SetAside},
    ports::{Books, Shelf},
};

/// Opens them, and says which earlier ledgers of the clinic nobody has acknowledged.
pub(super) fn open(
    data: &Path,
    keychain: &Arc<Keychain>,
    now: DateTime<Utc>,
) -> Result<(Shelf, Vec<SetAside>), LedgerFailure> {
    let Opened { ledger, unread, .. } = SqliteLedger::open(data, now)?;
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
    Ok((Shelf { clinic, demo }, unread))
}
