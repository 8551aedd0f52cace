//! What only the inside of the ledger can be asked.
