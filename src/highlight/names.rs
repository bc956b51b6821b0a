//! Which grammar a language's name means.

use super::grammar;
use super::lexicon::{BICEP, KUSTO, Lexicon};

/// What draws a language.
pub(super) enum Grammar {
    Plain,
    Lexicon(&'static Lexicon),
    /// A token that the set of grammars knows.
    Syntax(&'static str),
    Unknown(Vec<&'static str>),
}

/// Names that mean no language.
const PLAIN: &[&str] = &[
    "",
    "text",
    "txt",
    "plain",
    "none",
    "plaintext",
    "output",
    "log",
    "ascii",
    "raw",
    "nohighlight",
];

/// Names that the grammars do not know, or know as something else.
const ALIASES: &[(&str, &str)] = &[
    ("bash", "sh"),
    ("shell", "sh"),
    ("sh-session", "sh"),
    ("shellsession", "sh"),
    ("shell-session", "sh"),
    ("console", "sh"),
    ("terminal", "sh"),
    ("zsh", "sh"),
    ("ksh", "sh"),
    ("azurecli", "sh"),
    ("azure-cli", "sh"),
    ("powershell", "ps1"),
    ("ps", "ps1"),
    ("pwsh", "ps1"),
    ("posh", "ps1"),
    ("azurepowershell", "ps1"),
    ("cmd", "bat"),
    ("batch", "bat"),
    ("dos", "bat"),
    ("dosbatch", "bat"),
    ("csharp", "cs"),
    ("c#", "cs"),
    ("dotnet", "cs"),
    ("f#", "fs"),
    ("fsharp", "fs"),
    ("c++", "cpp"),
    ("cplusplus", "cpp"),
    ("objective-c", "m"),
    ("golang", "go"),
    ("python3", "py"),
    ("python", "py"),
    ("javascript", "js"),
    ("node", "js"),
    ("nodejs", "js"),
    ("jsx", "js"),
    ("typescript", "ts"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("jsonl", "json"),
    ("ndjson", "json"),
    ("arm", "json"),
    ("arm-template", "json"),
    ("yml", "yaml"),
    ("docker", "dockerfile"),
    ("hcl", "tf"),
    ("terraform", "tf"),
    ("xaml", "xml"),
    ("xsl", "xml"),
    ("xslt", "xml"),
    ("svg", "xml"),
    ("markdown", "md"),
    ("htm", "html"),
    ("xhtml", "html"),
    ("https", "http"),
    ("rest", "http"),
    ("regex", "re"),
    ("regexp", "re"),
    ("tsql", "sql"),
    ("t-sql", "sql"),
    ("mssql", "sql"),
    ("mysql", "sql"),
    ("pgsql", "sql"),
    ("postgresql", "sql"),
    ("plsql", "sql"),
    ("properties", "properties"),
    ("dotenv", "env"),
    ("conf", "ini"),
    ("config", "ini"),
    ("reg", "ini"),
    ("registry", "ini"),
    ("patch", "diff"),
    ("make", "makefile"),
    ("rust", "rs"),
    ("ruby", "rb"),
    ("kotlin", "kt"),
    ("perl", "pl"),
    ("latex", "tex"),
    ("viml", "vim"),
];

const LEXICONS: &[(&str, &Lexicon)] = &[
    ("kusto", &KUSTO),
    ("kql", &KUSTO),
    ("kusto-query", &KUSTO),
    ("csl", &KUSTO),
    ("bicep", &BICEP),
    ("bicepparam", &BICEP),
];

pub(super) fn grammar(written: &str) -> Grammar {
    let name = written.trim().to_lowercase();
    if PLAIN.contains(&name.as_str()) {
        return Grammar::Plain;
    }
    if let Some((_, lexicon)) = LEXICONS.iter().find(|(alias, _)| *alias == name) {
        return Grammar::Lexicon(lexicon);
    }
    let alias = ALIASES.iter().find(|(alias, _)| *alias == name).map(|(_, token)| *token);
    let found = alias.and_then(|token| grammar::token(token).map(|_| token));
    match found.or_else(|| grammar::token(&name)) {
        Some(token) => Grammar::Syntax(token),
        None => Grammar::Unknown(nearest(&name)),
    }
}

/// At most three names that are near, the nearest first.
fn nearest(name: &str) -> Vec<&'static str> {
    let aliases = ALIASES.iter().map(|(alias, _)| *alias);
    let lexicons = LEXICONS.iter().map(|(alias, _)| *alias);
    let mut near: Vec<(usize, &'static str)> = aliases
        .chain(lexicons)
        .chain(grammar::names())
        .map(|known| (strsim::osa_distance(name, &known.to_lowercase()), known))
        .filter(|(distance, _)| *distance * 3 <= name.chars().count().max(3))
        .collect();
    // Names written alike but for letter case are one name; the lower case one is shown.
    near.sort_by_key(|(distance, known)| {
        (*distance, known.to_lowercase(), std::cmp::Reverse(*known))
    });
    near.dedup_by(|a, b| a.1.eq_ignore_ascii_case(b.1));
    near.into_iter().map(|(_, known)| known).take(3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alias_leads_to_a_grammar() {
        let dead = ALIASES.iter().filter(|(_, token)| grammar::token(token).is_none());
        assert_eq!(dead.collect::<Vec<_>>(), Vec::<&(&str, &str)>::new());
    }
}
