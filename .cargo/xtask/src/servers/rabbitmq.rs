//! RabbitMQ: an installed broker, or one unpacked from Debian's packages; with its own data, ports and
//! Erlang port mapper.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result};
use regex_lite::{NoExpand, Regex};

use crate::{
    home::{Home, tools},
    ports::{AMQP, EPMD, ERLANG, Ports},
    process::Process,
    progress::{self, Step},
    tools::{find, library_path, unpack_packages, unpacked},
};

/// Debian's script. The one on PATH is a wrapper that switches to the user of the system's broker.
const DEBIAN: &str = "/usr/lib/rabbitmq/bin/rabbitmq-server";

const PACKAGE: &str = "rabbitmq-server";

const INSTALL: &str = "RabbitMQ is missing; set AMQP_URL, or get it with: \
    sudo apt-get install -y --no-install-recommends rabbitmq-server";

/// One scheduler without busy waiting is enough here.
const ERLANG_OPTIONS: &str = "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none";

/// Starts it, and returns its address.
pub(super) fn start(home: &Home, ports: Ports) -> Result<(String, Process)> {
    let port = ports.of(AMQP);
    progress::step(format!("RabbitMQ, port {port}"), |step| {
        let server = server(home, step)?;
        let mut process = Process::start(home, "rabbitmq", command(&server, &home.data("rabbitmq")?, ports)?)?;
        process.expect_ready(step, Duration::from_secs(90), || speaks_amqp(port))?;
        Ok((format!("amqp://guest:guest@127.0.0.1:{port}/%2f"), process))
    })
}

fn server(home: &Home, step: &Step) -> Result<PathBuf> {
    let debian = Path::new(DEBIAN);
    if debian.is_file() {
        return Ok(debian.to_owned());
    }
    if let Some(installed) = find(PACKAGE) {
        return Ok(installed);
    }
    let unpacked = unpacked(PACKAGE);
    if !unpacked.exists() {
        unpack_packages(home, step, &[PACKAGE], &unpacked).context(INSTALL)?;
    }
    place_erlang(&unpacked.join("usr/lib/erlang"))?;
    Ok(unpacked.join(&DEBIAN[1..]))
}

/// Sets the actual location in Erlang's start scripts, which contain the folder where the package expects to be
/// installed.
fn place_erlang(erlang: &Path) -> Result<()> {
    let location = Regex::new(r"(?m)^\s*ROOTDIR=.*$")?;
    let actual = format!("ROOTDIR=\"{}\"", erlang.display());
    let versions = fs::read_dir(erlang)?.flatten().map(|entry| entry.path());
    for dir in versions.chain([erlang.to_owned()]) {
        let script = dir.join("bin/erl");
        if let Ok(text) = fs::read_to_string(&script) {
            let placed = location.replace_all(&text, NoExpand(&actual));
            // Another checkout may be running it.
            if placed != text {
                fs::write(&script, &*placed)?;
            }
        }
    }
    Ok(())
}

fn command(server: &Path, data: &Path, ports: Ports) -> Result<Command> {
    let configuration = data.join("rabbitmq.conf");
    fs::write(&configuration, "disk_free_limit.absolute = 50MB\n")?;
    let plugins = data.join("enabled_plugins");
    fs::write(&plugins, "[].\n")?;

    let mut command = Command::new(server);
    command.env("HOME", data).env("RABBITMQ_NODENAME", "quits@localhost");
    command.env("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1").env("RABBITMQ_NODE_PORT", ports.of(AMQP).to_string());
    command.env("RABBITMQ_DIST_PORT", ports.of(ERLANG).to_string());
    command.env("ERL_EPMD_ADDRESS", "127.0.0.1").env("ERL_EPMD_PORT", ports.of(EPMD).to_string());
    command.env("RABBITMQ_MNESIA_BASE", data.join("mnesia")).env("RABBITMQ_LOG_BASE", data.join("log"));
    command.env("RABBITMQ_LOGS", "-").env("RABBITMQ_PID_FILE", data.join("pid"));
    command.env("RABBITMQ_CONFIG_FILE", configuration).env("RABBITMQ_ENABLED_PLUGINS_FILE", plugins);
    command.env("RABBITMQ_CONF_ENV_FILE", "/dev/null").env("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", ERLANG_OPTIONS);
    // Makes the start script exec the server instead of supervising it, so that signals reach the server.
    command.env("RUNNING_UNDER_SYSTEMD", "true");
    if server.starts_with(tools()) {
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{path}", unpacked(PACKAGE).join("usr/bin").display()));
        command.env("LD_LIBRARY_PATH", library_path(&unpacked(PACKAGE)));
    }
    Ok(command)
}

/// A broker responds to the protocol header with a frame of type 1.
fn speaks_amqp(port: u16) -> bool {
    let ask = || -> std::io::Result<u8> {
        let mut broker = TcpStream::connect(("127.0.0.1", port))?;
        broker.set_read_timeout(Some(Duration::from_secs(5)))?;
        broker.write_all(b"AMQP\x00\x00\x09\x01")?;
        let mut frame_type = [0];
        broker.read_exact(&mut frame_type)?;
        Ok(frame_type[0])
    };
    ask().is_ok_and(|frame_type| frame_type == 1)
}
