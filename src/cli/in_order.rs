//! Work on many things at once whose results are wanted one by one, in the order of the things.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

use rayon::prelude::*;

/// Does `work` on every item, on all cores, and hands each result to `take` as soon as it and all before it are there.
///
/// Items are begun in order, so that hardly any result has to wait for its turn. Once `take` breaks, no other is begun.
pub fn in_order<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(&T, R) -> ControlFlow<()>,
) {
    let (sender, receiver) = mpsc::channel();
    let is_over = AtomicBool::new(false);
    let (is_over, work) = (&is_over, &work);
    thread::scope(|scope| {
        // A thread of its own waits for the pool, so that this one can take results meanwhile.
        scope.spawn(move || {
            items.iter().enumerate().par_bridge().for_each_with(sender, |sender, (index, item)| {
                if !is_over.load(Ordering::Relaxed) {
                    // Nobody listens any more once `take` broke.
                    let _ = sender.send((index, work(item)));
                }
            });
        });
        let mut waiting = BTreeMap::new();
        let mut results = receiver.into_iter();
        for (index, item) in items.iter().enumerate() {
            let result = loop {
                if let Some(result) = waiting.remove(&index) {
                    break Some(result);
                }
                match results.next() {
                    Some((index, result)) => waiting.insert(index, result),
                    None => break None,
                };
            };
            if result.is_none_or(|result| take(item, result).is_break()) {
                is_over.store(true, Ordering::Relaxed);
                return;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items_though_the_first_takes_longest() {
        let items: Vec<u64> = (0..50).collect();
        let mut taken = Vec::new();
        let work = |item: &u64| {
            thread::sleep(Duration::from_millis(if *item == 0 { 30 } else { 0 }));
            item * 2
        };
        in_order(&items, work, |item, result| {
            taken.push((*item, result));
            ControlFlow::Continue(())
        });
        assert_eq!(taken, items.iter().map(|item| (*item, item * 2)).collect::<Vec<_>>());
    }

    #[test]
    fn nothing_is_taken_after_a_break() {
        let mut n_taken = 0;
        in_order(
            &[1, 2, 3, 4],
            |item| *item,
            |_, result| {
                n_taken += 1;
                if result == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(n_taken, 2);
        in_order(&[0; 0], |item: &i32| *item, |_, _| panic!("there is nothing to take"));
    }
}
