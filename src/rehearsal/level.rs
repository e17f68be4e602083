//! What a level meter shows: peaks that fall back slowly enough to be read, and a light for those without room.

/// Where the meter is empty: the level of a quiet room, in decibels below full scale.
pub const FLOOR_DB: f64 = -60.0;
/// How far it falls back from one call to the next; thirty a second make it fall as studio meters do (IEC 60268-10:
/// 20 dB in 1.7 s) or a little faster.
const FALL_DB: f64 = 1.0;
/// Calls for which the light stays on: about a second, so that one clipped syllable is seen.
const LIGHT: u32 = 30;

#[derive(Debug, Clone, Copy)]
pub struct Level {
    shown_db: f64,
    light: u32,
}

impl Default for Level {
    fn default() -> Self {
        Self { shown_db: FLOOR_DB, light: 0 }
    }
}

impl Level {
    /// `peak`: the largest magnitude since the last call, full scale 1.
    pub fn hear(&mut self, peak: f32) {
        let db = (20.0 * f64::from(peak).log10()).max(self.shown_db - FALL_DB);
        self.shown_db = db.clamp(FLOOR_DB, 0.0);
        // The last step below full scale: the converter had no more room.
        let clipped = peak >= 32_767.0 / 32_768.0;
        self.light = if clipped { LIGHT } else { self.light.saturating_sub(1) };
    }

    pub fn db(&self) -> f64 {
        self.shown_db
    }

    /// 0 at [`FLOOR_DB`], 1 at full scale.
    pub fn share(&self) -> f64 {
        1.0 - self.shown_db / FLOOR_DB
    }

    pub fn is_clipped(&self) -> bool {
        self.light > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_rises_at_once_falls_slowly_and_keeps_its_light() {
        let mut level = Level::default();
        assert_eq!((level.share(), level.is_clipped()), (0.0, false));
        level.hear(1.0);
        assert_eq!((level.share(), level.db(), level.is_clipped()), (1.0, 0.0, true));
        level.hear(0.0);
        assert_eq!((level.db(), level.is_clipped()), (-1.0, true));
        for _ in 0..100 {
            level.hear(0.0);
        }
        assert_eq!((level.db(), level.is_clipped()), (FLOOR_DB, false));
        level.hear(0.5);
        assert!((level.db() + 6.02).abs() < 0.01);
    }
}
