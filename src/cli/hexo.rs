//! The settings with which a Hexo blog becomes a site, its articles untouched.
//!
//! In: the text of `_config.yml`, the paths of the blog's files, and the articles' texts.
//! Out: the text of a `shirube.yaml`, and lines that tell people what was decided and what
//! could not be kept. Every address that Hexo gave is to stay as it was. Never reads or
//! writes a file.

mod articles;
mod blog;
mod settings;

use crate::cli::report;
use crate::cli::words::Lang;
use crate::config::yaml::{self, Prose, Source};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::FileId;

use articles::Articles;
use blog::Blog;

/// A file of the blog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Relative to the folder of `_config.yml`, with `/`.
    pub path: String,
    /// Its text, for files that [`wants_text`] names.
    pub text: Option<String>,
}

/// What a blog becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The text of `shirube.yaml`.
    pub settings: String,
    /// What was decided, a sentence a line, for the terminal.
    pub report: Vec<String>,
}

/// Whether [`plan`] looks into the file at `path`: articles.
pub fn wants_text(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    lower.ends_with(".md") || lower.ends_with(".markdown")
}

/// Makes the settings for the blog whose `_config.yml` is `config` and whose files are
/// `files`.
///
/// # Errors
/// A text for people, when the configuration cannot be read or no article is found.
pub fn plan(config: &str, files: &[File], lang: Lang) -> Result<Plan, String> {
    let mut report = Vec::new();
    let blog = Blog::read(config, lang)?;
    let folders = blog.folders(files)?;
    let articles = Articles::read(&folders.content, files, &blog);
    report.push(format!(
        "{} articles in `{}` are the guides ({})",
        articles.count, folders.content, folders.why
    ));
    let settings = settings::written(&blog, &folders, &articles, &mut report);
    blog.lost(&articles, &mut report);
    Ok(Plan { settings, report })
}

/// Reads a YAML text of the blog; the faults as text when it is none.
fn blog_yaml(text: &str, lang: Lang) -> Result<yaml::Yaml, String> {
    let prose = Prose { texts: &["title", "subtitle", "description", "author"], lists: &[] };
    let checked = yaml::read(Source::whole(FileId(0), text), prose);
    checked.value.ok_or_else(|| {
        let faults: Vec<Diagnostic> =
            checked.diagnostics.into_iter().filter(|d| d.severity == Severity::Error).collect();
        let drawn = report::terminal(&faults, &|_| Some(("_config.yml", text)), false, lang);
        let what = report::phrase("`_config.yml` cannot be read:", lang);
        format!("{what}\n\n{}", drawn.trim_end())
    })
}

#[cfg(test)]
mod tests;
