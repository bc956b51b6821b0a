//! The command line as it is typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::words::Lang;

/// Turns a folder of Markdown guides into a help site.
#[derive(Debug, Parser)]
#[command(name = "shirube", version, about, max_term_width = 100)]
pub(crate) struct Arguments {
    /// The site's folder; else the nearest one upward with a shirube.yaml.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) site: Option<PathBuf>,
    /// Whether messages are coloured.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,
    /// The language of messages; else that of LC_ALL, LC_MESSAGES, LANG, or of Windows.
    #[arg(long, global = true, value_name = "LANG")]
    pub(crate) lang: Option<Lang>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// When messages are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Begin a new site, or take over a Hexo blog.
    Init(InitArgs),
    /// Begin a new guide, or a template of your own.
    New(NewArgs),
    /// Build the site into its output folder.
    Build(BuildArgs),
    /// Show the site on this computer and follow every edit.
    Serve(ServeArgs),
    /// Report everything that is wrong with the site; write nothing.
    Check(CheckArgs),
    /// Ask the search of the built site.
    Search(SearchArgs),
    /// Tell what a diagnostic means, with an example.
    Explain(ExplainArgs),
    /// Translate guides: by messages or by files.
    I18n(I18nArgs),
}

/// `init`.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The folder; the current one when not given.
    pub(crate) dir: Option<PathBuf>,
    /// Write a shirube.yaml that builds the Hexo blog in that folder, articles untouched
    /// and addresses kept.
    #[arg(long)]
    pub(crate) from_hexo: bool,
}

/// `new`.
#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    #[command(subcommand)]
    pub(crate) what: NewWhat,
}

/// What to begin.
#[derive(Debug, Subcommand)]
pub(crate) enum NewWhat {
    /// A guide with the folder for its screenshots.
    Guide {
        /// Its path below the content folder: `network/vpn`.
        path: String,
    },
    /// A template or component of the theme below, copied into the site's own theme to be
    /// changed there.
    ///
    /// Its first line says what it was copied from; `shirube check` tells when that has
    /// changed since.
    Template {
        /// Its name: `guide.html`, `parts/facts.html`, `components/kbd.html`.
        path: String,
        /// Print the file as it would be written, and write nothing.
        #[arg(long)]
        print: bool,
    },
}

/// What decides which guides are shown, and how strictly faults are taken.
#[derive(Debug, Clone, Args)]
pub(crate) struct ShowArgs {
    /// Where the site is published; overrides `base_url`.
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Let errors and warnings keep the site from being replaced.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Show drafts.
    #[arg(long)]
    pub(crate) drafts: bool,
    /// Show guides for these audiences too.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(crate) audience: Vec<String>,
    /// The day that decides `publish`, `expires` and `review_by`: 2026-04-01.
    #[arg(long, value_name = "DAY")]
    pub(crate) date: Option<String>,
}

/// `build`.
#[derive(Debug, Args)]
pub(crate) struct BuildArgs {
    /// The published folder; overrides `output`.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
    /// Print what was done as one JSON object, last.
    #[arg(long)]
    pub(crate) stats: bool,
}

/// `check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// How diagnostics are written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// How diagnostics are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, on the error stream.
    Text,
    /// One JSON object a line, on standard output.
    Json,
}

/// `serve`.
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// The port; else the first free one from 4321 on.
    #[arg(long)]
    pub(crate) port: Option<u16>,
    /// Open the site in the browser.
    #[arg(long)]
    pub(crate) open: bool,
    /// Look at the files in intervals instead of waiting for the system's events: for
    /// network drives.
    #[arg(long)]
    pub(crate) poll: bool,
    /// Let the browser go to what is being edited.
    #[arg(long)]
    pub(crate) follow: bool,
    /// Show the site in a made-up language too, accented and longer: what stands there in
    /// plain letters cannot be translated.
    #[arg(long)]
    pub(crate) pseudo: bool,
    /// The address that opens a file in your editor; overrides `preview.editor`, else
    /// vscode://file/{path}:{line}:{column}.
    #[arg(long, value_name = "PATTERN", value_parser = super::editor::pattern)]
    pub(crate) editor: Option<String>,
    /// The day that decides `publish`, `expires` and `review_by`: 2026-04-01.
    #[arg(long, value_name = "DAY")]
    pub(crate) date: Option<String>,
}

