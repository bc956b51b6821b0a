//! Random edits of a small site with something of everything.

use super::{Contents, Files, PictureKind, ReadFault, text};

/// Numbers that look random and are the same each time.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

fn picture(width: u32, height: u32) -> Contents {
    let picture = Some((PictureKind::Png, Some((width, height))));
    Contents::Opaque { picture, length: u64::from(width) * 3 }
}

/// The site that edits begin with.
pub(super) fn site() -> Files {
    let texts = [
        ("shirube.yaml", SETTINGS[2]),
        ("content/index.md", "---\ntitle: 窓口\n---\nようこそ。[一つ目](a/one.md)\n"),
        ("content/a/index.md", "---\ntitle: 章のA\norder: 1\n---\n章の説明。\n"),
        (
            "content/a/one.md",
            "---\ntitle: 一つ目\ndescription: 最初の手引き\ntags: [共通, vpn]\ndate: 2024-3-1\n---\n## 手順\n\n本文です。[二つ目](two.md#補足)と[無い](none.md)。\n\n![画面](one/p.png)\n",
        ),
        (
            "content/a/two.md",
            "---\ntitle: 二つ目の手引き\ndescription: 次\n---\n## 補足 {#補足}\n\n二つ目の本文。\n\n:::include{file=\"_part.md\"}\n\n### 細目\n\n1. 押す\n2. 待つ\n",
        ),
        (
            "content/a/two.en.md",
            "---\ntitle: Second guide\ndescription: next\n---\n## Notes\n\nSecond text. [one](one.md#手順)\n",
        ),
        ("content/a/_part.md", "共通の**部分**です。[窓口](/)\n"),
        (
            "content/b/three.md",
            "---\ntitle: 三つ目\nkeywords: [みっつ]\n---\n本文だけ。[二つ目](../a/two.md)\n",
        ),
        ("content/b/deep/four.md", "# 四つ目\n\n> [!NOTE] 題\n> 注意。\n\n`code`と[[壊れ]]。\n"),
        ("static/robots-extra.txt", "x\n"),
        ("locales/ja/site.ftl", "all-guides = すべての手引き\n"),
        ("locales/ja/terms.ftl", "-vpn = 仮想網\n    .definition = 網\n"),
    ];
    let mut files: Files =
        texts.iter().map(|(path, own)| ((*path).to_owned(), text(own))).collect();
    files.insert("content/a/one/p.png".to_owned(), picture(40, 30));
    files
}

const SETTINGS: [&str; 11] = [
    "locales: [ja, en]\ntitle: 窓口\naudiences: [staff, admins]\ntheme: ours\nlevels:\n  template-error: warning\n",
    "locales: [ja, en]\ntitle: 窓口\naudiences: [staff, admins]\nassets: all\ntheme: ours\nvariables:\n  phone: 0120\n",
    "locales: [ja, en]\ntitle: 窓口\naudiences: [staff, admins]\n",
    "locales: [ja, en]\ntitle: 別の窓口\naudiences: [staff]\nbase_url: https://x.example/help/\narchives: true\n",
    "locales: [ja, en]\ntitle: 窓口\nlinks: portable\naudiences: [staff, admins]\nfooter:\n  links:\n    - text: 連絡\n      url: a/one.md\n",
    "locales: [ja, en]\ntitle: 窓口\naudiences: [staff, admins]\ntheme: ours\n",
    "locales: [ja, en, fr]\ntitle: 窓口\naudiences: [staff, admins]\nvariables:\n  phone: {number: {ja: 1200, en: 13000}}\n",
    "locales: [en, ja]\ntitle: desk\naudiences: [staff, admins]\nassets: all\n",
    "locales: [ja, en]\ntitle: 窓口\naudiences: [staff, admins]\nlevels:\n  broken-link: warning\n  missing-alt: off\nmarkdown:\n  soft_breaks: break\n  html: allow\n",
    "locales: [ja, en\ntitle: 壊れた",
    "locales: [ja, en]\ntitle: 窓口\naudiences: [staff, admins]\ntitel: 誤り\nfront:\n  guides: [a/one.md, b/none.md]\n",
];

