//! An ext_authz server as one writes it who needs no more than this: it allows the hosts of a list and all below them.
//! `referer-tonic LIST`. It listens on a free port of the loopback and says which.

use std::{collections::HashSet, env, error::Error, fs};

use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::{transport::Server, Request, Response, Status};

#[allow(dead_code, clippy::all)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/modules.rs"));
}
use generated::envoy::r#type::v3::HttpStatus;
use generated::envoy::service::auth::v3::authorization_server::{Authorization, AuthorizationServer};
use generated::envoy::service::auth::v3::check_response::HttpResponse;
use generated::envoy::service::auth::v3::{CheckRequest, CheckResponse, DeniedHttpResponse};
use generated::google::rpc;

struct Referers {
    allowed: HashSet<String>,
}

impl Referers {
    /// Whether a Referer is of a listed host or of one below it.
    fn allow(&self, referer: &str) -> bool {
        let rest = referer.split_once("://").map_or("", |(_, rest)| rest);
        let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
        let host = authority.rsplit('@').next().unwrap_or_default();
        let name = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
        let mut suffix = name.as_str();
        loop {
            if self.allowed.contains(suffix) {
                return true;
            }
            match suffix.split_once('.') {
                Some((_, parent)) => suffix = parent,
                None => return false,
            }
        }
    }
}

#[tonic::async_trait]
impl Authorization for Referers {
    async fn check(&self, request: Request<CheckRequest>) -> Result<Response<CheckResponse>, Status> {
        let http = request.into_inner().attributes.and_then(|all| all.request).and_then(|one| one.http);
        let http = http.ok_or_else(|| Status::invalid_argument("a Check of no HTTP request"))?;
        let referer = http.headers.get("referer").map_or("", String::as_str);
        let answer = if referer.is_empty() || self.allow(referer) { allowed() } else { denied() };
        Ok(Response::new(answer))
    }
}

fn allowed() -> CheckResponse {
    CheckResponse { status: Some(rpc::Status::default()), ..Default::default() }
}

fn denied() -> CheckResponse {
    let status = Some(HttpStatus { code: 403 });
    let response = DeniedHttpResponse { status, body: "Forbidden\n".into(), ..Default::default() };
    CheckResponse {
        status: Some(rpc::Status { code: 7, ..Default::default() }),
        http_response: Some(HttpResponse::DeniedResponse(response)),
        ..Default::default()
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let list = env::args().nth(1).ok_or("usage: referer-tonic LIST")?;
    let allowed = fs::read_to_string(list)?.lines().map(str::to_owned).collect();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{{\"event\":\"ready\",\"grpc\":\"{}\"}}", listener.local_addr()?);
    let service = AuthorizationServer::new(Referers { allowed });
    Server::builder().add_service(service).serve_with_incoming(TcpListenerStream::new(listener)).await?;
    Ok(())
}
