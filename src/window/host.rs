//! The round trip: events change the model, screens draw it, commands change it, jobs go to the worker.

use std::{collections::VecDeque, path::PathBuf, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use egui::{Context, UserAttentionType, ViewportCommand};

use super::{Hands, parting::Parting, tab_order::TabOrder};
use crate::{
    adapters::instance::{Door, Reply, Wish},
    app::{
        self,
        message::{Command, Event, Job},
        model::{Model, Screen},
    },
    domain::receipt::Destination,
    ports::Clock,
    ui::{
        Drafts,
        theme::{self, Palette},
        this_month::takes_files,
        widgets::DropState,
        window_ui,
    },
};

/// Whether the window is about to close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    No,
    /// The model has agreed; the system has to be told.
    Agreed,
    /// The system was told.
    Told,
}

/// The window's application.
pub struct Window {
    model: Model,
    drafts: Drafts,
    hands: Box<dyn Hands>,
    clock: Arc<dyn Clock>,
    wake_at: Option<DateTime<Utc>>,
    closing: Closing,
    tab_order: TabOrder,
    frames: u64,
    on_first_frame: Option<Box<dyn FnOnce()>>,
    door: Option<Door>,
    parting: Parting,
}

impl Window {
    /// A window for this model. `files` stood on the command line.
    pub fn new(
        model: Model,
        drafts: Drafts,
        hands: Box<dyn Hands>,
        clock: Arc<dyn Clock>,
        files: Vec<PathBuf>,
    ) -> Self {
        let mut window = Self {
            model,
            drafts,
            hands,
            clock,
            wake_at: None,
            closing: Closing::No,
            tab_order: TabOrder::default(),
            frames: 0,
            on_first_frame: None,
            door: None,
            parting: Parting::default(),
        };
        let jobs = app::begin_in_a_window(&mut window.model);
        window.run(jobs);
        if !files.is_empty() {
            window.command(Command::AddPaths(files));
        }
        window
    }

    /// Does this once, after the first frame was drawn: the renderer works.
    #[must_use]
    pub fn with_first_frame(mut self, then: Box<dyn FnOnce()>) -> Self {
        self.on_first_frame = Some(then);
        self
    }

    /// Second starts come to this door.
    #[must_use]
    pub fn with_door(mut self, door: Door) -> Self {
        self.door = Some(door);
        self
    }

    /// Notes here what is to be done once the window is closed.
    #[must_use]
    pub fn with_parting(mut self, parting: Parting) -> Self {
        self.parting = parting;
        self
    }

    /// What the program knows.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// How many frames were drawn.
    pub fn frames(&self) -> u64 {
        self.frames
    }

    fn command(&mut self, command: Command) {
        self.tell_time();
        let jobs = app::apply_command(&mut self.model, command);
        self.run(jobs);
    }

    /// The model's clock goes by ticks; what follows is judged by the time at which it happens.
    fn tell_time(&mut self) {
        let jobs = app::apply_event(&mut self.model, Event::Tick(self.clock.now()));
        self.run(jobs);
    }

    fn run(&mut self, jobs: Vec<Job>) {
        let mut jobs = VecDeque::from(jobs);
        while let Some(job) = jobs.pop_front() {
            if job == Job::RemoveEverything {
                // Nobody can hand anything over any more.
                self.door = None;
            }
            match self.hands.submit(job) {
                Ok(Some(Job::WakeAt(at))) => self.wake_at = Some(at),
                Ok(Some(Job::CloseWindow)) if self.closing == Closing::No => self.closing = Closing::Agreed,
                Ok(Some(Job::StartBackground)) => self.parting.go_on_in_the_background(),
                Ok(Some(Job::RemoveDataFolder)) => self.parting.remove_the_data_folder(),
                Ok(Some(Job::CloseWindow | Job::RemoveEverything | Job::Desk(_) | Job::Courier(_)) | None) => {}
                Err(refused) => jobs.extend(app::apply_event(&mut self.model, refused)),
            }
        }
    }

