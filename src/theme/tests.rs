pub(crate) mod fixture;
mod overrides;

use self::fixture::{lines, theme};
use super::*;
use crate::document::Attribute;

#[derive(Default)]
struct Plain(std::cell::RefCell<std::collections::BTreeSet<String>>);

impl Voice for Plain {
    fn message(&self, id: &str, arguments: &[(&str, WordArgument)]) -> Arc<str> {
        format!("«{id} {}»", arguments.len()).into()
    }
    fn date(&self, date: &str, _: &str) -> Result<String, String> {
        Ok(date.to_owned())
    }
    fn root(&self) -> &'static str {
        "../"
    }
    fn locale(&self) -> &'static str {
        "ja"
    }
    fn serial(&self) -> u32 {
        7
    }
    fn note_icon(&self, name: &str) {
        self.0.borrow_mut().insert(name.to_owned());
    }
    fn drawn_icons(&self) -> Vec<String> {
        self.0.take().into_iter().collect()
    }
}

fn voice() -> Rc<dyn Voice> {
    Rc::new(Plain::default())
}

fn faults(text: &str) -> Vec<String> {
    lines(&theme(&[("templates/x.html", text)]).diagnostics, text)
}

#[test]
fn the_built_in_theme_has_no_faults() {
    let checked = theme(&[]);
    assert_eq!(checked.diagnostics, []);
    assert!(checked.value.callouts().any(|kind| kind == "admin"));
    assert_eq!(checked.value.callouts().count(), 11);
    let names: Vec<&str> = checked.value.assets().iter().map(|(path, _)| path.as_str()).collect();
    assert!(names.iter().any(|name| name.starts_with("assets/style.") && name.ends_with(".css")));
}

#[test]
fn faults_of_templates_come_at_their_bytes_also_under_japanese() {
    assert_eq!(
        faults("<p>日本語 {{ page.title | uper }}</p>"),
        ["template-error ‹uper› unknown filter `uper`"]
    );
    assert!(faults("あ{% if %}")[0].starts_with("template-error ‹%}› found `%}` but expected"));
    assert_eq!(
        faults("{% include \"nope.html\" %}"),
        ["template-error ‹\"nope.html\"› unknown template `nope.html`"]
    );
    assert_eq!(
        faults("{% extends \"bse.html\" %}"),
        ["template-error ‹bse.html› there is no template `bse.html` [did you mean `base.html`?]"]
    );
    let files = [("templates/x.html", "{% if %}"), ("templates/y.html", "{{ 1 + }}")];
    assert_eq!(theme(&files).diagnostics.len(), 2);
}

#[test]
fn a_template_that_cannot_be_read_hides_no_fault_but_its_own() {
    let files = [
        ("templates/x.html", "{% if %}"),
        ("templates/y.html", "{% include \"x.html\" %}{{ 1 | nope }}"),
    ];
    let faults = lines(&theme(&files).diagnostics, files[1].1);
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert_eq!(faults[1], "template-error ‹nope› unknown filter `nope`");
}

#[test]
fn a_byte_order_mark_moves_no_place() {
    let text = "\u{feff}{# nope.html #}{% extends \"nope.html\" %}";
    assert!(faults(text)[0].starts_with("template-error ‹nope.html› there is no template"));
    assert_eq!(faults("\u{feff}語{{ 1 | uper }}"), ["template-error ‹uper› unknown filter `uper`"]);
    assert_eq!(faults("\u{feff}{{ 1 + }}").len(), 1);
    assert!(faults("\u{feff}語{% if %}")[0].starts_with("template-error ‹%}›"));
    let text = "\u{feff}語{{ page.titel }}";
    let theme = theme(&[("templates/x.html", text)]).value;
    let page = Value(map_of(vec![("title", "題".show())]));
    let drawn = theme.draw("x.html", vec![("page", page)], &voice());
    assert!(lines(&drawn.diagnostics, text)[0].starts_with("template-error ‹titel›"));
}

#[test]
fn circles_are_told_with_their_chain() {
    let files = [
        ("templates/a.html", "あ{% include \"b.html\" %}"),
        ("templates/b.html", "{% include \"a.html\" %}"),
    ];
    assert_eq!(
        lines(&theme(&files).diagnostics, files[0].1),
        [
            "template-error ‹b.html› the template `a.html` includes itself [the circle is a.html → b.html → a.html]"
        ]
    );
    assert_eq!(
        faults("{% extends \"x.html\" %}"),
        [
            "template-error ‹x.html› the template `x.html` extends itself [the circle is x.html → x.html]"
        ]
    );
}

