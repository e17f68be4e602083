//! The words of `exceptions.txt` as a table that is made when the project is compiled: 64 KB that no run has to read or
//! sort, and one look for a word.

/// Lines of a count and words that have as many syllables; `#` begins a comment.
const LIST: &[u8] = include_bytes!("exceptions.txt");

/// More than twice the words, so that a look seldom goes past the first slot.
const N_SLOTS: usize = 1 << 14;

/// A slot is 0 or the hash of a word with its count in the lowest bits. Two words in 270 million have the same.
const COUNT: u32 = 0xf;

static SLOTS: [u32; N_SLOTS] = slots(LIST);

/// Syllables of a word that the rule would count wrong.
pub fn count(word: &[u8]) -> Option<usize> {
    let hash = hash(word);
    let mut slot = first_slot(hash);
    while SLOTS[slot] != 0 {
        if (SLOTS[slot] ^ hash) & !COUNT == 0 {
            return Some((SLOTS[slot] & COUNT) as usize);
        }
        slot = (slot + 1) % N_SLOTS;
    }
    None
}

/// FNV-1a (Fowler, Noll and Vo).
fn hash(word: &[u8]) -> u32 {
    word.iter().fold(FNV_OFFSET, |hash, letter| hash_with(hash, *letter))
}

const FNV_OFFSET: u32 = 0x811c_9dc5;

const fn hash_with(hash: u32, letter: u8) -> u32 {
    (hash ^ letter as u32).wrapping_mul(0x0100_0193)
}

/// By the highest bits, the best mixed of this hash.
const fn first_slot(hash: u32) -> usize {
    (hash >> 18) as usize
}

const fn slots(list: &[u8]) -> [u32; N_SLOTS] {
    let mut slots = [0; N_SLOTS];
    let mut n_syllables = 0;
    let mut hash = FNV_OFFSET;
    let mut is_comment = false;
    let mut index = 0;
    while index < list.len() {
        match list[index] {
            b'#' => is_comment = true,
            b'\n' | b' ' | b'\r' => {
                if !is_comment && hash != FNV_OFFSET {
                    let mut slot = first_slot(hash);
                    while slots[slot] != 0 {
                        slot = (slot + 1) % N_SLOTS;
                    }
                    slots[slot] = hash & !COUNT | n_syllables;
                }
                hash = FNV_OFFSET;
                is_comment = is_comment && list[index] != b'\n';
            }
            digit if digit.is_ascii_digit() => n_syllables = (digit - b'0') as u32,
            letter => hash = hash_with(hash, letter),
        }
        index += 1;
    }
    slots
}
