//! The same site for Hugo, with a theme that shows what ours shows: the header, the guides
//! of the section, breadcrumb, contents, neighbours, tags, related guides, callouts, pictures
//! with their size. Every page is a bundle, so that its picture is copied.

use std::fs;
use std::path::Path;

use crate::site::{Page, SECTION, index};

/// The theme: a file's path and its text.
const THEME: &[(&str, &str)] = &[
    ("layouts/_default/baseof.html", BASE),
    ("layouts/_default/single.html", SINGLE),
    ("layouts/_default/list.html", LIST),
    ("layouts/_default/terms.html", TERMS),
    ("layouts/_default/all.html", ALL),
    ("layouts/index.html", HOME),
    ("layouts/_default/_markup/render-image.html", IMAGE),
    ("layouts/_default/_markup/render-blockquote.html", QUOTE),
    ("layouts/partials/entry.html", ENTRY),
    ("assets/style.css", include_str!("../../themes/default/assets/style.css")),
    ("content/all.md", "---\ntitle: すべて\nlayout: all\ntype: all\n---\n"),
    ("content/_index.md", "---\ntitle: ヘルプデスク\n---\n\nようこそ。\n"),
];

const SETTINGS: &str = r##"
baseURL = "https://help.example.com/"
title = "ヘルプデスク"
locale = "ja"
timeZone = "Asia/Tokyo"
enableRobotsTXT = true
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
[taxonomies]
tag = "tags"
[services.rss]
limit = 20
[related]
includeNewer = true
threshold = 0
[[related.indices]]
name = "tags"
weight = 100
[markup.goldmark.extensions.cjk]
enable = true
eastAsianLineBreaks = true
escapedSpace = true
[markup.tableOfContents]
startLevel = 2
endLevel = 3
[markup.highlight]
noClasses = false
"##;

const BASE: &str = r##"<!doctype html>
<html lang="{{ .Site.Language.Locale }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} · {{ .Site.Title }}</title>
{{ with .Description }}<meta name="description" content="{{ . }}">{{ end }}
<link rel="canonical" href="{{ .Permalink }}">
<meta property="og:title" content="{{ .Title }}">
<meta property="og:url" content="{{ .Permalink }}">
<meta property="og:site_name" content="{{ .Site.Title }}">
<link rel="alternate" type="application/rss+xml" href="{{ relURL "index.xml" }}">
{{ $style := resources.Get "style.css" | fingerprint }}<link rel="stylesheet" href="{{ $style.RelPermalink }}">
</head>
<body class="page-{{ .Kind }}">
<a class="skip" href="#main">本文へ</a>
<header class="bar"><a class="site" href="{{ .Site.Home.RelPermalink }}">{{ .Site.Title }}</a>
<nav class="bar-links"><a href="{{ relURL "all/" }}">すべて</a><a href="{{ relURL "tags/" }}">タグ</a></nav></header>
<div class="frame">{{ block "frame" . }}<main id="main">{{ block "main" . }}{{ end }}</main>{{ end }}</div>
<footer class="foot"><ul><li><a href="{{ relURL "index.xml" }}">フィード</a></li></ul></footer>
</body>
</html>
"##;