#[test]
fn a_file_of_the_same_path_replaces_and_the_hidden_one_can_be_extended() {
    let text =
        "{% extends \"default/404.html\" %}{% block main %}ない{{ super() }}{% endblock main %}";
    let checked = theme(&[("templates/404.html", text)]);
    assert_eq!(lines(&checked.diagnostics, text), Vec::<String>::new());
    assert!(checked.value.sources.contains_key("default/404.html"));
}

#[test]
fn a_fault_while_drawing_comes_at_its_bytes() {
    let text = "語{{ page.titel }}";
    let theme = theme(&[("templates/x.html", text)]).value;
    let page = Value(map_of(vec![("title", "題".show())]));
    let drawn = theme.draw("x.html", vec![("page", page)], &voice());
    assert!(
        lines(&drawn.diagnostics, text)[0]
            .starts_with("template-error ‹titel› field `titel` is not defined")
    );
}

#[test]
fn icons_are_drawn_once_in_the_sprite_of_the_page() {
    let text = "{{ icon(name=\"info\") }}{{ icon(name=\"info\") }}{{ sprite(also=[\"tip\"]) }}|{{ sprite() }}|";
    let drawn = theme(&[("templates/x.html", text)]).value.draw("x.html", Vec::new(), &voice());
    assert_eq!(drawn.diagnostics, []);
    let html = String::from_utf8(drawn.value).unwrap();
    let used =
        "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#page:icon-info\"></use></svg>";
    assert!(html.starts_with(&format!("{used}{used}<svg class=\"sprite\" display=\"none\"")));
    assert_eq!(html.matches("<symbol ").count(), 2);
    assert!(html.contains("<symbol id=\"page:icon-info\" viewBox=\"0 0 24 24\" fill=\"none\""));
    assert!(html.ends_with("</symbol></svg>||"), "nothing is left for a second one");
    for text in ["語{{ icon(name=\"in\" ~ \"f\") }}", "語{{ sprite(also=[\"in\" ~ \"f\"]) }}"] {
        let drawn = theme(&[("templates/x.html", text)]).value.draw("x.html", Vec::new(), &voice());
        let told = &lines(&drawn.diagnostics, text)[0];
        assert!(told.contains("no icon `inf`; did you mean `info`?"), "{told}");
    }
}

#[test]
fn values_are_escaped_and_only_our_html_is_not() {
    let theme = theme(&[("templates/x.html", "{{ a }}|{{ b }}|{{ msg(id=\"x\", n=1) }}")]).value;
    let variables =
        vec![("a", Value::of(&"<script>".to_owned())), ("b", Value::of(&Html("<b>".to_owned())))];
    let drawn = theme.draw("x.html", variables, &voice());
    assert_eq!(drawn.diagnostics, []);
    assert_eq!(drawn.value, "&lt;script&gt;|<b>|«x 1»".as_bytes());
}

#[test]
fn message_uses_know_their_bytes_and_arguments() {
    let text =
        "あ{{ msg(id=\"hello\", name=page.title ~ \", )\", n=f(1, 2)) }}{{ msg(id=\"a\" ~ b) }}";
    let theme = theme(&[("templates/zz.html", text)]).value;
    let ours: Vec<_> =
        theme.message_uses().iter().filter(|asked| asked.span.file == FileId(1)).collect();
    assert_eq!(ours.len(), 1);
    assert_eq!(&text[ours[0].span.bytes.range()], "hello");
    assert_eq!(ours[0].arguments, ["name", "n"]);
}

fn attribute(text: &str, written: &str) -> Attribute {
    let (name, value) = written.split_once('=').unwrap_or((written, "true"));
    let start = text.find(written).expect("the attribute is in the text");
    Attribute {
        name: name.to_owned(),
        value: value.trim_matches('"').to_owned(),
        span: Span::new(FileId(1), start..start + written.len()),
    }
}

fn component(
    text: &str,
    name: &str,
    label: Option<&str>,
    attributes: &[&str],
) -> (Option<String>, Vec<String>) {
    let source = "{% component box(label: string, open: bool = false, level: integer = 2) %}<{{ label }}|{{ open }}|{{ level }}|{{ body }}>{% endcomponent box %}";
    let settings = "components: { block: [box] }";
    let theme = theme(&[("components/box.html", source), ("theme.yaml", settings)]);
    assert_eq!(theme.diagnostics, []);
    let attributes: Vec<Attribute> =
        attributes.iter().map(|written| attribute(text, written)).collect();
    let at = text.find(name).expect("the name is in the text");
    let call = Call {
        name,
        name_span: Span::new(FileId(1), at..at + name.len()),
        kind: ComponentKind::Block,
        label: label.map(|label| Html(label.to_owned())),
        text: label.map(str::to_owned),
        attributes: &attributes,
        body: Some(Html("<p>本文</p>".to_owned())),
    };
    let checked = theme.value.directive(&call, &voice());
    (checked.value.map(|html| html.0), lines(&checked.diagnostics, text))
}

