//! What is typed after Tab waits for the next frame: egui moves the keyboard only when a frame has been drawn.

use egui::{Event, Key};

/// Events that came in one frame with a Tab, and after it. Without this the first letter of a password that a fast
/// typist or a password manager enters lands in the field before, where it can be read.
#[derive(Debug, Default)]
pub struct TabOrder {
    held: Vec<Event>,
}

impl TabOrder {
    /// Takes a frame's events and leaves those up to its first Tab. True if some wait for another frame.
    pub fn part(&mut self, events: &mut Vec<Event>) -> bool {
        if !self.held.is_empty() {
            let new = std::mem::replace(events, std::mem::take(&mut self.held));
            events.extend(new);
        }
        if let Some(tab) = events.iter().position(is_tab) {
            self.held = events.split_off(tab + 1);
        }
        !self.held.is_empty()
    }
}

fn is_tab(event: &Event) -> bool {
    matches!(
        event,
        Event::Key {
            key: Key::Tab,
            pressed: true,
            ..
        }
    )
}

#[cfg(test)]
mod tests {
    use egui::Modifiers;

    use super::*;

    fn tab() -> Event {
        Event::Key {
            key: Key::Tab,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    fn text(text: &str) -> Event {
        Event::Text(text.to_owned())
    }

    #[test]
    fn what_follows_a_tab_comes_a_frame_later_and_in_order() {
        let mut order = TabOrder::default();
        let mut events = vec![text("p"), tab(), text("s"), tab(), text("x")];
        assert!(order.part(&mut events));
        assert_eq!(events, [text("p"), tab()]);
        let mut events = vec![text("y")];
        assert!(order.part(&mut events));
        assert_eq!(events, [text("s"), tab()]);
        let mut events = Vec::new();
        assert!(!order.part(&mut events));
        assert_eq!(events, [text("x"), text("y")]);
    }

    #[test]
    fn without_a_tab_nothing_waits() {
        let mut order = TabOrder::default();
        let mut events = vec![text("a"), text("b")];
        assert!(!order.part(&mut events));
        assert_eq!(events, [text("a"), text("b")]);
    }
}
