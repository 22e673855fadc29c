//! CPU time and memory of processes, and what the floors print. Linux only, as the services' containers are.

use std::{collections::BTreeMap, env, fs, path::Path, process::Command, time::Duration};

use crate::stack::Stack;

/// The kernel's unit of CPU time in `/proc/PID/stat`.
const TICK: Duration = Duration::from_millis(10);

/// The name under which the CPU time of MongoDB is found.
pub(crate) const MONGOD: &str = "mongod";

/// CPU time by process.
pub(crate) type Cpu = BTreeMap<&'static str, Duration>;

/// The CPU time so far of every service and of MongoDB.
pub(crate) fn cpu(stack: &Stack) -> Cpu {
    let services = stack.processes().into_iter().map(|(name, process)| (name, cpu_of(process)));
    services.chain([(MONGOD, cpu_of(mongod()))]).collect()
}

/// What was used since.
pub(crate) fn used(before: &Cpu, after: &Cpu) -> Cpu {
    after.iter().map(|(name, time)| (*name, time.saturating_sub(before[name]))).collect()
}

/// The sum without MongoDB.
pub(crate) fn of_services(used: &Cpu) -> Duration {
    used.iter().filter(|(name, _)| **name != MONGOD).map(|(_, time)| *time).sum()
}

fn cpu_of(process: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    // The name of the program, in parentheses, may contain spaces.
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: u32 = fields[11..13].iter().map(|ticks| ticks.parse::<u32>().unwrap()).sum();
    TICK * ticks
}

/// The process of MongoDB that listens on the port of `MONGODB_URI`.
fn mongod() -> u32 {
    let uri: reqwest::Url = env::var("MONGODB_URI").expect("MONGODB_URI names the server").parse().unwrap();
    let port = uri.port().unwrap_or(27_017).to_string();
    let processes = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let is_it = |process: &u32| {
        let command = fs::read_to_string(format!("/proc/{process}/cmdline")).unwrap_or_default();
        command.contains("mongod") && command.split('\0').any(|argument| argument.ends_with(&port))
    };
    processes.into_iter().find(is_it).expect("MongoDB runs on this machine")
}

/// Runs an example of kit, which prints a number.
pub(crate) fn floor(name: &str, arguments: &[u64]) -> u64 {
    let programs = Path::new(env!("CARGO_BIN_EXE_router")).parent().unwrap();
    let arguments = arguments.iter().map(ToString::to_string);
    let output = Command::new(programs.join("examples").join(name)).args(arguments).output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

/// Milliseconds with one decimal.
pub(crate) fn ms(time: Duration) -> String {
    format!("{}.{} ms", time.as_millis(), time.as_micros() % 1_000 / 100)
}

/// How much of `floor` a rate is, with two decimals.
pub(crate) fn ratio(rate: u64, floor: u64) -> String {
    let hundredths = rate * 100 / floor.max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// CPU time by process for each of `count`; leaves out what is less than a tenth of a millisecond.
pub(crate) fn shared(used: &Cpu, count: u64) -> String {
    let shares = used.iter().map(|(name, time)| (*name, each(*time, count)));
    let shares = shares.filter(|(_, time)| *time >= Duration::from_micros(100));
    shares.map(|(name, time)| format!("{name} {}", ms(time))).collect::<Vec<_>>().join(", ")
}

/// A part of a total: `time` for each of `count`.
pub(crate) fn each(time: Duration, count: u64) -> Duration {
    time / u32::try_from(count.max(1)).unwrap()
}
