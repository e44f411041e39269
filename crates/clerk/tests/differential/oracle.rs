//! Clerk's own SDK, in one Node process that answers line by line.

use std::{
    fs::File,
    io::{BufRead, BufReader, Write},
    os::fd::OwnedFd,
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
    sync::mpsc,
    thread,
};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// A running Node process; it ends when this is dropped.
pub struct Oracle {
    process: Child,
    questions: File,
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
        let questions = OwnedFd::from(process.stdin.take().expect("a pipe"));
        let answers = BufReader::new(process.stdout.take().expect("a pipe"));
        Self {
            process,
            questions: File::from(questions),
            answers,
        }
    }

    /// Asks one question of a kind; each kind is a function of `tests/oracle`.
    pub fn ask<A: DeserializeOwned>(&mut self, kind: &str, question: &impl Serialize) -> A {
        let line = line(kind, question);
        writeln!(self.questions, "{line}").expect("Node takes questions");
        self.read(&line)
    }

    /// Asks many, which are made while others are answered, and hands each answer to `take`
    /// together with its question.
    pub fn ask_all<Q: Serialize + Send, A: DeserializeOwned>(
        &mut self,
        kind: &str,
        questions: impl Iterator<Item = Q> + Send,
        mut take: impl FnMut(Q, A),
    ) {
        let (asked, answered) = mpsc::channel();
        let mut pipe = self.questions.try_clone().expect("a pipe");
        // Both pipes are finite: whoever writes all before reading would wait for ever.
        thread::scope(|scope| {
            scope.spawn(move || {
                for question in questions {
                    let line = line(kind, &question);
                    if writeln!(pipe, "{line}").is_err() || asked.send((question, line)).is_err() {
                        return;
                    }
                }
            });
            for (question, line) in answered {
                take(question, self.read(&line));
            }
        });
    }

    fn read<A: DeserializeOwned>(&mut self, question: &str) -> A {
        let mut line = String::new();
        let read = self.answers.read_line(&mut line);
        let answer = read.map(|_| serde_json::from_str(&line));
        match answer {
            Ok(Ok(answer)) => answer,
            other => {
                // Whoever still writes must not wait for it.
                drop(self.process.kill());
                let error = other.map(|parsed| parsed.err());
                panic!("no answer ({error:?}): {line}\nto {question}");
            }
        }
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
