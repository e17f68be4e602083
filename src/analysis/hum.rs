//! A hum of the mains, a fan or a fridge, which F0 analysis takes for a voice, and which hides pauses.

use std::f64::consts::TAU;

use realfft::RealFftPlanner;

use super::filter::{Section, filtered};
use super::peaks;
use crate::audio::Clip;
use crate::statistics::{median, quantile};
use crate::units::{Hertz, Seconds, Semitones};

/// Long enough to tell tones 15 Hz apart, and no longer than most pauses; ours.
const FRAME: Seconds = Seconds(0.2);
const STEP: Seconds = Seconds(0.1);
/// Of the time, that in which nobody speaks: even fluent messages pause for a tenth; ours.
const QUIETEST: f64 = 0.1;
/// Frames that a hum shows itself in, and the most that are looked at; ours.
const MIN_FRAMES: usize = 3;
const MAX_FRAMES: usize = 40;
/// Mean square below which there is nothing: −80 dBFS.
const SILENT: f64 = 1e-8;
/// How much softer those frames are than the loud ones: in a voice that never pauses none are (ours).
const SOFTER_DB: f64 = 10.0;
/// How far the middle four fifths of their levels and of their strongest tones may lie apart: a hum is always the same, a voice that
/// dies away is not (ours).
const STEADY_DB: f64 = 3.0;
const STEADY: Semitones = Semitones(0.5);
/// Where the fundamental of a hum lies: above what is rumble, and where a voice's may lie.
const LOWEST: Hertz = Hertz(60.0);
const HIGHEST: Hertz = Hertz(400.0);
/// No fundamental of a hum is lower: the mains have 50 or 60 Hz.
const MAINS: Hertz = Hertz(45.0);
/// A tone's power over that of the bins beside it; ours: 10 dB.
const STANDS_OUT: f64 = 10.0;
/// Share of a frame's power that is in the hum and its harmonics; ours.
const LEAST_SHARE: f64 = 0.5;
/// A harmonic has at least this share, or is none.
const LEAST_HARMONIC: f64 = 0.01;
/// The hum of a transformer is below; what is higher is a buzz that no voice's fundamental meets.
const HIGHEST_HARMONIC: Hertz = Hertz(1_000.0);
/// What is taken out about each tone: more than the error of its frequency, and little of a voice that passes.
const WIDTH: Hertz = Hertz(6.0);

/// `clip` without these tones.
pub fn without(clip: Clip, tones: &[Hertz]) -> Clip {
    tones.iter().fold(clip, |clip, tone| filtered(clip, |rate| Section::notch(*tone, WIDTH, rate)))
}

/// The fundamental of what hums and its harmonics; none where nothing does.
pub fn tones(clip: &Clip) -> Vec<Hertz> {
    let rate = f64::from(clip.sample_rate_hz());
    let length = (FRAME.0 * rate) as usize;
    if rate < 2.0 * HIGHEST_HARMONIC.0 {
        return Vec::new();
    }
    let Some(quiet) = quiet_frames(clip, length, (STEP.0 * rate) as usize) else { return Vec::new() };
    let bin_width = rate / length as f64;
    let spectra = spectra(&quiet, length);
    let peaks: Vec<Hertz> = spectra.iter().map(|power| strongest(power, bin_width)).collect();
    let share = |share| quantile(peaks.iter().map(|peak| peak.0), share).map(Hertz);
    let Some((low, high)) = share(0.1).zip(share(0.9)) else { return Vec::new() };
    let Some(strongest) = median(peaks.iter().map(|peak| peak.0)) else { return Vec::new() };
    if STEADY.0 < high.semitones_above(low).0 {
        return Vec::new();
    }
    let mean = mean(&spectra);
    // The strongest may be a harmonic: of the mains' 50 Hz the second often is.
    let fundamentals = (1..=3).map(|number| strongest / f64::from(number)).filter(|base| MAINS.0 <= *base);
    let combs = fundamentals.map(|fundamental| comb(&mean, fundamental, bin_width));
    let (tones, share) = combs
        .reduce(|best, other| if best.1 + LEAST_HARMONIC < other.1 { other } else { best })
        .unwrap_or_default();
    if LEAST_SHARE <= share { tones } else { Vec::new() }
}

