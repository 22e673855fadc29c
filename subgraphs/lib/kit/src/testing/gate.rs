//! A TCP proxy in front of a service or the broker. Its port stays the same while the target changes.

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// Forwards connections. The replica behind it can be replaced, as behind a Kubernetes Service: new connections reach
/// the new replica, open ones stay with the old one. It can also be cut, which ends open connections and drops new
/// ones, or hushed, after which nothing arrives on any of them and nobody is told.
pub struct Gate {
    port: u16,
    way: watch::Sender<Way>,
}

#[derive(Clone)]
struct Way {
    to: (String, u16),
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Cut,
    Hushed,
}

impl Gate {
    /// Starts a gate that forwards to this host and port.
    pub async fn to(host: &str, port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = listener.local_addr().unwrap().port();
        let (way, present) = watch::channel(Way { to: (host.to_owned(), port), state: State::Open });
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
        self.way.send_modify(|way| way.state = State::Cut);
    }

    /// Keeps all connections open, and forwards nothing.
    pub fn hush(&self) {
        self.way.send_modify(|way| way.state = State::Hushed);
    }

    /// Forwards new connections again; those that were hushed end.
    pub fn mend(&self) {
        self.way.send_modify(|way| way.state = State::Open);
    }
}

async fn forward(mut client: TcpStream, mut way: watch::Receiver<Way>) {
    let Way { to, state } = way.borrow().clone();
    if state == State::Cut {
        return;
    }
    let Ok(mut service) = TcpStream::connect(to).await else { return };
    tokio::select! {
        biased;
        _ = way.wait_for(|way| way.state != State::Open) => {}
        _ = copy_bidirectional(&mut client, &mut service) => return,
    }
    // What was under way is lost, so these connections cannot go on.
    let _ = way.wait_for(|way| way.state != State::Hushed).await;
}
