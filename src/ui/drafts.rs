//! Text that is being typed, until somebody says that it holds.

use zeroize::Zeroizing;

use crate::{
    app::{
        account_form::{AccountForm, AccountFormError},
        model::{Model, Screen},
    },
    domain::{calendar::Month, secret::Secret, settings::Settings, submission::SubmissionId},
    ui::{
        findings::Copied,
        widgets::{Ticked, take_secret},
    },
};

/// Room for a password, so that typing does not leave copies behind where the text grew.
const PASSWORD_ROOM: usize = 256;

/// A password that is being typed. Wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordDraft(Zeroizing<String>);

impl Default for PasswordDraft {
    fn default() -> Self {
        Self(Zeroizing::new(String::with_capacity(PASSWORD_ROOM)))
    }
}

impl std::fmt::Debug for PasswordDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordDraft(…)")
    }
}

impl PasswordDraft {
    /// The text for its field.
    pub fn text_mut(&mut self) -> &mut String {
        &mut self.0
    }

    /// A copy for a test of the connection; `None` where nothing was typed.
    pub fn lend(&self) -> Option<Secret> {
        (!self.0.is_empty()).then(|| Secret::new(self.0.as_str().to_owned()))
    }

    /// Hands it over and keeps nothing; `None` where nothing was typed.
    pub fn take(&mut self) -> Option<Secret> {
        (!self.0.is_empty()).then(|| take_secret(&mut self.0))
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An account that is being typed, at first start or under Settings.
#[derive(Debug, Clone)]
pub struct AccountDraft {
    /// What was typed.
    pub form: AccountForm,
    /// The password, where one was typed.
    pub password: PasswordDraft,
    /// What is wrong with it, once somebody pressed a button.
    pub wrong: Option<AccountFormError>,
    /// The authority that the model last showed: a new one goes into the form.
    pub known_authority: Option<String>,
}

impl AccountDraft {
    /// What is in the settings, or an empty form.
    pub fn of(model: &Model) -> Self {
        let form = model
            .settings
            .account
            .as_ref()
            .map_or_else(|| AccountForm::fresh(&model.profile), AccountForm::of);
        Self {
            form,
            password: PasswordDraft::default(),
            wrong: None,
            known_authority: model.chosen_authority.clone(),
        }
    }

    /// Takes over an authority that was just chosen.
    pub(super) fn take_authority(&mut self, model: &Model) {
        if self.known_authority != model.chosen_authority {
            self.known_authority.clone_from(&model.chosen_authority);
            if let Some(pem) = &model.chosen_authority {
                self.form.authority.clone_from(pem);
                self.form.pin.clear();
            }
        }
    }

    /// Whether what was typed is an account; if not, the fields say why.
    pub(super) fn holds(&mut self, model: &Model) -> bool {
        self.wrong = self.form.parse(&model.profile).err();
        self.wrong.is_none()
    }
}

/// Settings that are being typed.
#[derive(Debug, Clone)]
pub struct SettingsDraft {
    /// The clinic's name.
    pub clinic_name: String,
    /// The day of the month, as text.
    pub day_of_month: String,
    /// Initials.
    pub initials: String,
    /// The pattern of a second name.
    pub template: String,
    /// The account under *For IT*.
    pub account: AccountDraft,
    /// A new password.
    pub password: PasswordDraft,
}

impl SettingsDraft {
    /// What is in the settings.
    pub fn of(model: &Model) -> Self {
        let settings: &Settings = &model.settings;
        Self {
            clinic_name: settings.clinic_name.clone(),
            day_of_month: settings.day_of_month.map_or_else(String::new, |day| day.to_string()),
            initials: settings.initials.clone(),
            template: settings.same_day_template.to_string(),
            account: AccountDraft::of(model),
            password: PasswordDraft::default(),
        }
    }
}

/// Whether something more is shown, such as the advice for who is not sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Advice {
    /// It is not.
    #[default]
    Hidden,
    /// It is.
    Shown,
}

/// What is being chosen on *Help*.
#[derive(Debug, Default)]
pub struct HelpDraft {
    /// Which file was the wrong one; the latest until somebody chooses.
    pub wrong_file: Option<SubmissionId>,
    /// Whether more than the latest files are listed.
    pub earlier: Advice,
    /// About which file a text was copied last.
    pub copied: Option<SubmissionId>,
    /// Whether everything is to be removed from this computer.
    pub removal: RemovalDraft,
}

/// The question before everything is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RemovalDraft {
    /// Nobody wants that.
    #[default]
    NotAsked,
    /// It stands there; it can be answered with yes once it is ticked.
    Asked(Ticked),
}

/// A question that stands before everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asks {
    /// None.
    #[default]
    Nothing,
    /// Whether the password is to be forgotten.
    ForgetPassword,
}

/// What somebody comes to a screen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Errand {
    /// To look around.
    #[default]
    None,
    /// To enter a new password under Settings.
    NewPassword,
}

/// The drafts of all screens.
#[derive(Debug, Default)]
pub struct Drafts {
    /// The third step of the first start.
    pub account: Option<AccountDraft>,
    /// The advice in the second step.
    pub not_sure: Advice,
    /// The password that *This month* asks for.
    pub password: PasswordDraft,
    /// Settings, while they are shown.
    pub settings: Option<SettingsDraft>,
    /// The month of a proof, while it is being chosen on *Past files*.
    pub proof_month: Option<Month>,
    /// Help, while it is shown.
    pub help: HelpDraft,
    /// What was copied last of a file's findings.
    pub copied: Copied,
    /// A question of a screen.
    pub asks: Asks,
    /// What the next screen is opened for.
    pub errand: Errand,
    /// The data folder, shown to IT.
    pub data_folder: String,
}

impl Drafts {
    /// Forgets what belongs to a screen that is no longer shown: above all passwords.
    pub(super) fn forget_hidden(&mut self, model: &Model) {
        if model.setup.is_none() {
            self.account = None;
            self.not_sure = Advice::Hidden;
        }
        if model.setup.is_some() || model.screen != Screen::Settings {
            self.settings = None;
        }
        if model.setup.is_some() || model.screen != Screen::PastFiles {
            self.proof_month = None;
        }
        if model.setup.is_some() || model.screen != Screen::Help {
            self.help = HelpDraft::default();
        }
        if model.setup.is_some() || model.screen != Screen::ThisMonth {
            self.password = PasswordDraft::default();
        }
        if model.findings.is_none() {
            self.copied = Copied::default();
        }
    }
}
