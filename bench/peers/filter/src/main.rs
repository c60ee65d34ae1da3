use flate2::read::MultiGzDecoder;
use serde_json::Value;
use std::{env, fs::File, io::Read};
fn main() {
    let mut count = 0;
    for path in env::args().skip(1) {
        let mut json = Vec::new();
        MultiGzDecoder::new(File::open(path).unwrap()).read_to_end(&mut json).unwrap();
        let log: Value = serde_json::from_slice(&json).unwrap();
        count += log["Records"].as_array().unwrap().iter().filter(|r| r["eventSource"] == "es.amazonaws.com").count();
    }
    println!("{count}");
}
