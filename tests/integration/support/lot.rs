//! Numbers that look like chance and are the same in every run.

pub(crate) struct Lot(u64);

impl Lot {
    pub(crate) fn of(seed: u64) -> Self {
        let mut lot = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d);
        // Neighbouring seeds begin alike; a few draws later they do not.
        for _ in 0..4 {
            lot.next();
        }
        lot
    }

    fn next(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let mixed = (self.0 ^ (self.0 >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed >> 31
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    pub(crate) fn size_below(&mut self, limit: usize) -> usize {
        usize::try_from(self.below(limit as u64)).unwrap()
    }

    /// Whether it happens, in so many of a hundred cases.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn one_of<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.size_below(of.len())].clone()
    }

    /// Another lot, which draws other numbers.
    pub(crate) fn split(&mut self) -> Self {
        Self::of(self.next())
    }

    pub(crate) fn shuffle<T>(&mut self, of: &mut [T]) {
        for last in (1..of.len()).rev() {
            of.swap(last, self.size_below(last + 1));
        }
    }
}
