//! What leaves this browser: the hosts that it may reach, and the requests that went out.
//!
//! The list is a section of its own that only the command `requests` brings: five hundred rows with every push would be
//! a hundred kilobytes that nobody reads, and fewer rows would not be the list. As no other answer holds that section, it
//! stays on the page as it is, and says of when.

mod view;
mod words;

pub(crate) use view::{list, section};
