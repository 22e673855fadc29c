//! The command `health` checks whether a process on this machine is ready. It is the health check of containers without
//! a shell.

use std::{
    io::{self, Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    process::ExitCode,
    time::Duration,
};

use clap::Args;

pub(crate) const NAME: &str = "health";
pub(crate) const ABOUT: &str = "Asks a running process of this subgraph whether it is ready; exits with 1 if not";

/// The timeout. A response includes pings of the database and of the broker.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The process to ask.
#[derive(Clone, Debug, Args)]
pub(crate) struct Question {
    /// The role it has.
    #[arg(default_value = "serve")]
    pub(crate) role: String,
    /// The address it listens on.
    #[arg(long, env = "QUITS_HOST", default_value = "127.0.0.1")]
    host: IpAddr,
    /// The port it listens on; each role has its own default.
    #[arg(long, env = "QUITS_PORT")]
    port: Option<u16>,
}

impl Question {
    /// Sends the request; succeeds if the process is ready.
    pub(crate) fn ask(&self, default_port: u16) -> ExitCode {
        let address = SocketAddr::new(reachable(self.host), self.port.unwrap_or(default_port));
        match is_ready(address) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) | Err(_) => ExitCode::FAILURE,
        }
    }
}

/// A process that listens on all addresses is reached on the loopback.
fn reachable(host: IpAddr) -> IpAddr {
    match host {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        host => host,
    }
}

fn is_ready(address: SocketAddr) -> io::Result<bool> {
    let mut process = TcpStream::connect_timeout(&address, TIMEOUT)?;
    process.set_read_timeout(Some(TIMEOUT))?;
    // Sent in one write, because `write!` sends each part separately, and a server that has read enough may close the
    // connection between two parts.
    let request = format!("GET /ready HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    process.write_all(request.as_bytes())?;
    let mut status = [0; b"HTTP/1.1 200".len()];
    process.read_exact(&mut status)?;
    Ok(status == *b"HTTP/1.1 200")
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    fn answer(status: &'static str) -> SocketAddr {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            let (mut asker, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            let length = asker.read(&mut request).unwrap();
            assert!(request[..length].starts_with(b"GET /ready HTTP/1.1\r\n"));
            write!(asker, "HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").unwrap();
        });
        address
    }

    #[test]
    fn only_success_is_ready() {
        assert!(is_ready(answer("200 OK")).unwrap());
        assert!(!is_ready(answer("503 Service Unavailable")).unwrap());
    }

    #[test]
    fn an_unreachable_process_is_not_ready() {
        let freed = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
        assert!(is_ready(freed).is_err());
    }

    #[test]
    fn every_address_includes_the_loopback() {
        assert_eq!(reachable("0.0.0.0".parse().unwrap()), IpAddr::from([127, 0, 0, 1]));
        assert_eq!(reachable("::".parse().unwrap()), IpAddr::V6(Ipv6Addr::LOCALHOST));
        assert_eq!(reachable("10.0.0.7".parse().unwrap()), IpAddr::from([10, 0, 0, 7]));
    }
}