/// `search`.
#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// What is asked; several words are one question.
    #[arg(value_name = "QUERY", required_unless_present = "report", conflicts_with = "report")]
    pub(crate) query: Vec<String>,
    /// The language to search in; else the first of `locales`.
    #[arg(long, value_name = "LOCALE")]
    pub(crate) locale: Option<String>,
    /// Only guides of this section, by its address: `network`, `network/office`.
    #[arg(long, value_name = "PATH")]
    pub(crate) section: Option<String>,
    /// Only guides with this tag, in upper or lower case.
    #[arg(long, value_name = "TAG")]
    pub(crate) tag: Option<String>,
    /// How many results are shown at most.
    #[arg(long, value_name = "NUMBER", default_value = "10",
        value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) limit: u32,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
    /// Tell how well each question of a list is answered: a file with one a line, in UTF-8 or
    /// UTF-16; `-` for standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// The published folder; overrides `output`.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// `explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The code, as messages show it in brackets: `broken-link`. Without it, all are listed.
    pub(crate) code: Option<String>,
}

/// `i18n`.
#[derive(Debug, Args)]
pub(crate) struct I18nArgs {
    #[command(subcommand)]
    pub(crate) what: I18nWhat,
}

/// What to do with translations.
#[derive(Debug, Subcommand)]
pub(crate) enum I18nWhat {
    /// Bring the catalogues of translated guides up to their guides; begin new ones.
    Extract(ExtractArgs),
    /// Say that a translation is up to date.
    Accept(AcceptArgs),
    /// Turn a translation by file into one by messages, or the other way round.
    Convert(ConvertArgs),
    /// Tell what is translated, what is behind, and what changed since.
    Status(super::i18n::StatusArgs),
    /// Write catalogues as files for other translation tools.
    Export(super::i18n::ExportArgs),
    /// Take the translations of such files into the catalogues.
    Import(super::i18n::ImportArgs),
}

/// `i18n extract`.
#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    /// The guides, by their paths below the content folder: `network/vpn`. Without them, all
    /// that have a catalogue.
    #[arg(value_name = "GUIDE")]
    pub(crate) guides: Vec<String>,
    /// Only this language; else all but the first of `locales`.
    #[arg(long, value_name = "LOCALE")]
    pub(crate) locale: Option<String>,
    /// Begin a catalogue for each guide that is not translated.
    #[arg(long, conflicts_with = "guides")]
    pub(crate) all: bool,
    /// Write reference files of the source language and l10n.toml, for other programs; once
    /// they are there, they are always kept up to date.
    #[arg(long)]
    pub(crate) reference: bool,
    /// Write nothing; fail when something would be written.
    #[arg(long)]
    pub(crate) check: bool,
}

/// `i18n accept`.
#[derive(Debug, Args)]
pub(crate) struct AcceptArgs {
    /// The guide, by its path below the content folder: `network/vpn`.
    #[arg(value_name = "GUIDE")]
    pub(crate) guide: String,
    /// The messages, by their ids; without them, all of the guide.
    #[arg(value_name = "ID")]
    pub(crate) ids: Vec<String>,
    /// The language of the translation.
    #[arg(long, value_name = "LOCALE")]
    pub(crate) locale: String,
}

/// `i18n convert`.
#[derive(Debug, Args)]
pub(crate) struct ConvertArgs {
    /// The guide, by its path below the content folder: `network/vpn`.
    #[arg(value_name = "GUIDE")]
    pub(crate) guide: String,
    /// The language of the translation.
    #[arg(long, value_name = "LOCALE")]
    pub(crate) locale: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }
}