    fn drain_events(&mut self) {
        let mut is_told = false;
        while let Some(event) = self.hands.try_event() {
            if !is_told {
                self.tell_time();
                is_told = true;
            }
            let jobs = app::apply_event(&mut self.model, event);
            self.run(jobs);
        }
        if self.wake_at.is_some_and(|at| at <= self.clock.now()) {
            self.wake_at = None;
            self.tell_time();
        }
    }

    /// Takes in what second starts bring, and comes to the front.
    fn receive_visits(&mut self, ctx: &Context) {
        while let Some(mut visit) = self.door.as_ref().and_then(Door::try_visit) {
            let files = std::mem::take(&mut visit.paths);
            let reply = match visit.wish {
                Wish::Demo if self.model.destination() != Destination::Demo => {
                    self.command(Command::AskForDemo);
                    Reply::NotDone
                }
                Wish::Open | Wish::Demo => {
                    if !files.is_empty() {
                        self.command(Command::OpenScreen(Screen::ThisMonth));
                        self.command(Command::AddPaths(files));
                    }
                    Reply::Done
                }
                // Only the background ends because of a window.
                Wish::End => {
                    visit.answer(Reply::NotDone);
                    continue;
                }
            };
            for to_the_front in [
                ViewportCommand::Minimized(false),
                ViewportCommand::Focus,
                // Where the system does not let a program take the focus.
                ViewportCommand::RequestUserAttention(UserAttentionType::Informational),
            ] {
                ctx.send_viewport_cmd(to_the_front);
            }
            visit.answer(reply);
        }
    }

    fn schedule(&self, ctx: &Context) {
        if let Some(at) = self.wake_at {
            let left = (at - self.clock.now()).to_std().unwrap_or(Duration::ZERO);
            ctx.request_repaint_after(left);
        }
    }

    fn close_if_agreed(&mut self, ctx: &Context) {
        let is_asked = ctx.input(|input| input.viewport().close_requested());
        if is_asked && self.closing == Closing::No {
            self.command(Command::RequestClose);
            if self.closing == Closing::No {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            } else {
                // The system is closing already.
                self.closing = Closing::Told;
            }
        }
        if self.closing == Closing::Agreed {
            self.closing = Closing::Told;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// Files that were let go above the window. Some come without a path, out of an e-mail or a zip window.
    fn take_drops(&mut self, ctx: &Context) -> Vec<Command> {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        if dropped.is_empty() || !takes_files(&self.model) {
            return Vec::new();
        }
        let (paths, without): (Vec<PathBuf>, Vec<PathBuf>) = dropped
            .iter()
            .map(|file| file.path().to_path_buf())
            .partition(|path| path.is_absolute());
        let mut commands = vec![Command::OpenScreen(Screen::ThisMonth)];
        if !paths.is_empty() {
            commands.push(Command::AddPaths(paths));
        }
        if !without.is_empty() {
            commands.push(Command::DropWithoutPath);
        }
        commands
    }

    fn draw(&mut self, ui: &mut egui::Ui) {
        let mut commands = self.take_drops(ui.ctx());
        let hovers = ui.input(|input| !input.raw.hovered_files.is_empty());
        let drop = if hovers { DropState::Hovering } else { DropState::Idle };
        commands.extend(window_ui(ui, &self.model, &mut self.drafts, drop));
        if !commands.is_empty() {
            // What was drawn is out of date now.
            ui.ctx().request_repaint();
        }
        for command in commands {
            self.command(command);
        }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.drain_events();
        self.receive_visits(ctx);
        self.close_if_agreed(ctx);
        let settings = &self.model.settings;
        theme::apply(ctx, settings.appearance, settings.text_percent);
        self.schedule(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
        self.frames += 1;
        if self.frames == 2
            && let Some(then) = self.on_first_frame.take()
        {
            then();
        }
        self.close_if_agreed(ui.ctx());
        self.schedule(ui.ctx());
        if self.frames == 1 {
            // The second frame says that the first one reached the screen.
            ui.ctx().request_repaint();
        }
    }

    fn raw_input_hook(&mut self, ctx: &Context, raw_input: &mut egui::RawInput) {
        if self.tab_order.part(&mut raw_input.events) {
            ctx.request_repaint();
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        let theme = if visuals.dark_mode {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        };
        Palette::of(theme).background.to_normalized_gamma_f32()
    }
}
