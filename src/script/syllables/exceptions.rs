//! The words of `exceptions.txt` as a table that is made when the project is compiled: 64 KB that no run has to read or
//! sort, and one look for a word.

/// Lines of a count and words that have as many syllables; `#` begins a comment.
const LIST: &[u8] = include_bytes!("exceptions.txt");

/// More than twice the words, so that a look seldom goes past the first slot.
const N_SLOTS: usize = 1 << 14;

/// A slot is 0 or the hash of a word with its count in the lowest bits. Two words in 270 million have the same.
const COUNT: u32 = 0xf;

static SLOTS: [u32; N_SLOTS] = slots(LIST);

/// Syllables of the word of this hash, if the rule would count it wrong.
pub fn count(hash: Hash) -> Option<usize> {
    let mut slot = first_slot(hash);
    while SLOTS[slot] != 0 {
        if (SLOTS[slot] ^ hash.0) & !COUNT == 0 {
            return Some((SLOTS[slot] & COUNT) as usize);
        }
        slot = (slot + 1) % N_SLOTS;
    }
    None
}

/// Of a word in small letters and apostrophes, letter by letter: FNV-1a (Fowler, Noll and Vo).
#[derive(Clone, Copy)]
pub struct Hash(u32);

impl Hash {
    pub const EMPTY: Self = Self(0x811c_9dc5);

    pub const fn with(self, letter: u8) -> Self {
        Self((self.0 ^ letter as u32).wrapping_mul(0x0100_0193))
    }
}

/// By the highest bits, the best mixed of this hash.
const fn first_slot(hash: Hash) -> usize {
    (hash.0 >> 18) as usize
}

const fn slots(list: &[u8]) -> [u32; N_SLOTS] {
    let mut slots = [0; N_SLOTS];
    let mut n_syllables = 0;
    let mut hash = Hash::EMPTY;
    let mut is_comment = false;
    let mut index = 0;
    while index < list.len() {
        match list[index] {
            b'#' => is_comment = true,
            b'\n' | b' ' | b'\r' => {
                if !is_comment && hash.0 != Hash::EMPTY.0 {
                    let mut slot = first_slot(hash);
                    while slots[slot] != 0 {
                        slot = (slot + 1) % N_SLOTS;
                    }
                    slots[slot] = hash.0 & !COUNT | n_syllables;
                }
                hash = Hash::EMPTY;
                is_comment = is_comment && list[index] != b'\n';
            }
            digit if digit.is_ascii_digit() => n_syllables = (digit - b'0') as u32,
            letter => hash = hash.with(letter),
        }
        index += 1;
    }
    slots
}
