//! Repeatable random numbers: the same seed gives the same numbers on every machine (SplitMix64).

/// A source of random numbers.
pub struct Chance(u64);

impl Chance {
    pub fn of(seed: u64) -> Chance {
        Chance(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which must be above zero and below four billion (46 days in milliseconds are).
    pub fn below(&mut self, end: u64) -> u64 {
        ((self.next() >> 32) * end) >> 32
    }

    /// A number of `from..=to`.
    pub fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to - from + 1)
    }

    /// True with this probability, in percent.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        let length = u64::try_from(of.len()).expect("few");
        of[usize::try_from(self.below(length)).expect("few")]
    }

    /// A mostly small, sometimes large number, like the cost of a request to a model.
    pub fn skewed(&mut self) -> u64 {
        1 + self.between(1, 100) * self.between(1, 100) * self.between(1, 100) / 1_000
    }
}
