//! The table of diagnostic codes: name, severity, reach and a one-line summary.
//!
//! Codes name the fault, not the cure. What a code means at length, with an example, is in
//! the manual's page `content/manual/diagnostics.md`, which `shirube explain` prints.

use super::Severity;

/// Whether an error of this code keeps the site from being replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// The page is built with the fault visible; the site is written.
    Place,
    /// Nothing is replaced.
    Whole,
}

#[derive(Debug)]
struct Row {
    name: &'static str,
    severity: Severity,
    reach: Reach,
    summary: &'static str,
}

/// A kind of fault; copies of one static row.
#[derive(Clone, Copy)]
pub struct Code(&'static Row);

impl Code {
    /// The code as it is written: `broken-link`.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Its severity unless the site sets another.
    pub fn severity(self) -> Severity {
        self.0.severity
    }

    /// What an error of this code keeps from being written.
    pub fn reach(self) -> Reach {
        self.0.reach
    }

    /// What it is, in one line.
    pub fn summary(self) -> &'static str {
        self.0.summary
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Code {}

impl std::hash::Hash for Code {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.name.hash(state);
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.name)
    }
}

/// The code of that name.
pub fn by_name(name: &str) -> Option<Code> {
    ALL.iter().copied().find(|code| code.name() == name)
}

macro_rules! codes {
    ($($constant:ident $name:literal $severity:ident $reach:ident $summary:literal;)*) => {
        /// Every code by its constant.
        #[allow(missing_docs, reason = "each row carries its summary")]
        pub mod names {
            use super::{Code, Reach, Row, Severity};
            $(pub const $constant: Code = Code(&Row {
                name: $name,
                severity: Severity::$severity,
                reach: Reach::$reach,
                summary: $summary,
            });)*
        }
        /// All codes, in the order of the table.
        pub static ALL: &[Code] = &[$(names::$constant),*];
    };
}

