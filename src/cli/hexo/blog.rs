//! What `_config.yml` says, as far as it decides addresses and looks.

use crate::cli::words::Lang;
use std::collections::BTreeMap;

use super::articles::Articles;
use super::{File, blog_yaml, wants_text};
use crate::config::yaml::{Node, ScalarKind, Yaml};
use crate::config::{Locale, base_url};
use crate::dates::Zone;
use crate::paths::normalized;

/// The settings of a Hexo blog.
pub(super) struct Blog {
    root: Yaml,
}

/// Where the blog keeps what.
pub(super) struct Folders {
    /// The folder of articles.
    pub(super) content: String,
    /// Why it is taken for that.
    pub(super) why: String,
    /// The folder whose other files are copied, if there are any.
    pub(super) statics: Option<String>,
    /// Names in it that Hexo leaves out: `_drafts`, `_data`.
    pub(super) ignore: Vec<String>,
    /// Pages that Hexo made of Markdown outside the articles.
    pub(super) pages: Vec<String>,
}

impl Blog {
    pub(super) fn read(config: &str, lang: Lang) -> Result<Self, String> {
        Ok(Self { root: blog_yaml(config, lang)? })
    }

    /// The value at a path of keys.
    pub(super) fn value(&self, path: &[&str]) -> Option<&Yaml> {
        let mut value = &self.root;
        for key in path {
            let Node::Map(entries) = &value.node else { return None };
            value = &entries.iter().find(|entry| entry.key.value == *key)?.value;
        }
        (!value.is_null()).then_some(value)
    }

    /// The text at a path of keys, unless it is empty.
    pub(super) fn text(&self, path: &[&str]) -> Option<&str> {
        self.value(path)?.text().map(str::trim).filter(|text| !text.is_empty())
    }

