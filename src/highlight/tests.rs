use super::*;

fn html(language: &str, code: &str) -> String {
    let shown = highlight(language, code);
    assert!(shown.known, "{language}");
    shown.html.to_string()
}

/// The text of HTML made here: tags dropped, entities undone.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at + rest[at..].find('>').expect("tags end") + 1..];
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn languages_of_a_help_desk_are_known_in_any_spelling() {
    for name in [
        "PowerShell",
        "ps",
        "pwsh",
        "Kusto",
        "KQL",
        "json",
        "JSONC",
        "Bicep",
        "bash",
        "console",
        "shell",
        "http",
        "xml",
        "YAML",
        "yml",
        "C#",
        "csharp",
        "python",
        "cmd",
        "sql",
        "html",
        "css",
        "js",
        "ts",
        "dockerfile",
        "terraform",
        "ini",
        "diff",
        "markdown",
        "java",
        "go",
        "rust",
        "php",
        "bat",
        "toml",
    ] {
        assert!(highlight(name, "x").known, "{name}");
    }
}

#[test]
fn plain_text_is_escaped_and_unknown_names_have_neighbours() {
    assert_eq!(html("text", "<script>&\n</script>"), "&lt;script&gt;&amp;\n&lt;/script&gt;");
    let unknown = highlight("powershel", "<b>");
    assert_eq!((&*unknown.html, unknown.known), ("&lt;b&gt;", false));
    assert_eq!(unknown.nearest[0], "powershell");
    assert!(highlight("見出し", "x").nearest.is_empty());
}

#[test]
fn no_character_of_the_code_is_lost_or_live() {
    let code = "# 接続 <b>\n$x = \"$($u.Name) さん </script>\" # 注\nif ($x -lt 3) { 'a & b' }\n";
    for language in
        ["ps1", "kusto", "bicep", "json", "xml", "html", "sh", "py", "cs", "http", "sql"]
    {
        let shown = html(language, code);
        assert_eq!(text(&shown), code, "{language}");
        assert!(!shown.contains("<b") && !shown.contains("<s"), "{language}: {shown}");
        for line in shown.lines() {
            assert_eq!(line.matches("<i ").count(), line.matches("</i>").count(), "{line}");
        }
    }
}

#[test]
fn powershell_in_japanese_text_has_its_classes() {
    assert_eq!(
        html("powershell", "# 接続\nGet-MgUser -All $true"),
        "<i class=c># 接続</i>\n<i class=f>Get-MgUser</i> -All <i class=k>$true</i>"
    );
}

#[test]
fn kusto_and_bicep_are_told_by_tables() {
    assert_eq!(
        html("kql", "Heartbeat // 生存\n| where Time > ago(1h) and Name has '東京'\n| mv-expand x"),
        "Heartbeat <i class=c>// 生存</i>\n| <i class=w>where</i> Time &gt; <i class=f>ago</i>(<i class=n>1h</i>) <i class=w>and</i> Name <i class=w>has</i> <i class=s>'東京'</i>\n| <i class=w>mv-expand</i> x"
    );
    assert_eq!(
        html("bicep", "@description('名前')\nparam a string = '''x\ny'''"),
        "<i class=f>@description</i>(<i class=s>'名前'</i>)\n<i class=w>param</i> a <i class=t>string</i> = <i class=s>'''x</i>\n<i class=s>y'''</i>"
    );
}
