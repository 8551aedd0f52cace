//! Every reason comes back as it was written.

use super::*;