/// Of the frames' powers, each taken as a share of its frame's.
fn mean(spectra: &[Vec<f64>]) -> Vec<f64> {
    let mut mean = vec![0.0; spectra.first().map_or(0, Vec::len)];
    for power in spectra {
        let total = power.iter().sum::<f64>().max(f64::MIN_POSITIVE) * spectra.len() as f64;
        mean.iter_mut().zip(power).for_each(|(mean, power)| *mean += power / total);
    }
    mean
}

/// The harmonics of a fundamental that stand out, and the share of the power that is in them.
fn comb(mean: &[f64], fundamental: f64, bin_width: f64) -> (Vec<Hertz>, f64) {
    let share_of = |tone: f64| {
        let bin = (tone / bin_width).round() as usize;
        let within = |from: usize, to: usize| &mean[from.min(mean.len())..to.min(mean.len())];
        let lobe = &mean[peaks::lobe(bin, mean.len())];
        let beside =
            [within(bin.saturating_sub(6), bin.saturating_sub(3)), within(bin + 4, bin + 7)].concat();
        let beside = beside.iter().sum::<f64>() / beside.len().max(1) as f64;
        let peak = lobe.iter().copied().fold(0.0, f64::max);
        // Noise that falls towards high tones is strongest at the lowest, and stands out of nothing.
        if beside * STANDS_OUT <= peak { lobe.iter().sum() } else { 0.0 }
    };
    let tones =
        (1..).map(|number| f64::from(number) * fundamental).take_while(|tone| *tone < HIGHEST_HARMONIC.0);
    let there = tones.map(|tone| (Hertz(tone), share_of(tone))).filter(|(_, share)| LEAST_HARMONIC <= *share);
    let (tones, shares): (Vec<Hertz>, Vec<f64>) = there.unzip();
    (tones, shares.iter().sum())
}

/// The quietest frames, in which nobody speaks; `None` where there are none, or where what they hold comes and goes.
fn quiet_frames(clip: &Clip, length: usize, step: usize) -> Option<Vec<&[f32]>> {
    if length == 0 || step == 0 {
        return None;
    }
    let power = |frame: &[f32]| {
        frame.iter().map(|sample| f64::from(sample * sample)).sum::<f64>() / frame.len() as f64
    };
    let mut frames: Vec<(f64, &[f32])> =
        clip.samples().windows(length).step_by(step).map(|frame| (power(frame), frame)).collect();
    frames.retain(|(power, _)| SILENT < *power);
    let loud = quantile(frames.iter().map(|(power, _)| *power), 0.9)?;
    frames.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    frames.truncate(((QUIETEST * frames.len() as f64) as usize).clamp(MIN_FRAMES, MAX_FRAMES));
    let level = |share| quantile(frames.iter().map(|(power, _)| 10.0 * power.log10()), share);
    let (softest, loudest) = (level(0.1)?, level(0.9)?);
    let is_steady = loudest - softest <= STEADY_DB;
    let is_softer = SOFTER_DB <= 10.0 * loud.log10() - loudest;
    (MIN_FRAMES <= frames.len() && is_steady && is_softer)
        .then(|| frames.into_iter().map(|(_, frame)| frame).collect())
}

/// The power of each frame by frequency, Hann's window before it.
fn spectra(frames: &[&[f32]], length: usize) -> Vec<Vec<f64>> {
    let transform = RealFftPlanner::<f32>::new().plan_fft_forward(length);
    let (mut input, mut output) = (transform.make_input_vec(), transform.make_output_vec());
    let weight = |i: usize| (0.5 - 0.5 * (TAU * i as f64 / length as f64).cos()) as f32;
    let weights: Vec<f32> = (0..length).map(weight).collect();
    let spectrum = |frame: &&[f32]| {
        for ((slot, sample), weight) in input.iter_mut().zip(frame.iter()).zip(&weights) {
            *slot = sample * weight;
        }
        // The only error is a wrong length, and the planner made these buffers.
        let _ = transform.process(&mut input, &mut output);
        output.iter().map(|bin| f64::from(bin.norm_sqr())).collect()
    };
    frames.iter().map(spectrum).collect()
}

