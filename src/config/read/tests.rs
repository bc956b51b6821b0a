use super::*;
use crate::config::{DateForm, Day, TokenValue, VariableKind};
use crate::diagnostic::Place;
use crate::text::FileId;

/// Reads the settings and shows each fault with the text it points at.
fn read_text(text: &str) -> (Config, Vec<String>) {
    let checked = read(Some(Source::whole(FileId(0), text)));
    let faults = checked
        .diagnostics
        .iter()
        .map(|fault| {
            let Place::At(span) = fault.place else { panic!("{fault:?} points nowhere") };
            let help = fault.help_texts().join("; ");
            let at = &text[span.bytes.range()];
            format!("{} «{at}» {} | {help}", fault.code.name(), fault.text())
        })
        .collect();
    (checked.value, faults)
}

fn check(text: &str, want: &[&str]) {
    let (_, faults) = read_text(text);
    assert_eq!(faults, want, "{text}");
}

#[test]
fn nothing_is_a_valid_site() {
    assert_eq!(read(None), Checked::clean(Config::default()));
    for text in ["", "# 設定\n", "title:\n", "\u{feff}"] {
        assert_eq!(read_text(text), (Config::default(), vec![]), "{text}");
    }
    let config = Config::default();
    assert_eq!(config.content, "content");
    assert_eq!(config.source_locale().as_str(), "en");
}

#[test]
fn every_setting_is_read() {
    let (config, faults) = read_text(
        "title: {ja: ヘルプ, en: Help}\n\
         description: 困ったときに\n\
         base_url: https://example.com/help\n\
         content: ./guides/\n\
         locales: [ja, en]\n\
         output: dist\n\
         theme: {name: ours, tokens: {--accent: \"#0a5\", ink: {light: \"#111\"}}}\n\
         timezone: asia/Tokyo\n\
         links: portable\n\
         assets: all\n\
         updated: git\n\
         highlight: false\n\
         remote_images: allow\n\
         markdown: {soft_breaks: break, html: allow, math: true, extra_anchors: hexo}\n\
         audiences: [staff, admins]\n\
         variables:\n  phone: 0120-000-000\n  desk: {ja: 情報システム部, en: IT desk}\n\
         front_matter: {cost: number, systems: list}\n\
         levels: {broken-link: warning, missing-alt: off}\n\
         permalink: :title/\n\
         static: [static, more]\n\
         ignore: [\"*.bak\"]\n\
         archives: true\n\
         feed: {limit: 5}\n\
         edit_url: https://git.example.com/edit/{path}\n\
         contact: 内線 1234\n\
         footer:\n  links:\n    - {text: 社内規程, url: https://example.com/rules}\n\
         feedback: {mail: help@example.com}\n\
         preview: {editor: \"idea://open?file={path}&line={line}\"}\n\
         max_image_megapixels: 50\n",
    );
    assert_eq!(faults, Vec::<String>::new());
    let ja = Locale::new("ja").expect("a tag");
    assert_eq!(config.title.get(&ja), Some("ヘルプ"));
    assert_eq!(config.base_url.map(|url| url.value).as_deref(), Some("https://example.com/help/"));
    assert_eq!(config.content, "guides");
    let editor = config.preview.editor.as_deref();
    assert_eq!(editor, Some("idea://open?file={path}&line={line}"));
    assert_eq!(config.timezone.name(), "Asia/Tokyo");
    assert_eq!(config.theme.map(|name| name.value).as_deref(), Some("ours"));
    let names: Vec<&str> = config.tokens.iter().map(|token| token.name.value.as_str()).collect();
    assert_eq!(names, ["accent", "ink"]);
    assert!(matches!(&config.tokens[0].value, TokenValue::One(text) if text.value == "#0a5"));
    assert!(matches!(&config.tokens[1].value, TokenValue::Schemes { dark: None, .. }));
    assert_eq!(config.variables["phone"].value.get(&ja), Some("0120-000-000"));
    assert_eq!(config.variables["desk"].value.get(&ja), Some("情報システム部"));
    assert_eq!(config.front_matter["systems"], ValueType::List);
    assert_eq!(config.levels["missing-alt"].1, None);
    assert_eq!(config.statics, ["static", "more"]);
    assert_eq!(config.footer_links[0].text.get(&ja), Some("社内規程"));
    assert_eq!(config.max_image_pixels, 50_000_000);
    assert!(config.archives && !config.highlight && config.remote_images && config.markdown.math);
}

