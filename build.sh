#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "$0")"
cargo build --release --target wasm32-unknown-unknown --lib
rm -rf dist && mkdir -p dist
wasm-bindgen --target web --no-typescript --remove-name-section --remove-producers-section --out-dir dist --out-name drawdown target/wasm32-unknown-unknown/release/drawdown.wasm
cp -r manifest.json extension/* dist/
