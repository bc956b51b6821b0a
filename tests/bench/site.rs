//! The site that is built: so many pages of 11 kB, half of them Japanese and half English,
//! each with three code fences of 0.4 kB in all and a picture of 34 kB, fifty to a section.

use std::fs;
use std::path::Path;

use crate::words::{Dice, Language, heading, paragraph, sentence, thing};

/// How many pages a section holds.
pub(crate) const SECTION: usize = 50;

/// How many bytes a page's source has, about.
const BYTES: usize = 11_000;

/// How many bytes a picture has, about.
const PICTURE: usize = 34_000;

/// One page, by its number.
pub(crate) struct Page {
    number: usize,
    language: Language,
    dice: Dice,
}

/// Writes one part of a page; links are made by the function that it is handed.
type Part = fn(&mut Page, &dyn Fn(&str) -> String) -> String;

impl Page {
    /// The page of that number.
    pub(crate) fn new(number: usize) -> Self {
        // Pages of both languages in every section: their pages are navigated alike.
        let language =
            if number.is_multiple_of(2) { Language::Japanese } else { Language::English };
        Self { number, language, dice: Dice::new(number as u64) }
    }

    /// Its section's folder.
    pub(crate) fn section(&self) -> String {
        format!("section-{:03}", self.number / SECTION)
    }

    /// Its own name.
    pub(crate) fn name(&self) -> String {
        name(self.number)
    }

    /// Its whole source of a site of `pages`; `link` gives the address of a neighbour's
    /// name, `picture` is the address of its picture.
    pub(crate) fn source(
        &mut self,
        pages: usize,
        link: &dyn Fn(&str) -> String,
        picture: &str,
    ) -> String {
        let mut text = self.front(pages);
        let language = self.language;
        text.push_str(&paragraph(&mut self.dice, language, 500));
        text.push_str(&format!("![{}]({picture})\n\n", sentence_alt(&mut self.dice, language)));
        let parts: [Part; 5] = [Self::steps, Self::table, Self::notes, Self::links, Self::points];
        for (at, part) in parts.into_iter().enumerate() {
            text.push_str(&format!("## {}\n\n", heading(&mut self.dice, language)));
            text.push_str(&paragraph(&mut self.dice, language, 600));
            text.push_str(&part(self, link));
            text.push_str(&self.fence(at));
            text.push_str(&format!("### {}\n\n", heading(&mut self.dice, language)));
            text.push_str(&paragraph(&mut self.dice, language, 400));
        }
        while text.len() + 300 < BYTES {
            text.push_str(&paragraph(&mut self.dice, language, 500));
        }
        text
    }

    fn front(&mut self, pages: usize) -> String {
        let dice = &mut self.dice;
        let title = heading(dice, self.language);
        let description = sentence(dice, self.language).replace(['*', '`'], "");
        // Larger sites have more tags.
        let tags = 50 + pages / 20;
        let tag = |dice: &mut Dice| {
            let number = dice.below(tags);
            format!("{} {number}", thing(&mut Dice::new(number as u64), Language::English))
        };
        let tags: Vec<String> = (0..3).map(|_| tag(dice)).collect();
        let day = 1 + dice.below(28);
        let (year, month) = (2020 + dice.below(6), 1 + dice.below(12));
        format!(
            "---\ntitle: \"{title} ({})\"\ndescription: \"{description}\"\n\
             date: {year}-{month:02}-{day:02}\ntags: [{}]\n---\n\n",
            self.number,
            tags.join(", ")
        )
    }

    fn steps(&mut self, _: &dyn Fn(&str) -> String) -> String {
        let step = |at| format!("{at}. {}\n", sentence(&mut self.dice, self.language));
        (1..=6).map(step).collect::<String>() + "\n"
    }

    fn points(&mut self, _: &dyn Fn(&str) -> String) -> String {
        let point = |_| format!("- {}\n", sentence(&mut self.dice, self.language));
        (0..5).map(point).collect::<String>() + "\n"
    }

    fn table(&mut self, _: &dyn Fn(&str) -> String) -> String {
        let (dice, language) = (&mut self.dice, self.language);
        let mut cell = |_: usize| thing(dice, language).to_owned();
        let mut row = || (0..4).map(&mut cell).collect::<Vec<_>>().join(" | ");
        let head = format!("| {} |\n|---|---|---|---|\n", row());
        (0..6).fold(head, |table, _| table + "| " + &row() + " |\n") + "\n"
    }

    fn notes(&mut self, _: &dyn Fn(&str) -> String) -> String {
        let mut note = |kind| {
            let text = paragraph(&mut self.dice, self.language, 200);
            format!("> [!{kind}]\n> {}\n\n", text.trim_end().replace('\n', "\n> "))
        };
        note("NOTE") + &note("WARNING")
    }

