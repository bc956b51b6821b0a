//! Addresses that lead elsewhere: other hosts, other schemes, and those that only look so.

use super::super::answer::Answer;
use super::Asked;
use crate::diagnostic::{Diagnostic, Severity, code, nearest};
use crate::document::ReferenceKind;

impl Asked<'_> {
    /// The path below the root when `written` is an address of the published site itself.
    pub(super) fn own_address(&self, written: &str) -> Option<String> {
        let base = &self.around.config.base_url.as_ref()?.value;
        let (_, base_rest) = base.split_once("://")?;
        let (scheme, rest) = written.split_once("://")?;
        if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
            return None;
        }
        let length = base_rest.len();
        let bare = &base_rest[..length - 1];
        let same =
            |text: &str| rest.get(..text.len()).is_some_and(|r| r.eq_ignore_ascii_case(text));
        if same(base_rest) {
            return Some(format!("/{}", &rest[length..]));
        }
        (rest.len() == bare.len() && same(bare)).then(|| "/".to_owned())
    }

    pub(super) fn elsewhere(
        &self,
        scheme: &str,
        written: &str,
        faults: &mut Vec<Diagnostic>,
    ) -> Answer {
        let lower = scheme.to_ascii_lowercase();
        match lower.as_str() {
            "http" | "https" => self.remote(written.to_owned(), faults),
            "data"
                if written.get(..11).is_some_and(|s| s.eq_ignore_ascii_case("data:image/"))
                    && self.reference.kind == ReferenceKind::Image =>
            {
                Answer::External(written.to_owned())
            }
            "mailto" | "tel" | "sms" | "ftp" | "ftps" | "sip" | "file" | "ms-settings"
            | "msteams" | "ssh" | "vscode" => Answer::External(written.to_owned()),
            "javascript" | "vbscript" | "data" | "blob" => {
                let message = "a link may not run script: `{target}` is shown without it";
                faults.push(self.fault(code::MALFORMED_LINK, message));
                self.missing()
            }
            _ => self.odd_scheme(&lower, written, faults),
        }
    }

    pub(super) fn odd_scheme(
        &self,
        scheme: &str,
        written: &str,
        faults: &mut Vec<Diagnostic>,
    ) -> Answer {
        let near = nearest(scheme, ["https", "http", "mailto"]);
        if scheme.len() == 1 {
            let message = "`{target}` is a path on one computer's disk, which no reader has";
            let fault = self.fault(code::MALFORMED_LINK, message);
            faults.push(fault.help("put the file beside the guide and link to it"));
            return self.missing();
        }
        let message = "`{target}` begins with `{scheme}:`, which is no kind of address";
        let fault = self.fault(code::MALFORMED_LINK, message).with("scheme", scheme);
        if let Some(near) = near {
            let meant = written.get(scheme.len()..).map(|rest| format!("{near}{rest}"));
            faults.push(fault.nearest(meant.as_deref()));
            return self.missing();
        }
        // A company's own programs have schemes of their own; the link stays.
        let message = "`{scheme}:` is a kind of address that few programs know";
        faults.push(
            self.fault(code::MALFORMED_LINK, message)
                .with("scheme", scheme)
                .severity(Severity::Note),
        );
        Answer::External(written.to_owned())
    }

    pub(super) fn remote(&self, href: String, faults: &mut Vec<Diagnostic>) -> Answer {
        let host = href
            .split_once("://")
            .map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
        let bare =
            host.strip_prefix('[').map_or(host, |host| host.split(']').next().unwrap_or(host));
        if bare.is_empty()
            || host.contains(|c: char| c.is_whitespace() || "()<>[]{}\\^`|".contains(c))
        {
            let message = "`{target}` names no host";
            faults
                .push(self.fault(code::MALFORMED_LINK, message).help("write `https://host/path`"));
            return self.missing();
        }
        match self.reference.kind {
            ReferenceKind::Link | ReferenceKind::GuideName => Answer::External(href),
            ReferenceKind::Image | ReferenceKind::Media if self.around.config.remote_images => {
                Answer::External(href)
            }
            ReferenceKind::Image | ReferenceKind::Media => {
                let message = "`{target}` is on another host; readers get a link instead of it";
                faults.push(
                    self.fault(code::REMOTE_IMAGE, message)
                        .help("save the file beside the guide, or set `remote_images: allow`"),
                );
                Answer::RemotePicture(href)
            }
        }
    }
}

/// The scheme of an address, `https`; a Windows drive counts as one.
pub(super) fn scheme(written: &str) -> Option<&str> {
    let (scheme, _) = written.split_once(':')?;
    let good = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    good.then_some(scheme)
}