#[test]
fn unknown_keys_name_the_nearest() {
    check(
        "titel: x\nmarkdown: {soft_break: join}\n題名: x\n",
        &[
            "unknown-key «soft_break» unknown key `soft_break` | did you mean `soft_breaks`?",
            "unknown-key «titel» unknown key `titel` | did you mean `title`?",
            "unknown-key «題名» unknown key `題名` | ",
        ],
    );
}

#[test]
fn wrong_values_are_pointed_at_all_at_once() {
    check(
        "links: portabel\narchives: yes\nfeed: {limit: 0}\ntheme: [a]\nmarkdown: x\n",
        &[
            "invalid-value «[a]» `theme` wants a theme's name, or keys, not a list | for example `theme: ours`",
            "invalid-value «portabel» `links` cannot be `portabel` | did you mean `portable`?; choose one of `clean`, `portable`",
            "invalid-yaml «x» `markdown` must be keys with values, not `x` | write one `key: value` a line",
            "invalid-value «yes» `archives` wants `true` or `false`, not `yes` | for example `archives: true`",
            "invalid-value «0» `limit` wants a whole number from 1, not `0` | for example `limit: 10`",
        ],
    );
}

#[test]
fn tokens_belong_to_the_theme_and_want_quotes() {
    check(
        "tokens: {accent: \"#0a5\"}\n",
        &[
            "unknown-key «tokens» `tokens` belongs under `theme` | write `theme: { tokens: { … } }`, with the theme's `name` where there is one",
        ],
    );
    check(
        "theme:\n  nam: x\n  tokens:\n    accent: #0a5\n    ink: [a]\n    line: {light: \"#000\", drak: \"#fff\"}\n",
        &[
            "invalid-value «accent» `accent` has no value | YAML takes `#` for a comment: write a colour in quotes, `accent: \"#1f5f4a\"`",
            "invalid-value «[a]» `ink` wants a CSS value, not a list | for example `ink: \"…\"`",
            "unknown-key «drak» unknown key `drak` | did you mean `dark`?",
            "unknown-key «nam» unknown key `nam` | did you mean `name`?",
        ],
    );
}

#[test]
fn an_editors_address_is_checked() {
    for bad in ["code {path}", "vscode://file/", "javascript:open('{path}')", "x:{path} y"] {
        check(
            &format!("preview: {{editor: \"{bad}\"}}\n"),
            &[&format!(
                "invalid-value «\"{bad}\"» `editor`: `{bad}` opens no file in an editor | for example `editor: vscode://file/{{path}}:{{line}}:{{column}}`"
            )],
        );
    }
    check(
        "preview: {edtor: x}\n",
        &["unknown-key «edtor» unknown key `edtor` | did you mean `editor`?"],
    );
}

#[test]
fn addresses_and_zones_are_checked() {
    check(
        "base_url: example.com\ntimezone: Asia/Tokio\nedit_url: https://x.example/\n",
        &[
            "invalid-value «Asia/Tokio» there is no time zone `Asia/Tokio` | did you mean `Asia/Tokyo`?; write a name such as `Asia/Tokyo` or `UTC`",
            "invalid-value «example.com» `base_url`: `example.com` is no web address | for example `base_url: https://help.example.com/`",
            "invalid-value «https://x.example/» `edit_url` does not say where the file's path goes | for example `https://git.example.com/help/edit/main/{path}`",
        ],
    );
    check(
        "timezone: Tokyo\n",
        &[
            "invalid-value «Tokyo» there is no time zone `Tokyo` | did you mean `Asia/Tokyo`?; write a name such as `Asia/Tokyo` or `UTC`",
        ],
    );
}

#[test]
fn folders_stay_inside_the_site_and_apart() {
    let outside = "is outside the site | name a folder inside the one that holds `shirube.yaml`";
    check(
        "content: ../docs\nstatic: /etc\noutput: C:\\x\n",
        &[
            &format!("invalid-value «../docs» `content`: `../docs` {outside}"),
            &format!("invalid-value «/etc» `static`: `/etc` {outside}"),
            &format!("invalid-value «C:\\x» `output`: `C:\\x` {outside}"),
        ],
    );
    for output in [".", "content", "content/public", "themes"] {
        let (_, faults) = read_text(&format!("output: {output}\n"));
        assert!(
            faults.len() == 1 && faults[0].starts_with("unsafe-output"),
            "{output}: {faults:?}"
        );
    }
}

#[test]
fn levels_know_the_codes_and_keep_errors_of_the_whole() {
    check(
        "levels:\n  broken-lnk: off\n  duplicate-key: off\n  broken-link: bad\n",
        &[
            "unknown-key «broken-lnk» unknown key `broken-lnk` | did you mean `broken-link`?",
            "invalid-value «off» `duplicate-key` stays an error: with it no site can be written | remove the line",
            "invalid-value «bad» `broken-link` wants `error`, `warning`, `note` or `off`, not `bad` | for example `broken-link: warning`",
        ],
    );
}

