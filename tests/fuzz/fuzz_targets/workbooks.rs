//! See `drawdown_lab::bad_input`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| drawdown_fuzz::check("workbooks", bytes));
