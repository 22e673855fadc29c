//! The command `health` checks whether a process on this machine is ready. It is the health check of containers without
//! a shell.

use std::{
    io::{self, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    process::ExitCode,
    time::Duration,
};

/// The timeout. A response may include pings of a database and of the broker.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Requests this path of the process that listens at `host` and `port`. Fails if it is not ready or not reachable.
pub fn ask(host: &str, port: u16, path: &str) -> ExitCode {
    match is_ready(reachable(host), port, path) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) | Err(_) => ExitCode::FAILURE,
    }
}

/// Returns the address to connect to. A process that listens on all addresses is reached on the loopback.
fn reachable(host: &str) -> &str {
    match host {
        "0.0.0.0" => "127.0.0.1",
        "::" => "::1",
        host => host,
    }
}

fn is_ready(host: &str, port: u16, path: &str) -> io::Result<bool> {
    let address = (host, port).to_socket_addrs()?.next().ok_or(io::ErrorKind::AddrNotAvailable)?;
    let mut process = TcpStream::connect_timeout(&address, TIMEOUT)?;
    process.set_read_timeout(Some(TIMEOUT))?;
    // Sent in one write, because `write!` sends each part separately, and a server that has read enough may close the
    // connection between two parts.
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    process.write_all(request.as_bytes())?;
    let mut status = [0; b"HTTP/1.1 200".len()];
    process.read_exact(&mut status)?;
    Ok(status == *b"HTTP/1.1 200")
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;

    fn answer(status: &'static str) -> u16 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let (mut asker, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            let length = asker.read(&mut request).unwrap();
            assert!(request[..length].starts_with(b"GET /ready HTTP/1.1\r\n"));
            write!(asker, "HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").unwrap();
        });
        port
    }

    #[test]
    fn only_success_is_ready() {
        assert!(is_ready("127.0.0.1", answer("200 OK"), "/ready").unwrap());
        assert!(!is_ready("127.0.0.1", answer("503 Service Unavailable"), "/ready").unwrap());
    }

    #[test]
    fn an_unreachable_process_is_not_ready() {
        let freed = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
        assert!(is_ready("127.0.0.1", freed.port(), "/ready").is_err());
    }

    #[test]
    fn every_address_includes_the_loopback() {
        assert_eq!(reachable("0.0.0.0"), "127.0.0.1");
        assert_eq!(reachable("::"), "::1");
        assert_eq!(reachable("10.0.0.7"), "10.0.0.7");
    }
}
