//! A value with a caret under the byte in question.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::excerpt::excerpt;
use crate::message::printable;

/// Prints values that are wrong, in the style of `check`.
#[derive(Debug)]
pub struct Carets(Renderer);

impl Carets {
    pub fn new() -> Self {
        let colors = anstream::AutoStream::choice(&std::io::stdout());
        Carets(match colors {
            anstream::ColorChoice::Never => Renderer::plain(),
            _ => Renderer::styled(),
        })
    }

    /// `notes` are what a person should know besides.
    pub fn render(&self, value: &str, offset: usize, message: &str, notes: &[String]) -> String {
        let width = value.get(offset..).and_then(|rest| rest.chars().next());
        let end = offset + width.map_or(0, char::len_utf8);
        // One line, whatever is in it.
        let one_line = value.replace(['\r', '\n'], " ");
        let excerpt = excerpt(one_line.as_bytes(), offset..end);
        let title = Level::ERROR.primary_title(printable(message));
        let mut group = Group::with_title(title).element(
            Snippet::source(excerpt.text)
                .fold(false)
                .annotation(AnnotationKind::Primary.span(excerpt.marked)),
        );
        for note in notes {
            group = group.element(Level::HELP.message(printable(note)));
        }
        format!("{}\n", self.0.render(&[group]))
    }
}
