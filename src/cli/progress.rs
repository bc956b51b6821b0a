//! A line that moves while long work goes on: on a terminal, after a second, never in a
//! pipe.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::memo::Counters;

/// Shows progress until it is dropped.
pub(super) struct Progress {
    over: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Progress {
    /// Begins to watch `counters`.
    pub(super) fn start(counters: &Counters) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let thread = std::io::stderr().is_terminal().then(|| {
            let (over, meter) = (Arc::clone(&over), counters.meter());
            std::thread::spawn(move || show(&over, &meter))
        });
        Self { over, thread }
    }
}

fn show(over: &AtomicBool, meter: &crate::memo::Meter) {
    std::thread::park_timeout(Duration::from_secs(1));
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{spinner} {msg} {pos}/{len} {wide_bar} {elapsed}");
    bar.set_style(style.expect("the template is well-formed"));
    while !over.load(Ordering::Relaxed) {
        let (stage, done, total) = meter.now();
        bar.set_length(total);
        bar.set_position(done);
        bar.set_message(stage);
        bar.tick();
        std::thread::park_timeout(Duration::from_millis(100));
    }
    bar.finish_and_clear();
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // A panic while drawing progress is no reason to lose the build's result.
            let _ = thread.join();
        }
    }
}
