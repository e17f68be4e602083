//! Work shared over cores, its results taken in the order of the input as they are ready.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

/// Runs `work` on at most `n_workers` items at once and hands each result to `take` in order. `size`: how long an item's work
/// takes, roughly and in any unit.
///
/// Nothing more is begun once `take` fails. Results that wait for a slower one before them are kept: they are to be
/// small.
pub fn in_order<T: Sync, R: Send>(
    items: &[T],
    n_workers: usize,
    size: impl Fn(&T) -> u64,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(&T, R) -> io::Result<()>,
) -> io::Result<()> {
    let n_workers = n_workers.min(items.len()).max(1);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n_workers).build().map_err(io::Error::other)?;
    let turns = turns(&items.iter().map(size).collect::<Vec<_>>(), n_workers);
    let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (sender, receiver) = mpsc::sync_channel(n_workers);
    pool.in_place_scope(|scope| {
        for _ in 0..n_workers {
            let (sender, turns, next, is_over, work) = (sender.clone(), &turns, &next, &is_over, &work);
            scope.spawn(move |_| {
                while !is_over.load(Ordering::Relaxed) {
                    let turn = next.fetch_add(1, Ordering::Relaxed);
                    let Some(index) = turns.get(turn).copied() else { break };
                    if sender.send((index, work(&items[index]))).is_err() {
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

/// The items as they are begun: in order, but the largest before it would be left to one worker while the others are done.
fn turns(sizes: &[u64], n_workers: usize) -> Vec<usize> {
    let mut left: u64 = sizes.iter().sum();
    let mut largest_first: Vec<usize> = (0..sizes.len()).collect();
    largest_first.sort_by_key(|index| Reverse(sizes[*index]));
    let (mut largest_first, mut in_order) =
        (largest_first.into_iter().peekable(), (0..sizes.len()).peekable());
    let mut is_begun = vec![false; sizes.len()];
    let mut turns = Vec::with_capacity(sizes.len());
    loop {
        while largest_first.next_if(|index| is_begun[*index]).is_some() {}
        while in_order.next_if(|index| is_begun[*index]).is_some() {}
        let (Some(largest), Some(next)) = (largest_first.peek(), in_order.peek()) else { return turns };
        let is_due = left <= sizes[*largest].saturating_mul(n_workers as u64);
        let index = if is_due { *largest } else { *next };
        is_begun[index] = true;
        left -= sizes[index];
        turns.push(index);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_long_is_not_begun_last() {
        assert_eq!(turns(&[1, 1, 1, 1, 1, 1, 4], 2), [0, 1, 6, 2, 3, 4, 5]);
        assert_eq!(turns(&[3, 1, 2], 1), [0, 1, 2], "one worker takes them as they come");
        assert_eq!(turns(&[2, 2, 2, 2, 2, 2], 2), [0, 1, 2, 3, 4, 5]);
        assert!(turns(&[], 2).is_empty());
    }

    #[test]
    fn results_come_in_order_whoever_is_slow() {
        let items: Vec<u64> = (0..40).collect();
        let work = |item: &u64| {
            std::thread::sleep(std::time::Duration::from_millis((item % 3) * 2));
            item * 2
        };
        let mut taken = Vec::new();
        in_order(
            &items,
            4,
            |item| item % 5,
            work,
            |item, result| {
                taken.push((*item, result));
                Ok(())
            },
        )
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
            |_| 1,
            |_| n_begun.fetch_add(1, Ordering::Relaxed),
            |_, _| Err(io::Error::from(io::ErrorKind::BrokenPipe)),
        );
        assert_eq!(failed.map_err(|error| error.kind()), Err(io::ErrorKind::BrokenPipe));
        assert!(n_begun.load(Ordering::Relaxed) < 100);
    }
}
