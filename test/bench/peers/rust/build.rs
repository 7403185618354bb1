//! Turns the project's own .proto files, in `PROTO_DIR`, into Rust. protox reads them, so no protoc is needed.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-env-changed=PROTO_DIR");
    let folder = std::env::var("PROTO_DIR")?;
    let files = protox::compile(["envoy/service/auth/v3/external_auth.proto"], [folder])?;
    // One file of modules that are nested as the packages are: generated code names its neighbours by `super`.
    tonic_prost_build::configure()
        .build_client(false)
        .include_file("modules.rs")
        .compile_fds(files)?;
    Ok(())
}