    fn links(&mut self, link: &dyn Fn(&str) -> String) -> String {
        let first = self.number / SECTION * SECTION;
        let other = |dice: &mut Dice| name(first + dice.below(self.number - first + 1));
        let mut text = String::new();
        for _ in 0..4 {
            let target = link(&other(&mut self.dice));
            let words = heading(&mut self.dice, self.language);
            text.push_str(&format!("- [{words}]({target})\n"));
        }
        text + "\n"
    }

    /// Three of five parts have code; no two pages have the same.
    fn fence(&mut self, at: usize) -> String {
        let (dice, number) = (&mut self.dice, self.number);
        let (id, port) = (dice.next() % 100_000, dice.below(60_000));
        match at {
            0 => format!(
                "```powershell\n# {number}\n$id = Get-Item \"C:\\logs\\{id}\"\n\
                 if ($id.Length -gt {port}) {{ Remove-Item $id -Force }}\n\
                 Write-Host \"done {id}\"\n```\n\n"
            ),
            2 => format!(
                "```json\n{{\n  \"id\": {id},\n  \"name\": \"host-{number}\",\n  \
                 \"enabled\": true,\n  \"ports\": [{port}, 443],\n  \"note\": null\n}}\n```\n\n"
            ),
            4 => format!(
                "```bash\n# {number}\nfor f in /var/log/{id}*.log; do\n  \
                 grep -c \"error {port}\" \"$f\" || echo none\ndone\n\
                 curl -s https://host-{number}.example/\n```\n\n"
            ),
            _ => String::new(),
        }
    }

    /// Its picture, like no other page's.
    pub(crate) fn picture(&self) -> Vec<u8> {
        png(&mut Dice::new(u64::MAX - self.number as u64))
    }
}

fn name(number: usize) -> String {
    format!("guide-{number:05}")
}

fn sentence_alt(dice: &mut Dice, language: Language) -> String {
    sentence(dice, language).replace(['*', '`'], "")
}

/// Writes the site to `root`, in place of what is there.
pub(crate) fn write(root: &Path, pages: usize, highlight: bool) {
    let make = |folder: &Path| fs::create_dir_all(folder).expect("the folder can be made");
    let put = |path: &Path, bytes: &[u8]| fs::write(path, bytes).expect("the disk has room");
    make(root);
    let settings = format!(
        "title: ヘルプデスク\nbase_url: https://help.example.com/\nlocales: [ja]\n\
         timezone: Asia/Tokyo\nhighlight: {highlight}\n"
    );
    put(&root.join("shirube.yaml"), settings.as_bytes());
    let content = root.join("content");
    for number in 0..pages {
        let mut page = Page::new(number);
        let section = content.join(page.section());
        let own = section.join(page.name());
        make(&own);
        let picture = format!("{}/screen.png", page.name());
        let source = page.source(pages, &|name| format!("{name}.md"), &picture);
        put(&section.join(format!("{}.md", page.name())), source.as_bytes());
        put(&own.join("screen.png"), &page.picture());
        if number.is_multiple_of(SECTION) {
            let text = index(&page.section(), number);
            put(&section.join("index.md"), text.as_bytes());
        }
    }
    put(&content.join("index.md"), "---\ntitle: ヘルプデスク\n---\n\nようこそ。\n".as_bytes());
}

/// The text of the section that begins with the page `number`.
pub(crate) fn index(section: &str, number: usize) -> String {
    format!("---\ntitle: \"セクション {section}\"\norder: {number}\n---\n\nこの章の手引き。\n")
}

/// A picture of noise, which is stored as it is: its size is its pixels'.
fn png(dice: &mut Dice) -> Vec<u8> {
    let (width, height) = (106_u32, (PICTURE / (106 * 3 + 1)) as u32);
    let mut rows = Vec::with_capacity(PICTURE);
    for _ in 0..height {
        rows.push(0);
        rows.extend((0..width * 3).map(|_| (dice.next() >> 32) as u8));
    }
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", head), (b"IDAT", stored(&rows)), (b"IEND", Vec::new())] {
        png.extend((data.len() as u32).to_be_bytes());
        let from = png.len();
        png.extend(kind);
        png.extend(data);
        let sum = crc(&png[from..]);
        png.extend(sum.to_be_bytes());
    }
    png
}

/// The bytes as a zlib stream that does not compress; they fit into one block.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("pictures are small");
    let mut stream = vec![0x78, 0x01, 0x01];
    stream.extend(length.to_le_bytes());
    stream.extend((!length).to_le_bytes());
    stream.extend(bytes);
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in bytes {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    stream.extend((high << 16 | low).to_be_bytes());
    stream
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        let mixed = sum ^ u32::from(*byte);
        (0..8).fold(mixed, |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
    };
    !bytes.iter().fold(!0, step)
}