    pub(super) fn boolean(&self, path: &[&str]) -> Option<bool> {
        match self.value(path)?.scalar()?.kind {
            ScalarKind::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// The first language, as a locale tag.
    pub(super) fn language(&self) -> Option<String> {
        let value = self.value(&["language"])?;
        let first = match &value.node {
            Node::List(items) => items.first()?.text()?,
            Node::Scalar(_) | Node::Map(_) => value.text()?,
        };
        let tag = first.trim().replace('_', "-");
        (tag != "default" && Locale::new(&tag).is_some()).then_some(tag)
    }

    pub(super) fn zone(&self) -> Option<Zone> {
        Zone::new(self.text(&["timezone"])?)
    }

    /// Where the blog is published; `None` for the address that Hexo's template has.
    pub(super) fn base_url(&self) -> Option<String> {
        let url = base_url(self.text(&["url"])?)?;
        let host_end = url.find("://")? + 3;
        let path_start = url[host_end..].find('/')? + host_end;
        if url[host_end..path_start].eq_ignore_ascii_case("example.com") {
            return None;
        }
        let root = self.text(&["root"]).unwrap_or("/").trim_matches('/');
        if root.is_empty() {
            return Some(url);
        }
        Some(format!("{}/{root}/", &url[..path_start]))
    }

    /// The folder of articles, and what is beside them.
    pub(super) fn folders(&self, files: &[File]) -> Result<Folders, String> {
        let source = self.folder(&["source_dir"]).unwrap_or_else(|| "source".to_owned());
        let (content, why) = self.content(&source, files)?;
        let others = || {
            files
                .iter()
                .filter_map(|file| below(&file.path, &source))
                .filter(|path| below(&format!("{source}/{path}"), &content).is_none())
        };
        let hidden = |path: &&str| path.starts_with('_');
        let mut ignore: Vec<String> = others()
            .filter(hidden)
            .filter_map(|path| path.split_once('/'))
            .map(|(folder, _)| folder.to_owned())
            .collect();
        ignore.dedup();
        let pages: Vec<String> = others()
            .filter(|path| !hidden(path) && wants_text(path))
            .map(|path| format!("{source}/{path}"))
            .collect();
        let copied = others().any(|path| !hidden(&path));
        Ok(Folders { content, why, statics: copied.then_some(source), ignore, pages })
    }

    fn folder(&self, path: &[&str]) -> Option<String> {
        normalized(self.text(path)?).filter(|folder| !folder.is_empty())
    }

    fn content(&self, source: &str, files: &[File]) -> Result<(String, String), String> {
        let holds = |folder: &str| {
            files.iter().any(|file| wants_text(&file.path) && below(&file.path, folder).is_some())
        };
        let posts = format!("{source}/_posts");
        if holds(&posts) {
            return Ok((posts, "Hexo's folder of posts".to_owned()));
        }
        if let Some(folder) = self.folder(&["github", "posts_dir"]).filter(|folder| holds(folder)) {
            let why = format!("there are none in `{posts}`; `github.posts_dir` names this folder");
            return Ok((folder, why));
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for file in files.iter().filter(|file| wants_text(&file.path)) {
            // Files at the root, such as README.md, are about the blog and not of it.
            let Some((folder, _)) = file.path.split_once('/') else { continue };
            if !["themes", "scaffolds", "node_modules", "public"].contains(&folder) {
                *counts.entry(folder).or_default() += 1;
            }
        }
        let (folder, count) =
            counts.into_iter().max_by_key(|(_, count)| *count).ok_or_else(|| {
                format!("no article was found: neither in `{posts}` nor in any other folder")
            })?;
        let why = format!(
            "there are none in `{posts}`; this folder holds the most Markdown, {count} files"
        );
        Ok((folder.to_owned(), why))
    }

    /// What Hexo and its themes showed around articles.
    fn lost_around_articles(&self, report: &mut Vec<String>) {
        let per_page = self.text(&["index_generator", "per_page"]).or(self.text(&["per_page"]));
        if let Some(count) = per_page.filter(|count| *count != "0") {
            report.push(format!(
                "NOT KEPT: `page/2/` and so on, the front page {count} articles at a time; `all/` lists every one"
            ));
        }
        if self.text(&["disclaimer"]).is_some() {
            report.push(
                "NOT KEPT: `disclaimer`, the line under every article; put it into `contact:` or a theme of your own"
                    .to_owned(),
            );
        }
        if self.text(&["author"]).is_some() {
            report.push("NOT KEPT: `author`; the feed names the site instead".to_owned());
        }
    }

    /// Says what cannot be kept.
    pub(super) fn lost(&self, articles: &Articles, report: &mut Vec<String>) {
        for (key, fixed) in [("tag_dir", "tags"), ("archive_dir", "archives")] {
            if let Some(folder) =
                self.text(&[key]).filter(|folder| folder.trim_matches('/') != fixed)
            {
                report.push(format!(
                    "NOT KEPT: `{key}: {folder}`; here these pages are in `{fixed}/`"
                ));
            }
        }
        for (key, fixed) in [("feed", "atom.xml"), ("sitemap", "sitemap.xml")] {
            if let Some(path) = self.text(&[key, "path"]).filter(|path| *path != fixed) {
                report.push(format!("NOT KEPT: `{key}.path: {path}`; here it is `{fixed}`"));
            }
        }
        if self.text(&["filename_case"]).is_some_and(|case| case != "0") {
            report.push(
                "NOT KEPT: `filename_case`; addresses are written as the files are".to_owned(),
            );
        }
        if self.text(&["new_post_name"]).is_some_and(|name| name.contains(":year"))
            && articles.dated > 0
        {
            report.push(format!(
                "NOT KEPT: {} articles have their date in the file name, which Hexo took out of the address; add `slug:` to them",
                articles.dated
            ));
        }
        if self.boolean(&["future"]) == Some(false) {
            report.push("NOT KEPT: `future: false`; an article is held back by `publish: DATE` in its front matter".to_owned());
        }
        self.lost_around_articles(report);
        if let Some(theme) = self.text(&["theme"]) {
            report.push(format!(
                "the theme `{theme}` is not taken over; the built-in one draws the pages"
            ));
        }
        articles.lost(report);
    }
}

/// What remains of `path` below `folder`.
pub(super) fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}
