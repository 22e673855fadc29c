//! What stands before a service or the broker: a port that stays, whatever happens behind it.

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// Forwards connections. Behind it one replica can take the place of another, as behind a Service of Kubernetes: new
/// connections lead to the new one, open ones stay. And it can be cut: then connections end and new ones are dropped.
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
    /// A gate that leads to this host and port.
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

    /// Where it is found, on this machine.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Leads new connections to another port of the same host.
    pub fn lead_to(&self, port: u16) {
        self.way.send_modify(|way| way.to.1 = port);
    }

    /// Takes away what is behind it.
    pub fn cut(&self) {
        self.way.send_modify(|way| way.open = false);
    }

    /// Brings it back.
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