#[test]
fn components_check_their_attributes_at_their_own_bytes() {
    let good = component(":::box{open level=3}", "box", Some("<em>題</em>"), &["open", "level=3"]);
    assert_eq!(good, (Some("<<em>題</em>|true|3|<p>本文</p>>".to_owned()), vec![]));
    let (html, faults) = component(":::box{opn level=三}", "box", Some("題"), &["opn", "level=三"]);
    assert_eq!(html.as_deref(), Some("<題|false|2|<p>本文</p>>"));
    assert_eq!(
        faults,
        [
            "invalid-attribute ‹opn› `box` has no attribute `opn` [did you mean `open`?]",
            "invalid-attribute ‹level=三› `level` of `box` cannot be `三` [it takes a value of the type integer]",
        ]
    );
    let (html, faults) = component(":::box", "box", None, &[]);
    assert_eq!(html, None);
    assert_eq!(
        faults,
        [
            "invalid-attribute ‹box› `box` wants `label` [write its text in brackets after the name: `box[…]`]"
        ]
    );
    let (_, faults) = component(":::bx", "bx", None, &[]);
    assert_eq!(faults, ["unknown-directive ‹bx› there is no component `bx` [did you mean `box`?]"]);
    let (_, faults) = component(":::kbd", "kbd", None, &[]);
    assert_eq!(
        faults[0],
        "unknown-directive ‹kbd› the component `kbd` cannot stand here [it stands inside a line: `:kbd[…]`]"
    );
}

#[test]
fn kinds_of_page_are_rows_and_name_templates() {
    let text = "pages: { faq: questions.html, guide: giude.html, tags: [] }\n";
    let checked = theme(&[("theme.yaml", text), ("templates/questions.html", "")]);
    assert_eq!(
        lines(&checked.diagnostics, text),
        [
            "invalid-value ‹[]› `tags` wants a template, not a list [for example `tags: guide.html`]",
            "invalid-theme ‹giude.html› there is no template `giude.html` for pages of the kind `guide` [did you mean `guide.html`?] [put it at `templates/giude.html` of the theme]",
        ]
    );
    let theme = checked.value;
    assert_eq!(theme.layout("faq"), Some("questions.html"));
    assert_eq!(theme.layout("questions"), Some("questions.html"));
    assert_eq!((theme.page("guide"), theme.page("tags")), (Some("guide.html"), Some("tags.html")));
    assert_eq!(theme.layout("nope"), None);
    for other in ["front", "404", "redirect", "parts/facts", "components/kbd"] {
        assert_eq!(theme.layout(other), None, "{other}");
        assert!(!theme.layouts().any(|name| name == other), "{other}");
    }
    assert!(theme.draws_others("front") && !theme.draws_others("nope"));
}

#[test]
fn the_higher_layer_says_where_a_component_stands() {
    let source = "{% component box() %}x{% endcomponent box %}";
    let kind = |lower: &'static str, higher: &'static str| {
        let lower = [("components/box.html", source), ("theme.yaml", lower)];
        let higher = [("theme.yaml", higher)];
        let layers = [
            fixture::default_layer(),
            fixture::layer("low", 1, &lower),
            fixture::layer("high", 9, &higher),
        ];
        let theme = load(&layers, &[]);
        assert_eq!(theme.diagnostics, []);
        theme.value.components["box"].kind
    };
    let (block, inline) = ("components: { block: [box] }", "components: { inline: [box] }");
    assert_eq!(kind(block, inline), Some(ComponentKind::Inline));
    assert_eq!(kind(inline, block), Some(ComponentKind::Block));
    let both = "components: { block: [tabs], inline: [tabs] }";
    assert_eq!(
        lines(&theme(&[("theme.yaml", both)]).diagnostics, both),
        [
            "invalid-theme ‹tabs› the component `tabs` stands in both lists [a component stands between blocks or inside a line; take it out of one list]"
        ]
    );
}

