//! A TCP proxy in front of a service or the broker. Its port stays the same while the target changes.

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// Forwards connections. The replica behind it can be replaced, as behind a Kubernetes Service: new connections reach
/// the new replica, open ones stay with the old one. It can also be cut: then open connections end and new ones are
/// dropped.
pub struct Gate {
    port: u16,
    way: watch::Sender<Way>,
}

#[derive(Clone)]
struct Way {
    to: (String, u16),
    open: bool,
}

impl Gate {
    /// Starts a gate that forwards to this host and port.
    pub async fn to(host: &str, port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = listener.local_addr().unwrap().port();
        let (way, present) = watch::channel(Way { to: (host.to_owned(), port), open: true });
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(forward(client, present.clone()));
            }
        });
        Self { port: own, way }
    }

    /// The local port that the gate listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Forwards new connections to another port of the same host.
    pub fn lead_to(&self, port: u16) {
        self.way.send_modify(|way| way.to.1 = port);
    }

    /// Ends open connections and drops new ones.
    pub fn cut(&self) {
        self.way.send_modify(|way| way.open = false);
    }

    /// Forwards connections again.
    pub fn mend(&self) {
        self.way.send_modify(|way| way.open = true);
    }
}

async fn forward(mut client: TcpStream, mut way: watch::Receiver<Way>) {
    let Way { to, open } = way.borrow().clone();
    if !open {
        return;
    }
    let Ok(mut service) = TcpStream::connect(to).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut client, &mut service) => {}
        _ = way.wait_for(|way| !way.open) => {}
    }
}
