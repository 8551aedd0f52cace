//! Opens the window: with wgpu, and where that fails, with OpenGL in the same process.

use std::{
    cell::RefCell,
    error::Error,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    rc::Rc,
    sync::Arc,
};

use eframe::{CreationContext, NativeOptions};
use egui::{IconData, ViewportBuilder};

use super::{EguiWake, Hands, Window, system_fonts};
use crate::{
    app::{model::Model, wording::screen},
    ports::{Clock, Wake},
    ui::{Drafts, theme},
};

/// What draws the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renderer {
    /// Direct3D 12, Metal or Vulkan, also in software.
    Wgpu,
    /// OpenGL.
    Glow,
}

impl Renderer {
    fn other(self) -> Self {
        match self {
            Self::Wgpu => Self::Glow,
            Self::Glow => Self::Wgpu,
        }
    }
}

/// Remembers beyond a crash which renderer was being started.
pub trait StartMarker {
    /// The renderer of the last start, if that start never came to its first frame.
    fn unfinished(&self) -> Option<Renderer>;

    /// This renderer is being started.
    fn starting(&self, renderer: Renderer);

    /// The first frame was drawn.
    fn started(&self);
}

/// Makes the worker, once there is something to wake.
pub type MakeHands = Box<dyn FnOnce(Arc<dyn Wake>) -> std::io::Result<Box<dyn Hands>>>;

/// Everything that the window starts with.
pub struct Start {
    /// What is known at the start.
    pub model: Model,
    /// Now.
    pub clock: Arc<dyn Clock>,
    /// The data folder, shown to IT.
    pub data_folder: String,
    /// Files of the command line.
    pub files: Vec<PathBuf>,
    /// The renderer's marker.
    pub marker: Rc<dyn StartMarker>,
    /// The worker.
    pub make_hands: MakeHands,
}

/// Opens the window and returns when it was closed. The error is a technical line.
pub fn launch(start: Start) -> Result<(), String> {
    let marker = Rc::clone(&start.marker);
    let first = marker.unfinished().map_or(Renderer::Wgpu, Renderer::other);
    let start = Rc::new(RefCell::new(Some(start)));
    let mut reasons = Vec::new();
    for renderer in [first, first.other()] {
        marker.starting(renderer);
        match try_renderer(renderer, &start) {
            Ok(()) => return Ok(()),
            Err(reason) => {
                tracing::warn!("{renderer:?} cannot draw the window: {reason}");
                reasons.push(format!("{renderer:?}: {reason}"));
            }
        }
        if start.borrow().is_none() {
            // The window was open and then failed: its work is gone with it, and a second window would hide that.
            break;
        }
    }
    Err(reasons.join("; "))
}

fn try_renderer(renderer: Renderer, start: &Rc<RefCell<Option<Start>>>) -> Result<(), String> {
    let start = Rc::clone(start);
    let run = AssertUnwindSafe(|| {
        eframe::run_native(
            screen::PROGRAM,
            options(renderer),
            Box::new(move |creation| create(creation, &start)),
        )
    });
    match catch_unwind(run) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("it panicked".to_owned()),
    }
}

fn create(
    creation: &CreationContext<'_>,
    start: &RefCell<Option<Start>>,
) -> Result<Box<dyn eframe::App>, Box<dyn Error + Send + Sync>> {
    let start = start.borrow_mut().take().ok_or("the window was made already")?;
    let ctx = &creation.egui_ctx;
    theme::install(ctx, system_fonts::find());
    let hands = (start.make_hands)(Arc::new(EguiWake(ctx.clone())))?;
    let drafts = Drafts {
        data_folder: start.data_folder,
        ..Drafts::default()
    };
    let marker = start.marker;
    let window = Window::new(start.model, drafts, hands, start.clock, start.files)
        .with_first_frame(Box::new(move || marker.started()));
    Ok(Box::new(window))
}

fn options(renderer: Renderer) -> NativeOptions {
    NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title(screen::PROGRAM_LONG)
            .with_app_id("dropoff")
            .with_inner_size([1100.0, 760.0])
            .with_min_inner_size([640.0, 440.0])
            .with_drag_and_drop(true)
            .with_icon(icon()),
        renderer: match renderer {
            Renderer::Wgpu => eframe::Renderer::Wgpu,
            Renderer::Glow => eframe::Renderer::Glow,
        },
        centered: true,
        ..NativeOptions::default()
    }
}

/// Drawn from `assets/icon.svg`.
fn icon() -> Arc<IconData> {
    let png = include_bytes!("../../assets/icon.png");
    Arc::new(eframe::icon_data::from_png_bytes(png).unwrap_or_default())
}
