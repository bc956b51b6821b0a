//! What a site's theme lays over another, and no longer fits.

use std::collections::BTreeSet;

use super::fixture::{default_layer, layer, lines, theme};
use crate::theme::{ThemeLayer, fingerprint, load, original, originals};

fn faults(path: &str, text: &str) -> Vec<String> {
    lines(&theme(&[(path, text)]).diagnostics, text)
}

/// What nothing uses in a theme of `files`, where guides chose `chosen`.
fn unused(files: &[(&str, &str)], chosen: &[&str]) -> Vec<String> {
    let checked = theme(files);
    assert_eq!(checked.diagnostics, []);
    let chosen: BTreeSet<&str> = chosen.iter().copied().collect();
    lines(&checked.value.unused(&chosen), "")
}

#[test]
fn names_that_are_written_out_are_checked_without_drawing() {
    assert_eq!(
        faults("templates/x.html", "あ{% if false %}{{ icon(name=\"inof\") }}{% endif %}"),
        [
            "template-error ‹inof› the theme has no icon `inof` [did you mean `info`?] [put it at `icons/inof.svg` of the theme]"
        ]
    );
    assert_eq!(
        faults(
            "components/x.html",
            "{% component x() %}{{ asset(path='stile.css') }}{% endcomponent x %}"
        ),
        [
            "template-error ‹stile.css› the theme has no asset `stile.css` [did you mean `style.css`?] [put it at `assets/stile.css` of the theme]"
        ]
    );
    assert_eq!(
        faults("templates/x.html", "{{ date(value=\"2026-01-01\", style=\"lang\") }}"),
        [
            "template-error ‹lang› there is no date style `lang` [did you mean `long`?] [choose one of `short`, `medium`, `long`, `month`, `year`]"
        ]
    );
    assert!(faults("templates/x.html", "{{ sprite(also=[\"inof\"]) }}")[0].contains("‹inof›"));
    let computed = "{{ icon(name=\"in\" ~ \"of\") }}{{ date(value=\"2026-01-01\") }}";
    assert_eq!(faults("templates/x.html", computed), Vec::<String>::new());
}

#[test]
fn components_called_by_templates_check_what_they_are_given() {
    let told = |call: &str| {
        let text = format!("語{{{{ {call} }}}}");
        let theme = theme(&[("templates/x.html", &text)]).value;
        let drawn = theme.draw("x.html", Vec::new(), &super::voice());
        lines(&drawn.diagnostics, &text).join("; ")
    };
    assert_eq!(told("<kbd text=\"A\"/>"), "");
    assert_eq!(
        told("<kbd text=\"A\" size={1}/>"),
        "template-error ‹<kbd text=\"A\" size={1}/>› unknown argument(s) `size` in component call. Possible argument(s) are: `text`"
    );
    assert_eq!(told("<kbd/>"), "template-error ‹<kbd/>› argument `text` (type: `string`) missing.");
    assert!(told("<kbd text={1}/>").contains("does not match expected type: `string`"));
    let text = "{{ <kdb text=\"A\"/> }}";
    assert!(faults("templates/x.html", text)[0].starts_with("template-error ‹<kdb"));
}

#[test]
fn blocks_that_the_parent_lacks_are_told_with_the_nearest() {
    let text = "{% extends \"base.html\" %}{% block mian %}{% endblock mian %}";
    assert_eq!(
        faults("templates/x.html", text),
        [
            "template-error ‹mian› block `mian` is not defined in any parent template [did you mean `main`?]"
        ]
    );
    let base = theme(&[("templates/base.html", "{% block head %}{% endblock head %}")]).diagnostics;
    assert!(!base.is_empty(), "the built-in templates want their blocks");
    let ours = crate::diagnostic::Place::File(crate::text::FileId(1));
    assert!(base.iter().all(|fault| fault.place == ours), "{base:?}");
}

#[test]
fn files_that_nothing_uses_are_told() {
    let files = [
        ("templates/parts/fakts.html", "x"),
        ("templates/faq.html", "x"),
        ("components/hello.html", "{% component hello() %}x{% endcomponent hello %}"),
        ("icons/inof.svg", "<svg viewBox=\"0 0 1 1\"/>"),
        ("assets/extra.css", "x"),
        ("template/guide.html", "x"),
        ("LICENSE", "x"),
    ];
    assert_eq!(
        unused(&files, &["faq"]),
        [
            "unused-file ‹(file)› nothing uses `templates/parts/fakts.html` [the theme below has no file of this name: correct it, include it, or let a guide choose it with `template: parts/fakts`]",
            "unused-file ‹(file)› nothing uses `components/hello.html` [the theme below has no file of this name: correct it, use it, or remove it]",
            "unused-file ‹(file)› nothing uses `icons/inof.svg` [the theme below has no file of this name: correct it, use it, or remove it]",
            "unused-file ‹(file)› nothing uses `assets/extra.css` [the theme below has no file of this name: correct it, use it, or remove it]",
            "unused-file ‹(file)› nothing uses `template/guide.html` [did you mean `templates`?]",
        ]
    );
    assert_eq!(unused(&files, &[]).len(), 6);
}

