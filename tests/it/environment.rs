//! Environment variables that change how requests are sent: the proxy.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use crate::world::World;

/// A proxy that refuses one request, and returns its first line; empty if none came.
fn proxy() -> (String, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let first = thread::spawn(move || {
        for _ in 0..1000 {
            let Ok((mut stream, _)) = listener.accept() else {
                thread::sleep(Duration::from_millis(10));
                continue;
            };
            stream.set_nonblocking(false).unwrap();
            let mut line = String::new();
            BufReader::new(stream.try_clone().unwrap()).read_line(&mut line).unwrap();
            stream.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n").unwrap();
            return line;
        }
        String::new()
    });
    (url, first)
}

fn sweep(world: World) -> crate::world::Screen {
    let keys = [("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("AWS_REGION", "us-east-1")];
    keys.iter().fold(world, |world, (name, value)| world.env(name, value)).run("sweep")
}

#[test]
fn requests_go_through_the_proxy_of_the_environment() {
    let (url, first) = proxy();
    let screen = sweep(World::new().env("HTTPS_PROXY", &url)).exits(1);
    let line = first.join().unwrap();
    assert!(line.starts_with("CONNECT sts.us-east-1.amazonaws.com:443 "), "{line}\n{screen}");
}