#[test]
fn locales_are_tags_of_their_own() {
    check(
        "locales: [ja, 日本語, JA, all]\ntitle: {fr: Aide}\n",
        &[
            "invalid-value «日本語» `日本語` is no language tag | write tags like `ja`, `en` or `fr-CA`",
            "invalid-value «JA» the locale `JA` stands twice | keep one of the two",
            "address-collision «all» the locale `all` would take the folder `all/`, which every site has | add a region or script: `all-Latn`",
            "unknown-key «fr» `fr` is no locale of this site | name it in `locales:`",
        ],
    );
}

#[test]
fn permalinks_and_declarations_are_checked() {
    check(
        "permalink: :yaer/:title/\nfront_matter: {title: text, cost: numbr}\nvariables: {電話: 1}\n",
        &[
            "invalid-value «電話» `電話` cannot name a variable | use ASCII letters, digits, `-` and `_`, such as `helpdesk-phone`",
            "invalid-value «title» every guide may have `title` | remove the line: this key needs no declaration",
            "invalid-value «numbr» `cost` wants a type, not `numbr` | for example `cost: text`; did you mean `number`?; the types are text, number, boolean, date, list and any",
            "invalid-value «:yaer/:title/» `permalink` cannot fill in `:yaer` | did you mean `year`?; for example `permalink: :title/` or `permalink: :year/:month/:name/`",
        ],
    );
}

#[test]
fn the_front_page_has_searches_guides_and_notices() {
    let (config, faults) = read_text(
        "locales: [ja, en]\n\
         front:\n  searches: {ja: [パスワード, \" \"], en: new phone}\n  \
         guides: account/x.md\n  \
         notices: [{text: {ja: 停止}, tone: warn, url: a.md, from: 2026年4月1日, until: 2026/4/2}]\n",
    );
    assert_eq!(faults, [""; 0]);
    assert_eq!(config.front.searches["ja"], ["パスワード"]);
    assert_eq!(config.front.searches["en"], ["new phone"]);
    assert_eq!(config.front.guides[0].value, "account/x.md");
    let notice = &config.front.notices[0];
    assert_eq!((notice.tone, notice.url.as_ref().unwrap().value.as_str()), ("warn", "a.md"));
    let day = |day| Day { year: 2026, month: 4, day };
    assert!(notice.is_shown_on(day(1)) && notice.is_shown_on(day(2)));
    assert!(!notice.is_shown_on(day(3)));
    assert!(!notice.is_shown_on(Day { year: 2026, month: 3, day: 31 }));
    let (config, _) =
        read_text("locales: [ja, en]\nfront: {searches: [VPN], notices: [{text: 停止}]}");
    assert_eq!(config.front.searches["en"], ["VPN"], "one list is for all");
    assert_eq!(config.front.notices[0].tone, "info");
    assert!(config.front.notices[0].is_shown_on(day(1)), "without days, always");
    assert_eq!(crate::config::TONES, crate::theme::TONES);
}

#[test]
fn what_the_front_page_cannot_have_is_told() {
    check(
        "front: {serches: [a], notices: {text: お知らせ}}",
        &[
            "invalid-value «{text: お知らせ}» `notices` wants a list of notices, not keys with values | for example `notices: [{text: …}]`",
            "unknown-key «serches» unknown key `serches` | did you mean `searches`?",
        ],
    );
    check(
        "front: [a]",
        &[
            "invalid-yaml «[a]» `front` must be keys with values, not a list | write one `key: value` a line",
        ],
    );
}

#[test]
fn variables_have_types_and_faults_stand_at_their_values() {
    let text = "locales: [ja, en]\nvariables:\n  seats: {number: {ja: 1200, en: 1300}}\n  day: {date: 2026-04-01, style: medium}\n  bad: {number: many}\n  odd: {text: a, style: long}\n";
    let Checked { value: config, diagnostics } = read(Some(Source::whole(FileId(0), text)));
    let ja = Locale::new("ja").unwrap();
    assert_eq!(config.variables["seats"].kind, VariableKind::Number);
    assert_eq!(config.variables["seats"].value.get(&ja), Some("1200"));
    assert_eq!(config.variables["day"].kind, VariableKind::Date(DateForm::Medium));
    let at = |fault: &Diagnostic| match fault.place {
        crate::diagnostic::Place::At(span) => &text[span.bytes.range()],
        _ => "",
    };
    assert_eq!(diagnostics.iter().map(at).collect::<Vec<_>>(), ["many", "style"]);
}
