//! What can be measured in a clip without knowing its words: F0, intensity, speech, syllable nuclei, filled pauses, level.

pub mod f0;
pub mod intensity;
pub mod level;
pub mod nuclei;
pub mod rumble;
pub mod speech;
