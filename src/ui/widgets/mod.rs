//! The parts that screens are made of. Each has a name and a role for a screen reader and works by keyboard alone.

pub mod banner;
pub mod button;
pub mod card;
pub mod choice;
pub mod column;
pub mod details;
pub mod dialog;
pub mod drop_area;
pub mod entry;
pub mod field;
pub mod focus;
pub mod mark;
pub mod navigation;
pub mod pairs;
pub mod paper;
pub mod pill;
pub mod progress;
pub mod record;
pub mod road;
pub mod rows;
pub mod section;
pub mod segments;
pub mod stat;
pub mod steps;
pub mod strip;

pub mod text;
pub mod tick;
pub mod topic;
pub mod way;

pub use self::{
    banner::{banner_ui, beside_mark_ui, notice_ui},
    button::{about_ui, link_ui, primary_ui, secondary_ui},
    card::{card_ui, split_ui},
    choice::{Chosen, choice_ui},
    column::{column_margin, column_of_width_ui, column_ui},
    details::{details_ui, open_details, open_details_once},
    dialog::{Answer, DialogWords, dialog_ui},
    drop_area::{DropArea, DropHeight, DropState, drop_area_ui},
    entry::{Entry, entry_height, entry_ui},
    field::{Field, field_ui, password_ui, take_secret},
    focus::{focus_first, ring_ui},
    mark::{Mark, mark_ui, paint_mark},
    navigation::{NavItem, navigation_ui},
    pairs::pairs_ui,
    paper::paper_ui,
    pill::pill_ui,
    progress::progress_ui,
    record::{Record, record_height, record_ui},
    road::{Reached, RoadStop, road_ui},
    rows::rows_ui,
    section::section_ui,
    segments::segments_ui,
    stat::{Stat, stats_ui},
    steps::{points_ui, step_ui},
    strip::{StripLook, strip_ui},
    text::{
        Emphasis, announce, body_ui, heading_ui, mixed_ui, small_line_ui, small_ui, strong_ui, technical_ui, title_ui,
    },
    tick::{Ticked, tick_ui},
    topic::{Topic, marked_topic_ui, topic_ui},
    way::way_ui,
};
