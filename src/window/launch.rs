//! Opens the window: with wgpu, and where that fails, with OpenGL in the same process.

use std::{
    cell::RefCell,
    error::Error,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    rc::Rc,
    sync::Arc,
};

use eframe::{App, CreationContext, NativeOptions};
use egui::{IconData, ViewportBuilder};

use super::{CannotStart, EguiWake, Window, hands::BuiltHands, parting::Parting, system_fonts};
use crate::{
    adapters::{instance::Door, system::SystemClock},
    app::wording::{Explanation, screen},
    build::{Start, StartNote, build},
    ports::Wake,
    ui::{Drafts, theme},
};

/// What draws the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Renderer {
    /// Direct3D 12, Metal or Vulkan, also in software.
    Wgpu,
    /// OpenGL.
    Glow,
}

impl Renderer {
    fn as_str(self) -> &'static str {
        match self {
            Self::Wgpu => "wgpu",
            Self::Glow => "glow",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Wgpu => Self::Glow,
            Self::Glow => Self::Wgpu,
        }
    }

    /// wgpu first, unless the last start crashed with it.
    fn first(note: Option<&StartNote>) -> Self {
        let left_behind = note.and_then(StartNote::read);
        if left_behind.as_deref() == Some(Self::Wgpu.as_str()) {
            Self::Glow
        } else {
            Self::Wgpu
        }
    }
}

/// What the window is made of, until it is made.
pub(super) struct Plan {
    content: Content,
    note: Option<StartNote>,
}

enum Content {
    Program(Box<Program>),
    Explanation(Explanation),
}

struct Program {
    start: Start,
    files: Vec<PathBuf>,
    door: Option<Door>,
    parting: Parting,
}

impl Plan {
    /// The program.
    pub(super) fn program(start: &Start, files: Vec<PathBuf>, door: Option<Door>, parting: Parting) -> Self {
        Self {
            note: StartNote::of(start).ok(),
            content: Content::Program(Box::new(Program {
                start: start.clone(),
                files,
                door,
                parting,
            })),
        }
    }

    /// Why there is no program. The note of the start belongs to the one that runs.
    pub(super) fn explanation(explanation: Explanation) -> Self {
        Self {
            content: Content::Explanation(explanation),
            note: None,
        }
    }
}

/// Opens the window and returns when it was closed. The error is a technical line.
pub(super) fn launch(plan: Plan) -> Result<(), String> {
    let note = Rc::new(plan.note);
    let first = Renderer::first(note.as_ref().as_ref());
    let plan = Rc::new(RefCell::new(Some(plan.content)));
    let mut reasons = Vec::new();
    for renderer in [first, first.other()] {
        if let Some(note) = note.as_ref() {
            note.write(renderer.as_str());
        }
        match try_renderer(renderer, &plan, &note, reasons.join("; ")) {
            Ok(()) => return Ok(()),
            Err(reason) => reasons.push(format!("{}: {reason}", renderer.as_str())),
        }
        if plan.borrow().is_none() {
            // The window was open and then failed: its work is gone with it, and a second window would hide that.
            break;
        }
    }
    Err(reasons.join("; "))
}

fn try_renderer(
    renderer: Renderer,
    plan: &Rc<RefCell<Option<Content>>>,
    note: &Rc<Option<StartNote>>,
    earlier_trouble: String,
) -> Result<(), String> {
    let (plan, note) = (Rc::clone(plan), Rc::clone(note));
    let run = AssertUnwindSafe(|| {
        eframe::run_native(
            screen::PROGRAM,
            options(renderer),
            Box::new(move |creation| create(creation, &plan, note, renderer, &earlier_trouble)),
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
    plan: &RefCell<Option<Content>>,
    note: Rc<Option<StartNote>>,
    renderer: Renderer,
    earlier_trouble: &str,
) -> Result<Box<dyn App>, Box<dyn Error + Send + Sync>> {
    let content = plan.borrow_mut().take().ok_or("the window was made already")?;
    let ctx = &creation.egui_ctx;
    theme::install(ctx, system_fonts::find());
    let plan = match content {
        Content::Program(plan) => plan,
        Content::Explanation(explanation) => return Ok(Box::new(CannotStart::because(explanation))),
    };
    let wake: Arc<dyn Wake> = Arc::new(EguiWake(ctx.clone()));
    let built = match build(&plan.start, Arc::clone(&wake)) {
        Ok(built) => built,
        Err(failure) => return Ok(Box::new(CannotStart::new(&failure))),
    };
    // The log begins with `build`: what happened before is told now.
    tracing::info!(renderer = renderer.as_str(), earlier_trouble, "the window is drawn");
    let drafts = Drafts {
        data_folder: built.data.display().to_string(),
        ..Drafts::default()
    };
    let hands = Box::new(BuiltHands::new(
        built.worker,
        built.log,
        plan.start.clone(),
        Arc::clone(&wake),
    ));
    let mut window = Window::new(built.model, drafts, hands, Arc::new(SystemClock), plan.files)
        .with_parting(plan.parting)
        .with_first_frame(Box::new(move || {
            if let Some(note) = note.as_ref() {
                note.remove();
            }
        }));
    if let Some(door) = plan.door {
        door.ring(wake);
        window = window.with_door(door);
    }
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
