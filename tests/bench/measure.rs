//! What one run of a program costs, and the table of such costs.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4;

/// What one run took.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    /// CPU seconds in the program.
    pub(crate) user: f64,
    /// CPU seconds in the system on its behalf.
    pub(crate) system: f64,
    /// Seconds from start to finish.
    pub(crate) wall: f64,
    /// Most memory it held at once, in MiB.
    pub(crate) peak: f64,
}

impl Cost {
    /// CPU seconds.
    pub(crate) fn cpu(self) -> f64 {
        self.user + self.system
    }

    /// The one with less CPU time.
    pub(crate) fn lesser(self, other: Self) -> Self {
        if other.cpu() < self.cpu() { other } else { self }
    }
}

/// Runs `command` to its end.
pub(crate) fn cost(mut command: Command) -> Cost {
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let began = Instant::now();
    let mut child = command.spawn().expect("the program can be started");
    let mut said = child.stderr.take().expect("the stream is a pipe");
    let mut words = String::new();
    std::io::Read::read_to_string(&mut said, &mut words).expect("messages are UTF-8");
    let used = child.wait4().expect("the program was started here");
    let wall = began.elapsed().as_secs_f64();
    assert!(used.status.success(), "{command:?} failed:\n{words}");
    Cost {
        user: used.rusage.utime.as_secs_f64(),
        system: used.rusage.stime.as_secs_f64(),
        wall,
        peak: used.rusage.maxrss as f64 / 1_048_576.0,
    }
}

/// Whether the program can be started.
pub(crate) fn exists(program: &Path) -> bool {
    let mut command = Command::new(program);
    command.arg("version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// What was measured, and the limits it should keep.
pub(crate) struct Table {
    rows: Vec<String>,
    limits: Vec<String>,
}

impl Table {
    /// Nothing was measured yet.
    pub(crate) fn new() -> Self {
        Self { rows: Vec::new(), limits: Vec::new() }
    }

    /// Notes one measured thing.
    pub(crate) fn row(&mut self, pages: usize, what: &str, highlight: bool, cost: Cost) {
        let what = format!("{what}{}", if highlight { "highlighted" } else { "plain code" });
        let each = cost.cpu() * 1e3 / pages as f64;
        self.rows.push(format!(
            "{pages:>6}  {what:<28} {:>8.3} {:>8.3} {each:>9.3} {:>8.3} {:>8.2} {:>8.0}",
            cost.user,
            cost.system,
            cost.wall,
            cost.wall / cost.cpu(),
            cost.peak,
        ));
        // The sites are large: someone may be watching.
        println!("{}", self.rows[self.rows.len() - 1]);
    }

    /// Notes a figure beside its limit.
    pub(crate) fn limit(&mut self, what: &str, value: f64, limit: f64) {
        let kept = if value <= limit { "kept" } else { "BROKEN" };
        self.limits.push(format!("{kept:<7}{value:>9.3} of {limit:>8.3}  {what}"));
    }

    /// Prints everything.
    pub(crate) fn print(&self) {
        println!(
            "\n{:>6}  {:<28} {:>8} {:>8} {:>9} {:>8} {:>8} {:>8}",
            "pages", "", "user s", "system s", "CPU ms/p", "wall s", "wall/CPU", "peak MiB"
        );
        self.rows.iter().for_each(|row| println!("{row}"));
        println!();
        self.limits.iter().for_each(|limit| println!("{limit}"));
    }
}
