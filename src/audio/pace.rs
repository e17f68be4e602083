//! When to ask a device for sound again that claims to have some when it has none.
//!
//! ALSA's PulseAudio plugin counts what has been read of a packet as still to be read, until the whole packet is. As
//! long as that makes up a period, waiting for the device returns at once, cpal finds too little and waits again: all
//! the time until the next packet. So where a thread has been busy between two periods it sleeps after the next ones,
//! until the one after it is due. A device that can be waited for is left alone.

use std::time::Duration;

/// Sound that comes a period at a time, and the thread that fetches it.
#[derive(Debug, Default)]
pub struct Pace {
    /// When the next period will be there; `None` as long as the device could be waited for.
    due: Option<Duration>,
    /// How long the thread had worked when the last period was handed over.
    worked: Duration,
    /// The least work that a period took: what it takes when the thread does not ask in vain.
    least: Option<Duration>,
}

impl Pace {
    /// How long to sleep, when a period has been handed over at the time `now` and the thread has `worked` so long in
    /// all. Never longer than `period`.
    pub fn rest(&mut self, now: Duration, worked: Duration, period: Duration) -> Duration {
        let spent = worked.saturating_sub(self.worked);
        self.worked = worked;
        let least = self.least.map_or(spent, |least| least.min(spent));
        self.least = Some(least);
        let asked_in_vain = spent > least.min(period / MOST_WORK) + period / VAIN;
        self.due = match self.due {
            // It came just now, so the next one comes a period later.
            _ if asked_in_vain => Some(now + period),
            // It was there already, and nobody knows since when.
            Some(due) => Some(due + period - period / EARLIER),
            None => None,
        };
        self.due.map_or(Duration::ZERO, |due| due.saturating_sub(now).min(period))
    }
}

/// To ask in vain for a hundredth of the time is to do so (ours: half of what the thread may cost).
const VAIN: u32 = 100;
/// Fetching and converting a period takes no more than a tenth of it on any machine that can do the rest (ours).
const MOST_WORK: u32 = 10;
/// By how much of a period the next one is expected earlier, as long as none was waited for: more than any two clocks
/// differ, so that a device whose clock is fast is not left behind (ours).
const EARLIER: u32 = 1000;

#[cfg(test)]
mod tests {
    use super::*;

    const PERIOD: Duration = Duration::from_millis(100);
    const WORK: Duration = Duration::from_micros(100);

    /// A device whose periods are there at `ready(n)`; gives how much of the time after the first second the thread
    /// worked, and how late the last period was fetched.
    fn run(ready: impl Fn(u32) -> Duration, spins: bool) -> (f64, Duration) {
        let mut pace = Pace::default();
        let (mut now, mut worked, mut early) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
        let mut late = Duration::ZERO;
        for n in 1..=3000 {
            let waited = ready(n).saturating_sub(now);
            late = now.saturating_sub(ready(n));
            now += waited + WORK;
            worked += WORK + if spins { waited } else { Duration::ZERO };
            now += pace.rest(now, worked, PERIOD);
            if n == 10 {
                early = worked;
            }
        }
        ((worked - early).as_secs_f64() / (2990.0 * PERIOD.as_secs_f64()), late)
    }

    #[test]
    fn a_device_that_can_be_waited_for_is_left_alone() {
        let mut pace = Pace::default();
        for n in 1..100 {
            assert_eq!(pace.rest(PERIOD * n, WORK * n, PERIOD), Duration::ZERO);
        }
    }

    #[test]
    fn a_device_that_cannot_be_waited_for_costs_little_and_is_not_left_behind() {
        for rate in [0.9995, 1.0, 1.0005] {
            let (share, late) = run(|n| (PERIOD * n).mul_f64(rate), true);
            assert!(share < 0.01 && late < PERIOD / 50, "{rate}: {share}, {late:?}");
        }
    }

    #[test]
    fn packets_that_come_irregularly_are_awaited_at_their_latest() {
        let jitter = |n: u32| PERIOD * (n * 7919 % 97) / 97;
        let (share, late) = run(|n| PERIOD * n + jitter(n), true);
        assert!(share < 0.02 && late < PERIOD * 3 / 2, "{share}, {late:?}");
    }

    #[test]
    fn much_honest_work_is_no_asking_in_vain() {
        let mut pace = Pace::default();
        for n in 1..100 {
            assert_eq!(pace.rest(PERIOD * n, PERIOD * n / 12, PERIOD), Duration::ZERO);
        }
    }
}