const SINGLE: &str = r##"{{ define "frame" }}<main id="main">
<nav class="breadcrumb"><ol>{{ range .Ancestors.Reverse }}{{ if not .IsHome }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}{{ end }}</ol></nav>
<article>
<h1>{{ .Title }}</h1>
<dl class="facts"><div><dt>作成</dt><dd><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date | time.Format "2006年1月2日" }}</time></dd></div>
<div><dt>読む時間</dt><dd>{{ .ReadingTime }}分</dd></div>
{{ with .GetTerms "tags" }}<div><dt>タグ</dt><dd class="tag-list">{{ range . }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}</dd></div>{{ end }}</dl>
<details class="contents"><summary>目次</summary>{{ .TableOfContents }}</details>
<div class="text">
{{ .Content }}</div>
</article>
<nav class="neighbours">{{ with .NextInSection }}<a rel="prev" href="{{ .RelPermalink }}"><span>前</span><b>{{ .Title }}</b></a>{{ end }}{{ with .PrevInSection }}<a rel="next" href="{{ .RelPermalink }}"><span>次</span><b>{{ .Title }}</b></a>{{ end }}</nav>
{{ with .Site.RegularPages.Related . | first 5 }}<section class="related"><h2>関連</h2><ul>{{ range . }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></section>{{ end }}
</main>
{{ $current := . }}{{ with .CurrentSection }}<nav class="beside"><p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p><ul>{{ range .RegularPages }}<li><a href="{{ .RelPermalink }}"{{ if eq . $current }} aria-current="page"{{ end }}>{{ .Title }}</a></li>{{ end }}</ul></nav>{{ end }}
{{ end }}"##;

const LIST: &str = r##"{{ define "main" }}
<nav class="breadcrumb"><ol>{{ range .Ancestors.Reverse }}{{ if not .IsHome }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}{{ end }}</ol></nav>
<h1>{{ .Title }}</h1>
<div class="text">{{ .Content }}</div>
<ul class="entries">{{ range .Pages }}{{ partial "entry.html" . }}{{ end }}</ul>
{{ end }}"##;

const TERMS: &str = r##"{{ define "main" }}
<h1>タグ</h1>
<ul class="tag-list">{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ len .Pages }}</li>{{ end }}</ul>
{{ end }}"##;

const ALL: &str = r##"{{ define "main" }}
<h1>{{ .Title }}</h1>
{{ range .Site.RegularPages.GroupByDate "2006" }}<h2>{{ .Key }}</h2><ul class="entries">{{ range .Pages }}{{ partial "entry.html" . }}{{ end }}</ul>{{ end }}
{{ end }}"##;

const HOME: &str = r##"{{ define "main" }}
<h1>{{ .Title }}</h1>
<div class="text">{{ .Content }}</div>
{{ range .Sections }}<section><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2><ul>{{ range first 3 .RegularPages }}{{ partial "entry.html" . }}{{ end }}</ul></section>{{ end }}
<ul class="entries">{{ range first 8 .Site.RegularPages.ByDate.Reverse }}{{ partial "entry.html" . }}{{ end }}</ul>
{{ end }}"##;

const ENTRY: &str = r##"<li><a href="{{ .RelPermalink }}">{{ .Title }}</a><p>{{ .Description }}</p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date | time.Format "2006年1月2日" }}</time>{{ with .CurrentSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</li>"##;

const IMAGE: &str = r##"{{ with .PageInner.Resources.Get .Destination }}<figure class="shot"><a class="zoom" href="{{ .RelPermalink }}"><img src="{{ .RelPermalink }}" alt="{{ $.PlainText }}" width="{{ .Width }}" height="{{ .Height }}"></a></figure>{{ end }}"##;

const QUOTE: &str = r##"{{ if eq .Type "alert" }}<div class="callout kind-{{ .AlertType }}" role="note"><p class="callout-title"><svg viewBox="0 0 24 24"><path d="M12 2v20"/></svg><span>{{ .AlertType | title }}</span></p>
{{ .Text }}</div>{{ else }}<blockquote>{{ .Text }}</blockquote>{{ end }}"##;

/// Writes the site to `root`.
pub(crate) fn write(root: &Path, pages: usize, highlight: bool) {
    let put = |path: &str, bytes: &[u8]| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("files are in folders")).expect("it can be made");
        fs::write(path, bytes).expect("the disk has room");
    };
    put("hugo.toml", format!("{SETTINGS}codeFences = {highlight}\n").as_bytes());
    for (path, text) in THEME {
        put(path, text.as_bytes());
    }
    for number in 0..pages {
        let mut page = Page::new(number);
        let folder = format!("content/{}/{}", page.section(), page.name());
        let source = page.source(pages, &|name| format!("../{name}/"), "screen.png");
        put(&format!("{folder}/index.md"), source.as_bytes());
        put(&format!("{folder}/screen.png"), &page.picture());
        if number.is_multiple_of(SECTION) {
            let text = index(&page.section(), number).replace("order:", "weight:");
            put(&format!("content/{}/_index.md", page.section()), text.as_bytes());
        }
    }
}
