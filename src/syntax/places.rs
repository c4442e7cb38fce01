//! Where the items of a name are among many.

use alloc::collections::BTreeMap;
use alloc::string::String;

/// Where the first item of each name is, in any letter case. A few are looked through; many of them have a
/// map, so that they take no time that grows as their square.
#[derive(Default)]
pub(crate) struct Places {
    /// The first of each name, in small letters, among so many of the first.
    first: BTreeMap<String, usize>,
    seen: usize,
}

impl Places {
    /// Up to so many are looked through.
    const FEW: usize = 16;

    /// The first of the items that has this name. From call to call, items are added and none is taken away.
    pub fn of<T>(
        &mut self,
        items: &[T],
        name_of: impl Fn(&T) -> &str,
        name: &str,
    ) -> Option<usize> {
        if items.len() <= Self::FEW {
            let is_named = |item: &T| name_of(item).eq_ignore_ascii_case(name);
            return items.iter().position(is_named);
        }
        for (at, item) in items.iter().enumerate().skip(self.seen) {
            let name = name_of(item).to_ascii_lowercase();
            self.first.entry(name).or_insert(at);
        }
        self.seen = items.len();
        self.first.get(&name.to_ascii_lowercase()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::vec::Vec;

    #[test]
    fn ok_the_first_of_each_name_among_few_and_many() {
        let mut places = Places::default();
        let mut names: Vec<String> = Vec::new();
        for at in 0..100 {
            // Each name comes three times, in both letter cases.
            let name = match at % 2 {
                0 => format!("x-{}", at / 3),
                _ => format!("X-{}", at / 3),
            };
            let first = names.iter().position(|own| own.eq_ignore_ascii_case(&name));
            assert_eq!(places.of(&names, |own| own, &name), first, "{at}");
            names.push(name);
        }
        assert_eq!(places.of(&names, |own| own, "x-"), None);
    }
}
