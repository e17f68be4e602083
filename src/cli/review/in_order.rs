//! Work shared over cores, its results taken in the order of the input as they are ready.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

/// Runs `work` on at most `n_workers` items at once and hands each result to `take` in order.
///
/// Nothing more is begun once `take` fails. Results that wait for a slower one before them are kept: they are to be
/// small.
pub fn in_order<T: Sync, R: Send>(
    items: &[T],
    n_workers: usize,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(&T, R) -> io::Result<()>,
) -> io::Result<()> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n_workers).build().map_err(io::Error::other)?;
    let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (sender, receiver) = mpsc::sync_channel(n_workers);
    pool.in_place_scope(|scope| {
        for _ in 0..n_workers {
            let (sender, next, is_over, work) = (sender.clone(), &next, &is_over, &work);
            scope.spawn(move |_| {
                while !is_over.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    if sender.send((index, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut n_taken = 0;
        for (index, result) in receiver {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&n_taken) {
                if let Err(error) = take(&items[n_taken], result) {
                    is_over.store(true, Ordering::Relaxed);
                    return Err(error);
                }
                n_taken += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whoever_is_slow() {
        let items: Vec<u64> = (0..40).collect();
        let work = |item: &u64| {
            std::thread::sleep(std::time::Duration::from_millis((item % 3) * 2));
            item * 2
        };
        let mut taken = Vec::new();
        in_order(&items, 4, work, |item, result| {
            taken.push((*item, result));
            Ok(())
        })
        .expect("nothing fails");
        assert_eq!(taken, items.iter().map(|item| (*item, item * 2)).collect::<Vec<_>>());
    }

    #[test]
    fn a_result_that_cannot_be_taken_ends_it() {
        let n_begun = AtomicUsize::new(0);
        let items = [0; 1000];
        let failed = in_order(
            &items,
            2,
            |_| n_begun.fetch_add(1, Ordering::Relaxed),
            |_, _| Err(io::Error::from(io::ErrorKind::BrokenPipe)),
        );
        assert_eq!(failed.map_err(|error| error.kind()), Err(io::ErrorKind::BrokenPipe));
        assert!(n_begun.load(Ordering::Relaxed) < 100);
    }
}
