//! Files of accounts that are not in use any more: nothing of them travels before that account is entered again.

use crate::{
    app::{message::Tracked, model::Model},
    domain::account::AccountId,
};

/// What is not delivered of one such account.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftElsewhere<'a> {
    /// The account.
    pub account: &'a AccountId,
    /// Its files, oldest first. There is at least one.
    pub files: Vec<&'a Tracked>,
}

impl Model {
    /// By account, in the order of the first file. A file that is still on its card, from before the account was changed, is not
    /// among them.
    pub fn left_elsewhere(&self) -> Vec<LeftElsewhere<'_>> {
        let mut left: Vec<LeftElsewhere<'_>> = Vec::new();
        let has_no_card = |tracked: &&Tracked| self.card_of(tracked.record.entered.id).is_none();
        for file in self.elsewhere.iter().filter(has_no_card) {
            let account = &file.record.entered.account;
            match left.iter_mut().find(|one| one.account == account) {
                Some(one) => one.files.push(file),
                None => left.push(LeftElsewhere {
                    account,
                    files: vec![file],
                }),
            }
        }
        left
    }
}
