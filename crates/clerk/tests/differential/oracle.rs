//! Clerk's own SDK, in one Node process that answers line by line.

use std::{
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    thread,
};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// A running Node process; it ends when this is dropped.
pub struct Oracle {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Oracle {
    /// Starts Node with the packages of `tests/oracle`.
    pub fn start() -> Self {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/oracle");
        assert!(
            folder.join("node_modules/@clerk/backend").is_dir(),
            "Clerk's own SDK is not installed; run `npm ci` in {}",
            folder.display()
        );
        let mut process = Command::new("node")
            .arg("oracle.mjs")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Node.js 20 or newer as `node`");
        let questions = process.stdin.take().expect("a pipe");
        let answers = BufReader::new(process.stdout.take().expect("a pipe"));
        Self { process, questions, answers }
    }

    /// Asks one question of a kind; each kind is a function of `tests/oracle`.
    pub fn ask<A: DeserializeOwned>(&mut self, kind: &str, question: &impl Serialize) -> A {
        let mut line = line(kind, question);
        line.push('\n');
        self.questions.write_all(line.as_bytes()).expect("Node takes questions");
        self.answer()
    }

    /// Asks many at once, which keeps both processes busy, and hands each answer to `take`
    /// with the number of its question.
    pub fn ask_all<A: DeserializeOwned>(
        &mut self,
        kind: &str,
        questions: &[impl Serialize],
        mut take: impl FnMut(usize, A),
    ) {
        let lines: Vec<String> = questions.iter().map(|question| line(kind, question)).collect();
        // Both pipes are finite: whoever writes all before reading would wait for ever.
        thread::scope(|scope| {
            let (pipe, lines) = (&mut self.questions, &lines);
            scope.spawn(move || {
                for line in lines {
                    writeln!(pipe, "{line}").expect("Node takes questions");
                }
            });
            for number in 0..lines.len() {
                take(number, read(&mut self.answers, &lines[number]));
            }
        });
    }

    fn answer<A: DeserializeOwned>(&mut self) -> A {
        read(&mut self.answers, "the last question")
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        // It may be gone already, which is what is wanted.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn line(kind: &str, question: &impl Serialize) -> String {
    let mut question = serde_json::to_value(question).expect("a question in JSON");
    question["kind"] = Value::from(kind);
    question.to_string()
}

fn read<A: DeserializeOwned>(answers: &mut BufReader<ChildStdout>, question: &str) -> A {
    let mut line = String::new();
    answers.read_line(&mut line).expect("Node answers");
    serde_json::from_str(&line)
        .unwrap_or_else(|error| panic!("no answer ({error}): {line}\nto {question}"))
}
