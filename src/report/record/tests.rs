use super::*;
use crate::analysis::analyse;
use crate::audio::{Clip, Peaks};
use crate::metrics::{Words as WordsSource, measure};
use crate::scorecard;
use crate::scorecard::targets::Targets;

/// The review of two seconds of a gliding voice.
pub(crate) fn record() -> Record {
    let samples = (0..64_000).map(|i| {
        let t = f64::from(i) / 16_000.0;
        let phase = 2.0 * std::f64::consts::PI * (100.0 * t + 12.0 * t * t);
        let voice: f64 = (1..8).map(|n| (phase * f64::from(n)).sin() / f64::from(n)).sum();
        (0.1 * voice * (0.6 + 0.4 * (18.0 * t).sin())) as f32
    });
    let clip = Clip::new(samples.collect(), 16_000);
    let analysis = analyse(clip.clone());
    let measurements = measure(&analysis, WordsSource::Unknown);
    let findings = scorecard::findings(&measurements, &Targets::default());
    let scorecard = scorecard::grade(&measurements, Ok(&[]), &findings, &Default::default());
    let file = ReviewedFile {
        path: "a.wav".to_owned(),
        sample_rate_hz: 16_000,
        channels: 1,
        codec: "pcm_s16le".to_owned(),
        notes: vec![],
        script: None,
        transcript: None,
        analysis,
        measurements,
        targets: Targets::default(),
        findings,
        scorecard,
    };
    Record::of(&file, &Peaks::of(clip.samples(), n_columns(clip.duration())), false)
}

#[test]
fn what_is_kept_is_what_was_given() {
    let record = record();
    let back = Record::from_bytes(&record.to_bytes()).expect("it reads back");
    let json = |record: &Record| {
        let mut text = Vec::new();
        record.write_json(&mut text, true).expect("memory takes everything");
        text
    };
    assert_eq!((&back, json(&back)), (&record, json(&record)));
    assert!(back.review().is_some_and(|review| review.metrics.contains_key("pitch_sd")));
}

#[test]
fn half_a_record_is_none() {
    let bytes = record().to_bytes();
    for length in [0, 1, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(Record::from_bytes(&bytes[..length]), None);
    }
    assert_eq!(Record::from_bytes(b"{\"object\":{},\"picture\":null}"), None);
}

#[test]
fn the_picture_of_a_glide_rises() {
    let picture = record().picture.expect("there is one");
    let voiced: Vec<i16> = picture.pitch.iter().flatten().copied().collect();
    assert!(voiced.len() > 60 && voiced.is_sorted(), "{voiced:?}");
    assert_eq!(picture.envelope.len(), 80);
    assert_eq!((picture.envelope.iter().max(), picture.intensity.iter().max()), (Some(&100), Some(&0)));
}
