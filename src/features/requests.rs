//! The data that leaves this browser: the hosts that it may reach, and the requests that it sent.
//!
//! The list has its own page: five hundred rows in every push would be a hundred kilobytes that nobody reads, and with fewer rows
//! the list would be incomplete.

mod view;
mod words;

pub(crate) use view::{list, section};
