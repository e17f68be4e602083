//! The models that afterbeep knows by name: `registry.tsv`.

/// A model of whisper.cpp's family.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownModel {
    /// `base.en` of `ggml-base.en.bin`.
    pub name: &'static str,
    pub bytes: u64,
    /// In memory while it transcribes, in MB, about.
    pub memory_mb: u32,
    /// Published word error rates in per cent, on clean and on other read speech.
    pub word_error_rates: Option<(f64, f64)>,
    /// In hexadecimal.
    pub sha256: &'static str,
}

impl KnownModel {
    pub fn file_name(&self) -> String {
        format!("ggml-{}.bin", self.name)
    }
}

/// English ones first, small ones first.
pub fn all() -> Vec<KnownModel> {
    include_str!("registry.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
}

/// By its name or the name of its file.
pub fn find(name: &str) -> Option<KnownModel> {
    all().into_iter().find(|model| model.name == name || model.file_name() == name)
}

fn row(line: &'static str) -> Option<KnownModel> {
    let mut cells = line.split('\t');
    let (name, bytes) = (cells.next()?, cells.next()?.parse().ok()?);
    let memory_mb = cells.next()?.parse().ok()?;
    let (clean, other) = (cells.next()?.parse().ok(), cells.next()?.parse().ok());
    Some(KnownModel { name, bytes, memory_mb, word_error_rates: clean.zip(other), sha256: cells.next()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_whole() {
        let lines = include_str!("registry.tsv").lines().filter(|line| !line.starts_with('#'));
        for line in lines.clone() {
            let model = row(line).expect(line);
            let is_hexadecimal =
                model.sha256.bytes().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase());
            assert!(model.sha256.len() == 64 && is_hexadecimal && model.bytes > 10_000_000, "{line}");
            // Two places behind each checksum.
            assert!(
                line.split('\t').nth(6).is_some_and(|places| places.matches("; ").count() == 1),
                "{line}"
            );
        }
        assert_eq!(all().len(), lines.count());
        assert_eq!(find("ggml-base.en.bin"), find("base.en"));
        assert_eq!(find("huge"), None);
    }

    #[test]
    fn a_quantised_model_is_smaller_than_its_whole_one() {
        let quantised = |name: &'static str| name.split_once("-q").map(|(whole, _)| whole);
        let pairs: Vec<_> = all()
            .into_iter()
            .filter_map(|model| quantised(model.name).map(|whole| (find(whole).expect(whole), model)))
            .collect();
        assert_eq!(pairs.len(), 21);
        for (whole, model) in pairs {
            assert!(model.bytes < whole.bytes && model.memory_mb < whole.memory_mb, "{}", model.name);
            assert_ne!(model.sha256, whole.sha256, "{}", model.name);
        }
    }
}
