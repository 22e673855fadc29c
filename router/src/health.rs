//! `router health`: asks the router on this machine whether it is ready. In a container without a shell this is how
//! the engine asks.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    process::ExitCode,
    time::Duration,
};

const TIMEOUT: Duration = Duration::from_secs(5);

/// Asks the router that listens on `host` and `port`; succeeds if it is ready.
pub(crate) fn ask(host: &str, port: u16) -> ExitCode {
    match is_ready(reachable(host), port) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) | Err(_) => ExitCode::FAILURE,
    }
}

/// Who listens on every address is reached on the loopback.
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
    // In one piece: `write!` sends each part by itself, and whoever has read enough may hang up between two.
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
    fn every_address_includes_the_loopback() {
        assert_eq!(reachable("0.0.0.0"), "127.0.0.1");
        assert_eq!(reachable("10.0.0.7"), "10.0.0.7");
    }
}
