//! `router health`: a readiness check of the router on this machine, for the health check of a container that has no
//! shell.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    process::ExitCode,
    time::Duration,
};

const TIMEOUT: Duration = Duration::from_secs(5);

/// Requests the readiness of the router at `host` and `port`. Fails if it is not ready or not reachable.
pub(crate) fn ask(host: &str, port: u16) -> ExitCode {
    match is_ready(reachable(host), port) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) | Err(_) => ExitCode::FAILURE,
    }
}

/// Returns the address to connect to. A server that listens on all addresses is reached through loopback.
fn reachable(host: &str) -> &str {
    match host {
        "0.0.0.0" => "127.0.0.1",
        "::" => "::1",
        host => host,
    }
}

fn is_ready(host: &str, port: u16) -> io::Result<bool> {
    let mut router = TcpStream::connect((host, port))?;
    router.set_read_timeout(Some(TIMEOUT))?;
    // A single write: `write!` sends each fragment separately, and the server may close the connection between two
    // fragments once it has read enough to respond.
    let request = format!("GET /readiness HTTP/1.1\r\nhost: localhost:{port}\r\nconnection: close\r\n\r\n");
    router.write_all(request.as_bytes())?;
    let mut status = [0; b"HTTP/1.1 200".len()];
    router.read_exact(&mut status)?;
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
            assert!(request[..length].starts_with(b"GET /readiness HTTP/1.1\r\n"));
            write!(asker, "HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").unwrap();
        });
        port
    }

    #[test]
    fn only_success_is_ready() {
        assert!(is_ready("127.0.0.1", answer("200 OK")).unwrap());
        assert!(!is_ready("127.0.0.1", answer("503 Service Unavailable")).unwrap());
    }

    #[test]
    fn a_wildcard_address_is_reached_through_loopback() {
        assert_eq!(reachable("0.0.0.0"), "127.0.0.1");
        assert_eq!(reachable("10.0.0.7"), "10.0.0.7");
    }
}
