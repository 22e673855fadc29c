//! The way to the broker, which can be cut and mended: what a service sees when the broker is away.

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// A forwarder to the broker. While it is cut, connections end and new ones are dropped.
pub struct Cut {
    url: String,
    open: watch::Sender<bool>,
}

impl Cut {
    /// Forwards to the broker with this URL.
    pub async fn to(broker: &str) -> Self {
        let mut url = reqwest::Url::parse(broker).unwrap();
        let target = (url.host_str().unwrap().to_owned(), url.port().unwrap_or(5672));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        let (open, is_open) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((service, _)) = listener.accept().await {
                tokio::spawn(forward(service, target.clone(), is_open.clone()));
            }
        });
        Self { url: url.to_string(), open }
    }

    /// Where services find the broker.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Takes the broker away.
    pub fn cut(&self) {
        self.open.send_replace(false);
    }

    /// Brings it back.
    pub fn mend(&self) {
        self.open.send_replace(true);
    }
}

async fn forward(mut service: TcpStream, target: (String, u16), mut is_open: watch::Receiver<bool>) {
    if !*is_open.borrow() {
        return;
    }
    let Ok(mut broker) = TcpStream::connect(target).await else { return };
    tokio::select! {
        _ = copy_bidirectional(&mut service, &mut broker) => {}
        _ = is_open.wait_for(|open| !open) => {}
    }
}
