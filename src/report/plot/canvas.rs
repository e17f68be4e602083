//! What all panels draw with: places in time and height, and the few shapes there are.

use std::ops::Range;

use plotters::coord::Shift;
use plotters::prelude::{
    Color, DrawingArea, DrawingAreaErrorKind, DrawingBackend, IntoFont, PathElement, RGBColor, Rectangle,
    Text,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{IntoTextStyle, RGBAColor};

use crate::units::{Interval, Seconds};

/// Where the panels begin, and how many pixels wide they are.
pub const LEFT: i32 = 80;
pub const WIDTH: i32 = 1100;

pub type Drawn<B> = Result<(), DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>>;

pub struct Canvas<B: DrawingBackend> {
    pub area: DrawingArea<B, Shift>,
    /// Of the recording.
    pub length: Seconds,
}

/// A strip of the picture, and the values at its bottom and its top.
#[derive(Debug, Clone, Copy)]
pub struct Strip {
    pub top: i32,
    pub bottom: i32,
    pub lowest: f64,
    pub highest: f64,
}

impl Strip {
    pub fn y(&self, value: f64) -> i32 {
        let share = ((value - self.lowest) / (self.highest - self.lowest)).clamp(0.0, 1.0);
        self.bottom - (share * f64::from(self.bottom - self.top)).round() as i32
    }
}

impl<B: DrawingBackend> Canvas<B> {
    pub fn x(&self, time: Seconds) -> i32 {
        let share = (time.0 / self.length.0.max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
        LEFT + (share * f64::from(WIDTH)).round() as i32
    }
    /// Fills what lies between two moments, at least a pixel of it.
    pub fn shade(&self, interval: Interval, rows: Range<i32>, colour: &RGBAColor) -> Drawn<B> {
        let (left, right) = (self.x(interval.start), self.x(interval.end));
        self.rectangle((left, rows.start), (right.max(left + 1), rows.end), colour)
    }

    pub fn rectangle(&self, from: (i32, i32), to: (i32, i32), colour: &RGBAColor) -> Drawn<B> {
        self.area.draw(&Rectangle::new([from, to], colour.filled()))
    }

    pub fn line(&self, points: Vec<(i32, i32)>, colour: &RGBColor, width: u32) -> Drawn<B> {
        self.area.draw(&PathElement::new(points, colour.stroke_width(width)))
    }

    pub fn text(
        &self,
        text: &str,
        at: (i32, i32),
        place: (HPos, VPos),
        size: i32,
        colour: &RGBColor,
    ) -> Drawn<B> {
        let style = ("sans-serif", size).into_font().color(colour).pos(Pos::new(place.0, place.1));
        self.area.draw(&Text::new(text.to_owned(), at, style))
    }

    /// Pixels that `text` takes.
    pub fn width_of(&self, text: &str, size: i32) -> i32 {
        let style = ("sans-serif", size).into_text_style(&self.area);
        self.area.estimate_text_size(text, &style).map_or(0, |(width, _)| width as i32)
    }
}
