//! The archives of Debian that this machine already gets its packages from, read from the configuration of apt.

use std::path::Path;

/// An archive, and the file with the keys that sign it where the configuration names one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Archive {
    pub(super) uri: String,
    pub(super) keys: Option<String>,
}

/// All that may be Debian's own, the main suites before the others. Only its signature tells for sure.
pub(super) fn archives() -> Vec<Archive> {
    let folder = std::fs::read_dir("/etc/apt/sources.list.d").into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<_> = folder.collect();
    files.sort();
    files.insert(0, "/etc/apt/sources.list".into());
    let has_extension = |path: &Path, name| path.extension().is_some_and(|extension| extension == name);
    let mut entries = Vec::new();
    for path in files {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        match () {
            () if has_extension(&path, "sources") => entries.extend(stanzas(&text)),
            () if has_extension(&path, "list") => entries.extend(lines(&text)),
            () => {}
        }
    }
    ordered(entries)
}

/// One source of packages, as far as it matters here.
#[derive(Debug, PartialEq)]
struct Entry {
    archive: Archive,
    suites: Vec<String>,
    components: Vec<String>,
}

fn ordered(entries: Vec<Entry>) -> Vec<Archive> {
    // `trixie-security` and the like are archives of their own, without an unstable suite.
    let is_main = |entry: &Entry| entry.suites.iter().any(|suite| !suite.contains(['-', '/']));
    let usable = entries.into_iter().filter(|entry| {
        entry.components.iter().any(|component| component == "main") && !entry.archive.uri.starts_with("cdrom:")
    });
    let (main, others): (Vec<_>, Vec<_>) = usable.partition(is_main);
    let mut archives: Vec<Archive> = Vec::new();
    for entry in main.into_iter().chain(others) {
        if !archives.contains(&entry.archive) {
            archives.push(entry.archive);
        }
    }
    archives
}

/// The old format: `deb [options] URI suite component …`.
fn lines(text: &str) -> Vec<Entry> {
    let entry = |line: &str| {
        let rest = line.split('#').next()?.trim().strip_prefix("deb")?;
        let rest = rest.strip_prefix([' ', '\t'])?.trim();
        let (options, rest) = match rest.strip_prefix('[') {
            Some(rest) => rest.split_once(']')?,
            None => ("", rest),
        };
        let keys = options.split_whitespace().find_map(|option| option.strip_prefix("signed-by="));
        let mut words = rest.split_whitespace().map(str::to_owned);
        let archive = Archive { uri: words.next()?, keys: keys.and_then(key_file) };
        Some(Entry { archive, suites: vec![words.next()?], components: words.collect() })
    };
    text.lines().filter_map(entry).collect()
}

/// The new format: paragraphs of `Field: value`, a value going on in lines that begin with a blank.
fn stanzas(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')).chain([""]) {
        if line.trim().is_empty() {
            entries.extend(stanza(&std::mem::take(&mut fields)));
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push('\n');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    entries
}

fn stanza(fields: &[(String, String)]) -> Vec<Entry> {
    let value = |name: &str| fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str());
    let words = |name: &str| -> Vec<String> { value(name).split_whitespace().map(str::to_owned).collect() };
    let disabled =
        ["no", "false", "0", "off", "without", "disable"].contains(&value("enabled").to_lowercase().as_str());
    if disabled || !words("types").iter().any(|kind| kind == "deb") {
        return Vec::new();
    }
    let entry = |uri| Entry {
        archive: Archive { uri, keys: key_file(value("signed-by")) },
        suites: words("suites"),
        components: words("components"),
    };
    words("uris").into_iter().map(entry).collect()
}

/// Keys may also be written into the configuration itself, or named by fingerprint; neither can be handed on as a file.
fn key_file(value: &str) -> Option<String> {
    let first = value.split(|letter: char| letter == ',' || letter.is_whitespace()).next()?;
    first.starts_with('/').then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(uri: &str, keys: Option<&str>) -> Archive {
        Archive { uri: uri.into(), keys: keys.map(str::to_owned) }
    }

    #[test]
    fn reads_the_old_format() {
        let text = "# deb http://a/debian x main\ndeb http://b/debian bookworm main contrib # c\n\
                    deb-src http://c/debian bookworm main\ndebug\n\
                    deb [ arch=amd64 signed-by=/k.gpg ] https://d/debian bookworm main\ndeb\n";
        let archives = ordered(lines(text));
        assert_eq!(archives, [archive("http://b/debian", None), archive("https://d/debian", Some("/k.gpg"))]);
    }

    #[test]
    fn reads_the_new_format() {
        let text = "Types: deb deb-src\n# a remark\nURIs: http://a/debian\n http://b/debian\nSuites: trixie trixie-updates\n\
                    Components: main\nSigned-By: /k.gpg\n\n\nTypes: deb\nURIs: http://c/debian\nSuites: trixie\n\
                    Components: main\nSigned-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n x\n\n\
                    Types: deb\nEnabled: no\nURIs: http://d/debian\nSuites: trixie\nComponents: main\n\n\
                    Types: deb-src\nURIs: http://e/debian\nSuites: trixie\nComponents: main\n";
        let archives = ordered(stanzas(text));
        let expected = [
            archive("http://a/debian", Some("/k.gpg")),
            archive("http://b/debian", Some("/k.gpg")),
            archive("http://c/debian", None),
        ];
        assert_eq!(archives, expected);
    }

    #[test]
    fn main_suites_come_first_and_once() {
        let text = "deb http://s/security trixie-security main\ndeb http://f/flat ./\ndeb cdrom:[x]/ trixie main\n\
                    deb http://a/debian trixie main\ndeb http://a/debian trixie-updates main\n\
                    deb http://n/node nodistro other\n";
        assert_eq!(ordered(lines(text)), [archive("http://a/debian", None), archive("http://s/security", None)]);
    }
}
