//! What must not outlive these commands (servers, temporary folders), also after Ctrl-C.

use std::sync::{Mutex, PoisonError};

use crate::problem::Problem;

type Task = Box<dyn FnOnce() + Send>;

/// Open tasks, each under its guard's number.
static TASKS: Mutex<Vec<(u64, Task)>> = Mutex::new(Vec::new());

/// Runs its task once: when dropped, or when the process is told to stop.
#[derive(Debug)]
pub struct Guard(u64);

/// Registers `task`.
pub fn register(task: impl FnOnce() + Send + 'static) -> Guard {
    let mut tasks = TASKS.lock().unwrap_or_else(PoisonError::into_inner);
    let number = tasks.last().map_or(0, |(last, _)| last + 1);
    tasks.push((number, Box::new(task)));
    Guard(number)
}

impl Drop for Guard {
    fn drop(&mut self) {
        let task = {
            let mut tasks = TASKS.lock().unwrap_or_else(PoisonError::into_inner);
            tasks
                .iter()
                .position(|(number, _)| *number == self.0)
                .map(|index| tasks.remove(index).1)
        };
        if let Some(task) = task {
            task();
        }
    }
}

/// From now on SIGINT, SIGTERM and SIGHUP run the open tasks, newest first, and end the process.
pub fn on_signals() -> Result<(), Problem> {
    ctrlc::set_handler(|| {
        // Held until the end: nothing may be started while everything is being stopped.
        let mut tasks = TASKS.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some((_, task)) = tasks.pop() {
            task();
        }
        std::process::exit(130);
    })
    .map_err(|error| Problem::new("can't listen for Ctrl-C", error.to_string()))
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    use super::*;

    #[test]
    fn a_task_runs_once_when_its_guard_goes() {
        let runs = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&runs);
        let guard = register(move || {
            counted.fetch_add(1, Ordering::SeqCst);
        });
        assert_eq!(runs.load(Ordering::SeqCst), 0);
        drop(guard);
        assert_eq!(runs.load(Ordering::SeqCst), 1);
    }
}
