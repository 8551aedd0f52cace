//! Numbers that look like chance and are the same in every run with the same seed.

pub(crate) struct Lot(pub(crate) u64);

impl Lot {
    /// From 0 up to, and not including, the limit.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// Another lot, which draws other numbers.
    pub(crate) fn split(&mut self) -> Self {
        Self(self.below(u64::MAX) << 32 | self.below(u64::MAX))
    }

    pub(crate) fn shuffle<T>(&mut self, of: &mut [T]) {
        for last in (1..of.len()).rev() {
            of.swap(last, usize::try_from(self.below(last as u64 + 1)).unwrap());
        }
    }
}
