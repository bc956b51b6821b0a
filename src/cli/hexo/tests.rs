use super::*;
use crate::config::{self, ExtraAnchors, SoftBreaks, ValueType};

fn files(paths: &[(&str, &str)]) -> Vec<File> {
    paths
        .iter()
        .map(|(path, text)| File {
            path: (*path).to_owned(),
            text: wants_text(path).then(|| (*text).to_owned()),
        })
        .collect()
}

/// Makes the settings, and reads them back without a fault.
fn check(config: &str, paths: &[(&str, &str)]) -> (config::Config, Plan) {
    let plan = plan(config, &files(paths), Lang::En).expect("a blog");
    let checked = config::read(Some(Source::whole(FileId(0), &plan.settings)));
    assert_eq!(checked.diagnostics, vec![], "{}", plan.settings);
    (checked.value, plan)
}

const SUPPORT: &str = "\
title: サポート ブログ \n\
subtitle: 情報のブログです。\n\
url: https://blog.example.jp/blog/\n\
github:\n  posts_dir: articles\n\
root: /blog/\n\
permalink: :title/\n\
permalink_defaults: \n\
language: ja\n\
timezone: asia/Tokyo\n\
source_dir: source\n\
post_asset_folder: true\n\
theme: jp\n\
feed:\n  type: atom\n  path: atom.xml\n  limit: 20\n\
disclaimer: ※本情報の内容: 予告なく変更される場合があります。\n\
google_analytics : G-1\n";

const ARTICLE: &str = "---\ntitle: [A] の話\ndate: 2022-3-24 12:00\ntags: x\ndisableDisclaimer: true\n\
    author: 山田\nrevised: 2023/1/2\nlevel: 3\n---\n![](https://img.example.com/a.png)\n\
    ```\n![](https://img.example.com/code.png)\n```\n\
    <img width=3 src=\"http://img.example.com/b.png\"> ![](./x/a.png) ![](https://blog.example.jp/blog/c.png)\n";

#[test]
fn a_support_blog_keeps_its_addresses() {
    let (config, plan) = check(
        SUPPORT,
        &[
            ("README.md", "# about"),
            ("articles/a/x.md", ARTICLE),
            ("articles/a/x/a.png", ""),
            ("articles/y.md", "---\ntitle: y\nauthor: [a, b]\ntoc:\n  enabled: true\n---\n"),
        ],
    );
    assert_eq!(config.title.default.as_deref(), Some("サポート ブログ"));
    assert_eq!(config.description.default.as_deref(), Some("情報のブログです。"));
    let url = config.base_url.map(|url| url.value);
    assert_eq!(url.as_deref(), Some("https://blog.example.jp/blog/"));
    assert_eq!(config.permalink.map(|p| p.value).as_deref(), Some(":title/"));
    assert_eq!(config.content, "articles");
    assert_eq!(config.statics, [""; 0]);
    assert_eq!(config.timezone.name(), "Asia/Tokyo");
    assert_eq!(config.locales[0].as_str(), "ja");
    assert_eq!(config.assets, config::Assets::All);
    assert_eq!(config.markdown.soft_breaks, SoftBreaks::Break);
    assert_eq!(config.markdown.extra_anchors, ExtraAnchors::Hexo);
    assert!(config.archives && config.remote_images);
    let declared: Vec<_> = config.front_matter.iter().map(|(k, v)| (k.as_str(), *v)).collect();
    assert_eq!(
        declared,
        [
            ("author", ValueType::List),
            ("disableDisclaimer", ValueType::Boolean),
            ("level", ValueType::Number),
            ("revised", ValueType::Date),
        ]
    );
    assert_eq!(
        plan.report[0],
        "2 articles in `articles` are the guides (there are none in `source/_posts`; `github.posts_dir` names this folder)"
    );
    assert!(
        plan.report.iter().any(|line| line.starts_with("2 pictures of other hosts in 1 articles"))
    );
    assert!(!plan.report.iter().any(|line| line.contains("README")), "{:?}", plan.report);
}

#[test]
fn a_plain_hexo_blog_is_understood() {
    let (config, plan) = check(
        "title: My blog\nurl: http://example.com\n",
        &[
            ("source/_posts/hello.md", "---\ntitle: Hello\ncategories: a\n---\n"),
            ("source/_drafts/secret.md", "---\ntitle: S\n---\n"),
            ("source/about/index.md", "---\ntitle: About\n---\n"),
            ("source/images/a.png", ""),
            ("source/CNAME", ""),
            ("themes/x/README.md", ""),
        ],
    );
    assert_eq!(config.content, "source/_posts");
    assert_eq!(config.statics, ["source"]);
    assert_eq!(config.ignore, ["_drafts"]);
    assert_eq!(config.base_url, None);
    let pattern = config.permalink.map(|p| p.value);
    assert_eq!(pattern.as_deref(), Some(":year/:month/:day/:title/"));
    assert_eq!(config.timezone.name(), "UTC");
    assert!(!config.remote_images);
    let said = plan.report.join("\n");
    assert!(said.contains("`source/about/index.md` was a page"), "{said}");
    assert!(said.contains("pages of categories"), "{said}");
}

#[test]
fn the_folder_with_the_most_markdown_is_taken_at_last() {
    let (config, plan) = check(
        "language: [ja, en]\nroot: /help/\nurl: https://example.jp\n",
        &[("docs/a.md", ""), ("docs/b.md", ""), ("notes/c.md", ""), ("README.md", "")],
    );
    assert_eq!(config.content, "docs");
    assert_eq!(config.base_url.map(|url| url.value).as_deref(), Some("https://example.jp/help/"));
    assert!(plan.report[0].ends_with("this folder holds the most Markdown, 2 files)"));
}

#[test]
fn what_cannot_be_kept_is_said() {
    let (_, plan) = check(
        "permalink: :category/:title/\ntag_dir: labels\nfeed: {path: rss.xml, limit: 0}\nfilename_case: 1\n\
         future: false\nnew_post_name: :year-:month-:day-:title.md\n",
        &[(
            "source/_posts/2020-01-02-a.md",
            "---\ntitle: a\npublished: false\npermalink: x\n---\n",
        )],
    );
    let said = plan.report.join("\n");
    for part in [
        "`permalink: :category/:title/`",
        "`tag_dir: labels`",
        "`feed.path: rss.xml`",
        "`filename_case`",
        "`future: false`",
        "date in the file name",
        "their own `permalink`",
        "`2020-01-02-a.md` says `published: false`",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
}

#[test]
fn a_broken_configuration_is_shown_at_its_line() {
    let fault = plan("title: a\nx:\n\ty: 1\n", &[], Lang::En).expect_err("a tab");
    assert!(fault.contains("_config.yml:3:1"), "{fault}");
    let none = plan("title: a\n", &files(&[("README.md", "")]), Lang::En).expect_err("no article");
    assert!(none.contains("no article was found"), "{none}");
}
