//! The playground: `GraphiQL` without external assets, served from its build folder.

use std::path::{Path, PathBuf};

use hive_router::{
    http::{StatusCode, header},
    ntex::{
        http::ResponseBuilder,
        web::{self, HttpResponse, ServiceConfig, types},
    },
};

const NOT_BUILT: &str = "<!doctype html><title>Quits playground</title>\
    <p>The playground has not been built yet. Run <code>npm ci && npm run build</code> in \
    <code>router/playground</code> and reload this page.</p>";

/// Allows content from this server only. The editor sets inline styles from scripts and embeds its fonts as `data:`
/// URLs.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; \
    font-src 'self' data:; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// Adds the routes of the playground whose build output is in `folder`.
pub(crate) fn routes(config: &mut ServiceConfig, folder: &Path) {
    for path in ["/playground", "/playground/"] {
        let index = folder.join("index.html");
        config.route(path, web::get().to(move || page(index.clone())));
    }
    let assets = folder.join("assets");
    let asset = move |name: types::Path<String>| asset(assets.clone(), name.into_inner());
    config.route("/playground/assets/{name}", web::get().to(asset));
}

async fn page(file: PathBuf) -> HttpResponse {
    let (status, html) = match tokio::fs::read(file).await {
        Ok(html) => (StatusCode::OK, html),
        Err(_) => (StatusCode::NOT_FOUND, NOT_BUILT.into()),
    };
    answer(status)
        .content_type("text/html; charset=utf-8")
        // The page names the assets of the latest build, so it must not be cached.
        .header(header::CACHE_CONTROL, "no-cache")
        .body(html)
}

async fn asset(folder: PathBuf, name: String) -> HttpResponse {
    let Some(content_type) = content_type(&name) else {
        return answer(StatusCode::NOT_FOUND).finish();
    };
    match tokio::fs::read(folder.join(name)).await {
        Ok(content) => answer(StatusCode::OK)
            .content_type(content_type)
            // The file name contains a hash of the content.
            .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
            .body(content),
        Err(_) => answer(StatusCode::NOT_FOUND).finish(),
    }
}

fn answer(status: StatusCode) -> ResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .header(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::REFERRER_POLICY, "no-referrer");
    response.take()
}

/// Returns the media type for an asset's name, or `None` for a name that the build never writes. Refuses path
/// separators, so that a request cannot leave the folder.
fn content_type(name: &str) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let (stem, extension) = name.rsplit_once('.')?;
    if stem.is_empty() || stem.starts_with('.') || !name.chars().all(plain) {
        return None;
    }
    match extension {
        "js" => Some("text/javascript; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "ttf" => Some("font/ttf"),
        "woff2" => Some("font/woff2"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assets_have_types() {
        assert_eq!(content_type("index-BowTO9qk.css"), Some("text/css; charset=utf-8"));
        assert_eq!(content_type("editor.worker-CET2B_uC.js"), Some("text/javascript; charset=utf-8"));
    }

    #[test]
    fn a_name_cannot_leave_the_folder() {
        for name in ["../index.js", "..%2Findex.js", "a/b.js", "a\\b.js", ".js", "..js", "README", "a.toml"] {
            assert_eq!(content_type(name), None, "{name}");
        }
    }
}
