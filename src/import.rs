//! stub
use crate::bill::Bill;
#[derive(Clone, Debug)]
/// x
pub struct Imported {
    /// x
    pub bills: Vec<Bill>,
}
#[derive(Clone, Debug)]
/// x
pub struct Refused {
    /// x
    pub file: String,
}
/// x
pub fn read(_files: &[(String, Vec<u8>)]) -> Result<Imported, Refused> {
    Err(Refused { file: String::new() })
}
