//! What leaves this browser: the hosts that it may reach, and the requests that went out.
//!
//! The list is a place of its own: five hundred rows with every push would be a hundred kilobytes that nobody reads, and
//! fewer rows would not be the list.

mod view;
mod words;

pub(crate) use view::{list, section};
