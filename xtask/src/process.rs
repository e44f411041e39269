//! Runs other programs and turns their failures into [`Problem`]s.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use crate::problem::Problem;

/// How many lines of a failed program's output are shown.
const TAIL: usize = 25;

/// `cargo` in the project's folder, writing to the project's `target`.
///
/// The variables that `cargo run` sets for this very program are taken away again: build scripts
/// would see them change and run anew.
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new("cargo");
    command
        .current_dir(root)
        .env("CARGO_TARGET_DIR", root.join("target"));
    without_cargo_run(&mut command);
    command
}

/// Takes away what `cargo run` set for this program.
pub fn without_cargo_run(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let ours = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_")
                || name.starts_with("CARGO_MANIFEST_")
                || name == "CARGO_CRATE_NAME"
                || name == "CARGO_BIN_NAME"
                || name == "CARGO_PRIMARY_PACKAGE"
                || name == "CARGO"
        });
        if ours {
            command.env_remove(&name);
        }
    }
    if let Some(folders) = std::env::var_os("LD_LIBRARY_PATH") {
        let kept: Vec<PathBuf> = std::env::split_paths(&folders)
            .filter(|folder| {
                let folder = folder.to_string_lossy();
                !folder.contains("/target/") && !folder.contains("/toolchains/")
            })
            .collect();
        match std::env::join_paths(&kept) {
            Ok(kept) if !kept.is_empty() => command.env("LD_LIBRARY_PATH", kept),
            _ => command.env_remove("LD_LIBRARY_PATH"),
        };
    }
}

/// Runs a program whose output the person sees as it comes.
pub fn run(command: &mut Command, what: &str) -> Result<(), Problem> {
    let status = command
        .status()
        .map_err(|error| not_started(command, what, &error))?;
    if status.success() {
        return Ok(());
    }
    Err(Problem::new(
        what,
        format!("{} ended with {status}", describe(command)),
    ))
}

/// Runs a program quietly and returns what it wrote to its standard output. Only a failure shows
/// the end of its output.
pub fn output(command: &mut Command, what: &str) -> Result<String, Problem> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| not_started(command, what, &error))?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(stdout);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    // Which of the two has the reason is each program's own choice.
    let said = format!("{}\n{}", tail(&stdout), tail(&stderr));
    Err(Problem::new(
        what,
        format!(
            "{} ended with {}\n{}",
            describe(command),
            output.status,
            said.trim()
        ),
    ))
}

/// Runs a program quietly for at most `limit`; the error says why it failed.
pub fn run_within(command: &mut Command, limit: Duration) -> Result<(), String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    // Read beside, so that a talkative program never waits for us.
    let stderr = child.stderr.take();
    let reader = std::thread::spawn(move || {
        let mut said = String::new();
        if let Some(mut stderr) = stderr {
            let _ = stderr.read_to_string(&mut said);
        }
        said
    });
    match wait_within(&mut child, limit) {
        Some(status) if status.success() => Ok(()),
        Some(status) => {
            let said = reader.join().unwrap_or_default();
            Err(format!("ended with {status}\n{}", tail(&said)))
        }
        None => {
            let _ = child.kill();
            let _ = child.wait();
            Err(format!("not finished after {} s", limit.as_secs()))
        }
    }
}

/// Waits for a child; `None` when it still runs after `limit`.
pub fn wait_within(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if started.elapsed() < limit => {
                std::thread::sleep(Duration::from_millis(50));
            }
            _ => return None,
        }
    }
}

/// Runs a program, shows each line of its standard output and gives it to `line` as well.
/// Returns whether the program succeeded.
pub fn run_reading(
    command: &mut Command,
    what: &str,
    mut line: impl FnMut(&str),
) -> Result<bool, Problem> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, what, &error))?;
    if let Some(stdout) = child.stdout.take() {
        for read in BufReader::new(stdout).split(b'\n') {
            let Ok(read) = read else { break };
            let read = String::from_utf8_lossy(&read);
            println!("{read}");
            line(&read);
        }
    }
    let status = child
        .wait()
        .map_err(|error| Problem::new(what, error.to_string()))?;
    Ok(status.success())
}

/// The first of `names` that is an executable file in a folder of `PATH`.
pub fn find_on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}

/// Whether this process is the superuser.
pub fn is_root() -> bool {
    output(Command::new("id").arg("-u"), "").is_ok_and(|id| id.trim() == "0")
}

fn not_started(command: &Command, what: &str, error: &std::io::Error) -> Problem {
    Problem::new(
        what,
        format!("{} can't be started: {error}", describe(command)),
    )
}

/// The program and its arguments, as typed.
fn describe(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(
        command
            .get_args()
            .map(|argument| argument.to_string_lossy()),
    );
    format!("`{}`", words.join(" "))
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let from = lines.len().saturating_sub(TAIL);
    lines.get(from..).unwrap_or_default().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_shows_the_command_and_the_end_of_its_output() {
        let problem = output(
            Command::new("sh").args(["-c", "echo out of tune; echo broken pipe organ >&2; exit 3"]),
            "the organ is silent",
        )
        .unwrap_err()
        .to_string();
        assert!(problem.starts_with("error: the organ is silent"));
        assert!(problem.contains("broken pipe organ"));
        assert!(problem.contains("out of tune"));
        assert!(problem.contains("exit status: 3"));
    }

    #[test]
    fn a_missing_program_is_a_problem_and_no_panic() {
        let problem = run(&mut Command::new("tenantry-no-such-program"), "no luck").unwrap_err();
        assert!(problem.to_string().contains("can't be started"));
    }

    #[test]
    fn a_hanging_program_is_ended_at_its_limit() {
        let why =
            run_within(Command::new("sleep").arg("60"), Duration::from_millis(60)).unwrap_err();
        assert!(why.contains("not finished"));
    }
}