#[test]
fn templates_without_the_text_are_known() {
    let files = [
        ("templates/x.html", "{# guide.body #}{{ page.title }}"),
        ("templates/y.html", "{% include \"z.html\" %}"),
        ("templates/z.html", "{{ guide.body }}"),
        ("templates/own.html", "{% extends \"default/guide.html\" %}"),
        ("templates/guide.html", "{% extends \"default/guide.html\" %}"),
    ];
    let theme = theme(&files).value;
    let lost = |name: &str| theme.loses_text(name).is_some();
    assert!(lost("x.html") && lost("404.html"));
    assert!(!["y.html", "z.html", "own.html", "guide.html", "front.html"].into_iter().any(lost));
}

#[test]
fn what_is_given_and_does_not_fit_is_told_once() {
    let source = "{% component box(floor: integer) %}x{% endcomponent box %}";
    let settings = "components: { block: [box] }";
    let theme = theme(&[("components/box.html", source), ("theme.yaml", settings)]).value;
    let text = ":::box{floor=三}";
    let call = Call {
        name: "box",
        name_span: Span::new(FileId(1), 3..6),
        kind: ComponentKind::Block,
        label: None,
        text: None,
        attributes: &[attribute(text, "floor=三")],
        body: None,
    };
    let checked = theme.directive(&call, &voice());
    assert!(checked.value.is_none());
    let faults = lines(&checked.diagnostics, text);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("invalid-attribute ‹floor=三›"), "{faults:?}");
}

#[test]
fn what_no_guide_can_give_is_a_fault_of_the_component() {
    let source = "{% component box(floor: map) %}x{% endcomponent box %}";
    let settings = "components: { block: [box] }";
    let checked = theme(&[("components/box.html", source), ("theme.yaml", settings)]);
    let faults = lines(&checked.diagnostics, source);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("invalid-theme ‹box› guides cannot give `floor`"), "{faults:?}");
}

#[test]
fn blocks_that_built_in_pages_miss_are_told_once_at_the_own_base() {
    let base = "<!doctype html>{{ page.title }}";
    let faults = lines(&theme(&[("templates/base.html", base)]).diagnostics, base);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("template-error ‹(file)› this template lacks the blocks `"));
    assert!(faults[0].contains("`main`"), "{faults:?}");
}

#[test]
fn settings_under_another_name_are_told() {
    for name in ["theme.yml", "Theme.yaml"] {
        let checked = theme(&[(name, "name: x\n")]);
        let told =
            format!("unused-file ‹(file)› nothing uses `{name}` [did you mean `theme.yaml`?]");
        assert_eq!(lines(&checked.diagnostics, ""), [told]);
        assert!(!checked.value.is_whole());
    }
}

#[test]
fn settings_that_cannot_be_read_are_told_at_their_line() {
    let text = "name: x\ncalouts: {}\n";
    assert_eq!(
        lines(&theme(&[("theme.yaml", text)]).diagnostics, text),
        ["unknown-key ‹calouts› unknown key `calouts` [did you mean `callouts`?]"]
    );
    let text = "callouts: { law: { icon: inf, tone: info, message: callout-law } }";
    assert_eq!(
        lines(&theme(&[("theme.yaml", text)]).diagnostics, text),
        [
            "invalid-theme ‹inf› there is no icon `inf` [did you mean `info`?] [put it at `icons/inf.svg` of the theme]"
        ]
    );
    let text = "components: { block: [steps, detials] }";
    assert_eq!(
        lines(&theme(&[("theme.yaml", text)]).diagnostics, text),
        [
            "invalid-theme ‹detials› no file defines the component `detials` [did you mean `details`?] [write `components/detials.html`, or take it out of `components:`]"
        ]
    );
    let text = "callouts: { 法務: { icon: info, tone: red } }";
    let faults = lines(&theme(&[("theme.yaml", text)]).diagnostics, text);
    assert!(faults[0].starts_with("invalid-value ‹red›"), "{faults:?}");
    assert_eq!(faults.len(), 1, "{faults:?}");
    let text = "callouts: { 法務: { icon: info, tone: tip } }";
    assert_eq!(
        lines(&theme(&[("theme.yaml", text)]).diagnostics, text),
        [
            "invalid-theme ‹法務› the callout `法務` wants an icon, a tone and a message [for example `法務: { icon: info, tone: info, message: callout-法務 }`]"
        ]
    );
    let layer = fixture::layer("x", 0, &[("theme.yaml", "parent: corp\n")]);
    assert_eq!(parent(&layer.files).map(|parent| parent.value).as_deref(), Some("corp"));
}