codes! {
    // Files and their bytes.
    WRONG_ENCODING "wrong-encoding" Error Whole "a text file is not UTF-8";
    CONTROL_CHARACTER "control-character" Warning Place "a NUL, control or noncharacter stands in a text";
    UNREADABLE_FILE "unreadable-file" Error Whole "a file cannot be read, or is no regular file";
    BAD_FILE_NAME "bad-file-name" Error Whole "a file's name cannot be an address";
    FILE_TOO_LARGE "file-too-large" Error Whole "a text file is larger than any guide";
    OUTSIDE_SITE "outside-site" Error Place "a link or path in a guide leads out of the site";
    UNKNOWN_LOCALE_SUFFIX "unknown-locale-suffix" Error Whole "a file name's locale is not declared";
    LINK_OUTSIDE "link-outside" Error Whole "a link of the file system leads out of the site";
    UNSAFE_OUTPUT "unsafe-output" Error Whole "the output folder would cover the sources";
    FOREIGN_OUTPUT "foreign-output" Error Whole "the output folder holds files that are not ours";

    // YAML: configuration, front matter.
    INVALID_YAML "invalid-yaml" Error Whole "a YAML text cannot be read";
    UNCLOSED_FRONT_MATTER "unclosed-front-matter" Error Whole "front matter begins and does not end";
    DUPLICATE_KEY "duplicate-key" Error Whole "a key stands twice";
    UNKNOWN_KEY "unknown-key" Warning Place "a key means nothing here";
    INVALID_VALUE "invalid-value" Error Whole "a value is not what its key wants";
    UNQUOTED_VALUE "unquoted-value" Warning Place "a text was read although YAML wants it in quotes";
    MISSING_TITLE "missing-title" Warning Place "a guide has neither a title nor a heading";
    UNKNOWN_AUDIENCE "unknown-audience" Error Whole "an audience is not declared";
    WIDER_AUDIENCE "wider-audience" Error Whole "a guide or translation is open to more people than what it belongs to";
    MISSING_BASE_URL "missing-base-url" Note Place "without `base_url` there is no sitemap and no feed";
    ORPHAN_TRANSLATION "orphan-translation" Error Whole "a translation has no guide in the source locale";

    // Markdown.
    UNKNOWN_CALLOUT "unknown-callout" Warning Place "a callout's kind is not known";
    STRAY_CALLOUT "stray-callout" Warning Place "a callout's marker does not begin its quotation";
    EMPTY_CALLOUT "empty-callout" Warning Place "a callout holds nothing";
    UNKNOWN_DIRECTIVE "unknown-directive" Warning Place "a directive's name is not known";
    UNCLOSED_DIRECTIVE "unclosed-directive" Warning Place "a `:::` block is not closed";
    STRAY_DIRECTIVE_END "stray-directive-end" Warning Place "a `:::` closes nothing";
    INVALID_ATTRIBUTE "invalid-attribute" Warning Place "an attribute is unknown, missing or of the wrong type";
    UNKNOWN_LANGUAGE "unknown-language" Note Place "a code block's language is not known";
    INVALID_CODE_INFO "invalid-code-info" Warning Place "a code block's settings cannot be read";
    UNKNOWN_TAG "unknown-tag" Warning Place "a `{% … %}` is not a known Hexo tag";
    UNKNOWN_VARIABLE "unknown-variable" Warning Place "a `{$name}` has no value";
    UNKNOWN_TERM "unknown-term" Warning Place "a `{-name}` is not known";
    WRONG_TERM "wrong-term" Warning Place "a term is told, or uses, what it cannot";
    AVOIDED_WORD "avoided-word" Warning Place "a word is written that a term's `.avoid` names";
    REMOVED_HTML "removed-html" Warning Place "raw HTML was removed or changed";
    UNBALANCED_HTML "unbalanced-html" Warning Place "a raw HTML tag has no partner";
    ACCIDENTAL_HEADING "accidental-heading" Warning Place "a line of hyphens turned text into a heading";
    EMPTY_HEADING "empty-heading" Warning Place "a heading has no text";
    DEEP_NESTING "deep-nesting" Warning Place "blocks are nested too deeply";
    TRUNCATED_URL "truncated-url" Warning Place "a bare address ends where Japanese text begins";
    INCLUDE_CYCLE "include-cycle" Error Place "a file includes itself";
    INCLUDE_MISSING "include-missing" Error Place "an included file or part does not exist";
    BROKEN_TABLE "broken-table" Warning Place "lines that look like a table are shown as text";
    EXTRA_CELL "extra-cell" Warning Place "a table's row has more cells than its head";
    MISSING_FOOTNOTE "missing-footnote" Warning Place "a footnote is not defined";
    DUPLICATE_FOOTNOTE "duplicate-footnote" Warning Place "a footnote is defined twice";

    // References.
    BROKEN_LINK "broken-link" Error Place "a link leads nowhere";
    BROKEN_ANCHOR "broken-anchor" Warning Place "a link's anchor does not exist";
    DUPLICATE_ANCHOR "duplicate-anchor" Warning Place "an anchor is given to two places";
    MALFORMED_LINK "malformed-link" Warning Place "a link's address is malformed";
    DUPLICATE_DEFINITION "duplicate-definition" Warning Place "a label of links is defined twice";
    MISSING_IMAGE "missing-image" Error Place "a picture does not exist";
    MISSING_FILE "missing-file" Error Place "a linked file does not exist";
    WRONG_CASE "wrong-case" Error Place "a path differs from the file's name by letter case or width";
    HIDDEN_TARGET "hidden-target" Error Place "a link or picture belongs to a hidden guide";
    REMOTE_IMAGE "remote-image" Warning Place "a picture, film or sound of another host is not loaded";
    NOT_AN_IMAGE "not-an-image" Error Place "a picture's file is not an image";
    WRONG_IMAGE_TYPE "wrong-image-type" Note Place "a picture's extension names another type than its bytes";
    IMAGE_TOO_LARGE "image-too-large" Error Place "a picture claims more pixels than can be shown";
    REDACTION_NOT_APPLIED "redaction-not-applied" Error Whole "a picture's redaction cannot be applied";
    MISSING_ALT "missing-alt" Warning Place "pictures have no text alternative";

    // The site.
    ADDRESS_COLLISION "address-collision" Error Whole "two things have one address";
    TAG_VARIANTS "tag-variants" Warning Place "a tag is written in two ways";
    HEADING_WITHOUT_SOURCE "heading-without-source" Note Place "a translation's heading has no counterpart";
    SHALLOW_CLONE "shallow-clone" Note Place "dates of change cannot be read from git";

    // Words and themes.
    FLUENT_SYNTAX "fluent-syntax" Error Place "a Fluent file has a syntax error";
    MISSING_MESSAGE "missing-message" Warning Place "a Fluent message is missing";
    DUPLICATE_MESSAGE "duplicate-message" Warning Place "a Fluent message is defined twice";
    MESSAGE_ARGUMENT "message-argument" Warning Place "a Fluent message was given the wrong arguments";
    TRANSLATION_PART "translation-part" Error Place "a translation drops or makes up a part of its source";
    UNKNOWN_WORDS "unknown-words" Warning Place "a file of words belongs to nothing";
    INVALID_SYNONYMS "invalid-synonyms" Warning Place "a group of synonyms cannot be read";
    TEMPLATE_ERROR "template-error" Error Whole "a template cannot be read or rendered";
    UNKNOWN_THEME "unknown-theme" Error Whole "a theme does not exist";
    INVALID_THEME "invalid-theme" Error Whole "a theme's settings contradict each other";
    OUTDATED_OVERRIDE "outdated-override" Warning Place "a theme's copy of a file is older than the file";
    COMPONENT_MISMATCH "component-mismatch" Warning Place "a component does not take what the one it replaces takes";
    UNUSED_FILE "unused-file" Warning Place "nothing uses a file of a theme";
    UNUSED_MESSAGE "unused-message" Note Place "nothing asks for a Fluent message";
    INVALID_TOKEN "invalid-token" Warning Place "a design token is unknown or cannot be what is written";
    LOW_CONTRAST "low-contrast" Warning Place "a colour cannot be told well from what is under it";
}