const WORDS: [&str; 20] = [
    "{-vpn(case: \"short\")}と{-brand}は{-desk}へ。",
    "## {-vpn}を開く",
    ":::include{file=\"_part.md\"}",
    ":::include{file=\"_new.md\"}",
    "電話は{$phone}、{-vpn}で。",
    "[](two.md)",
    "[表](/b/three.md?x=1#細目)と[](one/p.png)",
    "<style>p { color: red }</style>",
    "追記した段落です。",
    "もう一つの行。",
    "A line in English.",
    "[一つ目](/a/one.md)",
    "[手順へ](../a/one.md#手順)",
    "[無い所](../x/none.md#どこか)",
    "![絵](p.png)",
    "![](one/p.png)",
    "`code` と **「強調」**を押す。",
    "<a id=\"mark\"></a>印。",
    "> [!WARNING]- 折り畳み\n> 中身。",
    "<p style=\"color:red\">赤</p>\n\n<script>x()</script>",
];

const HEADINGS: [&str; 6] =
    ["## 手順", "## 補足 {#補足}", "### 細目", "## Steps", "## 手順 {#two}", "# 一つ目"];

const FRONTS: [&str; 23] = [
    "tags: [\"{-vpn}\", 別]",
    "description: \"{-brand}の説明 {$phone}\"",
    "order: 3",
    "order: 1",
    "date: 2025-02-03",
    "tags: [VPN, 別]",
    "tags: [共通]",
    "draft: true",
    "audience: [staff]",
    "audience: [admins]",
    "aliases: [/old/]",
    "slug: other",
    "description: 説明が変わった",
    "keywords: [合言葉]",
    "search: false",
    "toc: false",
    "review_by: 2026-01-01",
    "publish: 2026-05-01",
    "updated: 2026-02-02",
    "template: faq",
    "unknown_key: x",
    "date: 昨日",
    "source: 0a1b2c3d",
];

const PATHS: [&str; 17] = [
    "content/a/_new.md",
    "content/a/_part.en.md",
    "content/b/_new.md",
    "content/a/one.md",
    "content/a/One.md",
    "content/a/one.en.md",
    "content/a/two.md",
    "content/a/two.en.md",
    "content/b/three.md",
    "content/b/index.md",
    "content/b/three.en.md",
    "content/c/five.md",
    "content/c/five.fr.md",
    "content/b/deep/four.md",
    "content/b/deep.md",
    "content/index.md",
    "content/a/_part.md",
];