#[test]
fn files_that_something_uses_are_not_told() {
    let files = [
        (
            "theme.yaml",
            "pages: { faq: faq.html }\ncomponents: { block: [hello] }\ncallouts: { law: { icon: law, tone: info, message: law } }",
        ),
        ("templates/parts/facts.html", "{{ <ui.deep/> }}"),
        ("templates/faq.html", "{% include \"parts/new.html\" %}"),
        ("templates/parts/new.html", "{{ asset(path=\"extra.css\") }}"),
        ("components/hello.html", "{% component hello() %}x{% endcomponent hello %}"),
        ("components/ui.html", "{% component ui.deep() %}x{% endcomponent ui.deep %}"),
        ("icons/law.svg", "<svg viewBox=\"0 0 1 1\"/>"),
        ("assets/extra.css", "@font-face { src: url(own.woff2) }"),
        ("assets/own.woff2", "x"),
        ("assets/search-engine.js", "x"),
        ("locales/ja/ours.ftl", "x = y"),
    ];
    assert_eq!(unused(&files, &[]), Vec::<String>::new());
    let computed = "{{ icon(name=page.kind) }}{{ asset(path=\"a\" ~ \"b\") }}";
    let files = [
        ("templates/tag.html", computed),
        ("icons/x.svg", "<svg viewBox=\"0 0 1 1\"/>"),
        ("assets/x.js", ""),
    ];
    assert_eq!(unused(&files, &[]), Vec::<String>::new());
}

/// Were it a site's own, the built-in theme would have no file too many.
#[test]
fn the_built_in_theme_uses_all_its_files() {
    let nothing = ThemeLayer { name: "nothing", files: Vec::new(), unread: Vec::new() };
    let checked = load(&[nothing, default_layer()], &[]);
    assert_eq!(lines(&checked.diagnostics, ""), Vec::<String>::new());
    assert_eq!(lines(&checked.value.unused(&BTreeSet::new()), ""), Vec::<String>::new());
}

#[test]
fn components_take_what_those_they_replace_take() {
    assert_eq!(
        faults(
            "components/kbd.html",
            "{% component kbd(label: string, ...rest) %}x{% endcomponent kbd %}"
        ),
        [
            "component-mismatch ‹kbd› the component `kbd` wants `label`, which the one it replaces does not want [give it a value of its own, for example `label: string = \"\"`]"
        ]
    );
    assert_eq!(
        faults(
            "components/details.html",
            "{% component details(open: string = \"\") %}x{% endcomponent details %}"
        ),
        [
            "component-mismatch ‹details› the component `details` does not take `label`, which the one it replaces takes [guides and pages pass it: take it, or all further ones with `...rest`]",
            "component-mismatch ‹details› the component `details` takes `open` as another type than the one it replaces [keep the type: pages pass it as before]",
        ]
    );
    let same = "{% component tab(label: string, extra: bool = false) %}x{% endcomponent tab %}";
    assert_eq!(faults("components/tab.html", same), Vec::<String>::new());
}

#[test]
fn copies_say_what_they_were_copied_from_and_know_when_it_has_changed() {
    let below = layer("corp", 100, &[("templates/x.html", "{% extends \"base.html\" %}\n")]);
    let layers = [default_layer(), below];
    let found = original(&layers, "x.html").expect("the theme below has it");
    assert_eq!((found.layer.as_str(), found.path.as_str()), ("corp", "templates/x.html"));
    let copy = found.copy();
    let hash = fingerprint(found.text.as_bytes());
    assert_eq!(copy, format!("{{#- copied from corp/x.html {hash} -#}}\n{}", found.text));
    let told = |text: &str| {
        let ours = layer("ours", 1, &[("templates/x.html", text)]);
        lines(&load(&[layers[0].clone(), layers[1].clone(), ours], &[]).diagnostics, text)
    };
    assert_eq!(told(&copy), Vec::<String>::new());
    let old = copy.replace(&hash, "01234567");
    assert_eq!(
        told(&old),
        [format!(
            "outdated-override ‹01234567› `x.html` of the theme `corp` has changed since this was copied from it [`shirube new template x.html --print` shows it as it is now: compare the two, take over what you want, then write `{hash}` in place of `01234567`]"
        )]
    );
    assert_eq!(
        told(&copy.replace("x.html", "y.html")),
        [format!(
            "outdated-override ‹{hash}› the theme `corp` no longer has `y.html`, from which this was copied [see whether this file is still of use, and remove its first line or the file]"
        )]
    );
}

#[test]
fn originals_are_found_by_their_names_and_draw_the_same_when_copied() {
    let layers = [default_layer()];
    for name in ["kbd.html", "components/kbd.html"] {
        assert_eq!(original(&layers, name).expect("a component").path, "components/kbd.html");
    }
    for name in ["guide.html", "templates/guide.html"] {
        assert_eq!(original(&layers, name).expect("a template").path, "templates/guide.html");
    }
    assert_eq!(original(&layers, "theme.yaml"), None);
    assert_eq!(original(&layers, "icons/info.svg"), None);
    let names: Vec<String> = originals(&layers).map(str::to_owned).collect();
    assert!(names.iter().any(|name| name == "guide.html"));
    let copies: Vec<(String, String)> = names
        .iter()
        .filter_map(|name| original(&layers, name))
        .map(|original| (original.path.clone(), original.copy()))
        .collect();
    let files: Vec<(&str, &str)> =
        copies.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(lines(&theme(&files).diagnostics, ""), Vec::<String>::new());
}