/// The strongest tone where the fundamental of a hum may lie.
fn strongest(power: &[f64], bin_width: f64) -> Hertz {
    let bins = (LOWEST.0 / bin_width) as usize..=(HIGHEST.0 / bin_width) as usize;
    let peak = bins.max_by(|one, other| power[*one].total_cmp(&power[*other])).unwrap_or_default().max(1);
    // At an end of the range it may be on the slope of another.
    Hertz(peaks::top(power, peak).clamp(peak as f64 - 0.5, peak as f64 + 0.5) * bin_width)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use crate::analysis::analyse;
    use crate::analysis::f0::tests::{noise, voice};
    use crate::audio::Clip;
    use crate::metrics::pitch;

    /// A lively voice about 200 Hz with pauses, and a hum of 100 Hz under all of it.
    fn median_f0(hum: f64) -> f64 {
        let rate = 16_000;
        let mut samples: Vec<f64> =
            (0..6 * rate).map(|i| hum * (628.318 * f64::from(i) / f64::from(rate)).sin()).collect();
        for second in [0, 2, 4] {
            let start = (second * rate + 4_000) as usize;
            let spoken = voice(|t| 200.0 + 20.0 * (6.0 * t).sin(), 1.0, rate as u32);
            samples[start..].iter_mut().zip(spoken).for_each(|(sample, voice)| *sample += voice);
        }
        let analysis = analyse(Clip::new(samples.into_iter().map(|x| x as f32).collect(), rate as u32));
        let voice = pitch::voice(&analysis.f0, &analysis.speech);
        let [median, ..] = pitch::pitch(&voice);
        median.value.expect("there is a voice")
    }

    #[test]
    fn a_hum_is_nobodys_voice() {
        let clean = median_f0(0.0);
        for hum in [0.01, 0.03, 0.06] {
            assert!((median_f0(hum) - clean).abs() < 2.0, "{} and {clean}", median_f0(hum));
        }
    }

    #[test]
    fn what_hums_is_known_with_its_harmonics_and_a_voice_is_no_hum() {
        let rate = 16_000_u32;
        let spoken = voice(|t| 180.0 + 25.0 * (5.0 * t).sin(), 1.0, rate);
        let message = |buzz: &dyn Fn(f64) -> f64| {
            let rest = (0..rate / 2).map(|_| 0.0).collect::<Vec<f64>>();
            let samples = [&spoken[..], &rest, &spoken, &rest, &spoken].concat();
            let with =
                samples.iter().enumerate().map(|(i, sample)| sample + buzz(i as f64 / f64::from(rate)));
            Clip::new(with.map(|sample| sample as f32).collect(), rate)
        };
        let harmonics = |base: f64, t: f64| -> f64 {
            [0.2, 1.0, 0.6, 0.3]
                .iter()
                .zip(1..)
                .map(|(size, n)| 0.01 * size * (TAU * base * f64::from(n) * t).sin())
                .sum()
        };
        for base in [50.0, 60.0] {
            let found = super::tones(&message(&|t| harmonics(base, t)));
            for number in [2.0, 3.0, 4.0] {
                let is_found = found.iter().any(|tone| (tone.0 - number * base).abs() < 0.5);
                assert!(is_found, "{base} Hz: {found:?}");
            }
        }
        assert_eq!(super::tones(&message(&|_| 0.0)), []);
        let monotone: Vec<f32> = voice(|_| 150.0, 3.0, rate).into_iter().map(|x| x as f32).collect();
        assert_eq!(super::tones(&Clip::new(monotone, rate)), []);
        assert_eq!(super::tones(&Clip::new(Vec::new(), rate)), []);
        assert_eq!(super::tones(&Clip::new(vec![0.1; 50], 10)), []);
        // Noise that falls towards high tones.
        let mut last = 0.0;
        let brown = noise(32_000, 0.1).into_iter().map(|step| {
            last = 0.98 * last + step;
            last
        });
        let spoken = brown.zip(spoken.iter().cycle()).enumerate();
        let message =
            spoken.map(|(i, (noise, voice))| (0.05 * noise + if 16_000 < i { *voice } else { 0.0 }) as f32);
        assert_eq!(super::tones(&Clip::new(message.collect(), rate)), []);
    }
}