const OTHERS: [(&str, &[&str]); 20] = [
    ("content/all/index.html", &["x\n", "y\n"]),
    ("content/a/one/index.html", &["x\n"]),
    (
        "locales/ja/site.ftl",
        &["all-guides = 全部\n", "search = さがす\nnobody-asks = x\n", "all-guides = { $x \n", ""],
    ),
    ("locales/en/site.ftl", &["search = Look up\n", "callout-note = Mind\n"]),
    (
        "locales/ja/terms.ftl",
        &[
            "-vpn = 仮想網\n",
            "-vpn = VPN\n    .definition = 外から入る道\n    .url = /a/one.md\n    .avoid = 本文\n    .synonyms = 仮想網、ぶいぴーえぬ\n-brand = 標{ $phone }\n",
            "-vpn = { $case ->\n    [short] 網\n   *[other] 仮想の網\n }\n    .definition = 手順の道\n    .url = javascript:x\n-brand = { $nothing }\n-desk = { -brnd }\n",
        ],
    ),
    ("locales/en/terms.ftl", &["-vpn = VPN\n    .definition = a way in\n", "-brand = Mark\n"]),
    ("locales/ja/synonyms.yaml", &["- [手引き, 案内]\n", "- [一つ]\n"]),
    (
        "themes/ours/theme.yaml",
        &[
            "name: ours\n",
            "name: ours\ncallouts:\n  extra: { icon: info, tone: info, label: callout-note }\n",
            "name: [\n",
        ],
    ),
    (
        "themes/ours/templates/tag.html",
        &[
            "<!doctype html><p>{{ page.title }}</p>{% for item in tag.guides %}{{ item.title }}{% endfor %}",
            "{{ nothing.at.all }}",
            "{% if %}",
        ],
    ),
    (
        "themes/ours/templates/guide.html",
        &[
            "<!doctype html><title>{{ page.title }}</title>{{ guide.body }}{{ msg(id=\"all-guides\") }}",
            "<!doctype html>{{ page.title }}{{ guide.body }}{{ guide.nothing }}",
            "<!doctype html>{{ page.title }}{{ guide.body }}{% if page.title == '新しい題1' %}{{ guide.nothing.at }}{% endif %}",
        ],
    ),
    ("themes/ours/assets/own.css", &["p { color: red }\n", "p { color: blue }\n"]),
    (
        "themes/ours/components/kbd.html",
        &["{% component kbd(body) %}<b>{{ body }}</b>{% endcomponent %}"],
    ),
    ("content/a/one/p.png.yaml", &["alt: 画面\n", "redact: [[1, 2, 3, 4]]\n"]),
    ("static/x.txt", &["1\n", "2\n"]),
    (
        "locales/en/guides/a/one.ftl",
        &[
            "# source: 一つ目\ntitle-1 = The first\n\n# source: 手順\nh-1 = Steps\n\n# source: 本文です。[二つ目]({ $link-1 })と[無い]({ $link-2 })。\np-1 = Text: [two]({ $link-1 }).\n",
            "# source: 一つ目\ntitle-1 = One\n\n# source: 手順\n# was: 手続き\nh-1 = Steps\n",
            "# source: 一つ目\n# title-1 =\n",
            "title-1 = { $x\n<<<<<<< HEAD\n",
        ],
    ),
    (
        "locales/en/guides/a/two.ftl",
        &[
            "# source: 二つ目の本文。\np-1 = By messages.\n",
            "# source: 共通の**部分**です。[窓口]({ $link-1 })\np-1 = The **common** [part]({ $link-1 })\n",
        ],
    ),
    ("locales/en/guides/b/three.ftl", &["# source: 三つ目\ntitle-1 = The third, {-vpn}\n", ""]),
    ("locales/fr/guides/b/three.ftl", &["# source: 三つ目\ntitle-1 = Le troisième\n"]),
    ("locales/fr/guides/a/one.ftl", &["# source: 手順\nh-1 = Étapes\n"]),
    (
        "locales/en/guides/b/deep/four.ftl",
        &["# source: 題\ncallout-1 = Title\n\n# source: 注意。\np-1 = Mind.\n"],
    ),
];

/// Does one edit, or a few at once, and tells it.
pub(super) fn edit(files: &mut Files, random: &mut Random) -> String {
    let times = if random.below(12) == 0 { 3 } else { 1 };
    let told: Vec<String> = (0..times).map(|_| one(files, random)).collect();
    told.join(" and ")
}

fn one(files: &mut Files, random: &mut Random) -> String {
    match random.below(27) {
        0..=6 => body(files, random),
        7..=9 => heading(files, random),
        10..=13 => front(files, random),
        14 => whole(files, random),
        15 => removed(files, random),
        16 => renamed(files, random),
        17 => pictures(files, random),
        18 | 19 | 24..=26 => others(files, random),
        20 => {
            let new = random.of(&SETTINGS);
            files.insert("shirube.yaml".to_owned(), text(new));
            format!("settings: {new:?}")
        }
        21 => {
            files.insert("shirube.yaml".to_owned(), text(SETTINGS[2]));
            "settings as at first".to_owned()
        }
        22 => "nothing".to_owned(),
        _ => unreadable(files, random),
    }
}

fn guides(files: &Files) -> Vec<String> {
    let texts = files.iter().filter(|(path, own)| {
        path.ends_with(".md") && path.starts_with("content/") && matches!(own, Contents::Text(_))
    });
    texts.map(|(path, _)| path.clone()).collect()
}

/// Changes the text of some guide.
fn changed(
    files: &mut Files,
    random: &mut Random,
    change: impl FnOnce(&str, &mut Random) -> String,
) -> String {
    let guides = guides(files);
    if guides.is_empty() {
        return whole(files, random);
    }
    let path = guides[random.below(guides.len())].clone();
    let Contents::Text(old) = &files[&path] else { unreachable!("guides are texts") };
    let new = change(old, random);
    let told = format!("{path} becomes {new:?}");
    files.insert(path, text(&new));
    told
}

