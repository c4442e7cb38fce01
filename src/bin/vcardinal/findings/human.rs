//! Findings for people, in the style of rustc.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use vcardinal::validate::Severity;

use crate::excerpt::excerpt;
use crate::findings::{File, Finding, Printer, range_in};
use crate::message::printable;

#[derive(Debug)]
pub struct Human {
    renderer: Renderer,
}

impl Human {
    pub fn new(colors: bool) -> Self {
        Human {
            renderer: match colors {
                true => Renderer::styled(),
                false => Renderer::plain(),
            },
        }
    }
}

impl Printer for Human {
    fn print(
        &mut self,
        out: &mut dyn Write,
        file: File<'_>,
        finding: &Finding,
        source: (&[u8], u64),
    ) -> io::Result<()> {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            _ => Level::INFO,
        };
        let message = match finding.count {
            0 | 1 => printable(&finding.message),
            count => format!("{} ({count} times)", printable(&finding.message)),
        };
        let mut group = Group::with_title(level.primary_title(message).id(finding.rule.id));
        let excerpt = match range_in(finding, source) {
            Some(range) => Some(excerpt(source.0, range)),
            // What was found some time ago.
            None if !finding.snippet.is_empty() => {
                let snippet = finding.snippet.as_bytes();
                Some(excerpt(snippet, 0..snippet.len()))
            }
            None => None,
        };
        // A snippet counts its column in characters of what it shows, which may be cut.
        let mut shown_place = None;
        let line = usize::try_from(finding.line).unwrap_or(usize::MAX);
        let column = usize::try_from(finding.column).unwrap_or(usize::MAX);
        group = match excerpt {
            Some(excerpt) => {
                let before = excerpt.text.get(..excerpt.marked.start).unwrap_or_default();
                let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
                shown_place = Some(format!("{}:{line}:{column}\n", file.title));
                group.element(
                    Snippet::source(excerpt.text)
                        .path(file.title)
                        .line_start(line - usize::from(excerpt.has_line_before && line > 1))
                        .fold(false)
                        .annotation(AnnotationKind::Primary.span(excerpt.marked)),
                )
            }
            None => group.element(Origin::path(file.title).line(line).char_column(column)),
        };
        group = group.element(Level::NOTE.message(finding.section));
        if let Some(note) = finding.note {
            group = group.element(Level::NOTE.message(note));
        }
        if let Some(fix) = &finding.fix {
            group = group.element(Level::HELP.message(printable(&fix.to_string())));
        }
        let mut text = self.renderer.render(&[group]);
        if let Some(shown) = shown_place {
            let place = format!("{}:{line}:{column}\n", file.title);
            text = text.replacen(&shown, &place, 1);
        }
        writeln!(out, "{text}\n")
    }
}