fn body(files: &mut Files, random: &mut Random) -> String {
    changed(files, random, |old, random| {
        let mut lines: Vec<&str> = old.lines().collect();
        let start = lines.iter().rposition(|line| *line == "---").map_or(0, |at| at + 1);
        let at = start + random.below(lines.len() - start + 1);
        match random.below(3) {
            0 if at < lines.len() && lines.len() > 4 => drop(lines.remove(at)),
            1 => lines.insert(at, ""),
            _ => lines.insert(at, random.of(&WORDS)),
        }
        let words = if lines.len() > 40 { &lines[..20] } else { &lines[..] };
        words.join("\n") + "\n"
    })
}

fn heading(files: &mut Files, random: &mut Random) -> String {
    changed(files, random, |old, random| {
        let new = random.of(&HEADINGS);
        match old.lines().find(|line| line.starts_with('#')) {
            Some(line) if random.below(2) == 0 => old.replacen(line, new, 1),
            _ => format!("{old}\n{new}\n"),
        }
    })
}

fn front(files: &mut Files, random: &mut Random) -> String {
    changed(files, random, |old, random| {
        let Some(rest) = old.strip_prefix("---\n") else {
            return format!("---\ntitle: 名付けた\n---\n{old}");
        };
        match random.below(5) {
            0 => format!("---\ntitle: 新しい題{}\n{}", random.below(3), without(rest, "title:")),
            1 => format!("---\n{}", rest.split_once('\n').map_or("", |(_, rest)| rest)),
            2 => rest.to_owned(),
            _ => {
                let new = random.of(&FRONTS);
                let key = new.split_once(':').map_or(new, |(key, _)| key);
                format!("---\n{new}\n{}", without(rest, key))
            }
        }
    })
}

fn without(text: &str, start: &str) -> String {
    let kept = text.lines().filter(|line| !line.starts_with(start));
    kept.collect::<Vec<_>>().join("\n") + "\n"
}

fn whole(files: &mut Files, random: &mut Random) -> String {
    let path = random.of(&PATHS);
    let new = format!("---\ntitle: 新しい手引き{}\n---\n{}\n", random.below(4), random.of(&WORDS));
    files.insert(path.to_owned(), text(&new));
    format!("{path} is made")
}

fn removed(files: &mut Files, random: &mut Random) -> String {
    let paths: Vec<String> = files.keys().filter(|path| *path != "shirube.yaml").cloned().collect();
    if paths.len() < 6 {
        return whole(files, random);
    }
    let path = &paths[random.below(paths.len())];
    files.remove(path);
    format!("{path} is removed")
}

fn renamed(files: &mut Files, random: &mut Random) -> String {
    let guides = guides(files);
    if guides.is_empty() {
        return whole(files, random);
    }
    let from = guides[random.below(guides.len())].clone();
    let to = random.of(&PATHS);
    let own = files.remove(&from).expect("it was listed");
    files.insert(to.to_owned(), own);
    format!("{from} becomes {to}")
}

fn pictures(files: &mut Files, random: &mut Random) -> String {
    let path = random.of(&[
        "content/a/one/p.png",
        "content/a/p.png",
        "content/a/one/p.en.png",
        "content/a/one/p.dark.png",
        "content/b/three/q.png",
    ]);
    if random.below(3) == 0 {
        files.remove(path);
        return format!("{path} is removed");
    }
    let width = 20 + u32::try_from(random.below(3)).expect("a small number");
    files.insert(path.to_owned(), picture(width, 20));
    format!("{path} is {width} wide")
}

fn others(files: &mut Files, random: &mut Random) -> String {
    let (path, texts) = OTHERS[random.below(OTHERS.len())];
    let new = random.below(texts.len() + 1);
    match texts.get(new) {
        Some(new) => {
            files.insert(path.to_owned(), text(new));
            format!("{path} becomes {new:?}")
        }
        None => {
            files.remove(path);
            format!("{path} is removed")
        }
    }
}

fn unreadable(files: &mut Files, random: &mut Random) -> String {
    let path = random.of(&PATHS);
    files.insert(path.to_owned(), Contents::Fault(ReadFault::Refused("no".to_owned())));
    format!("{path} cannot be read")
}
