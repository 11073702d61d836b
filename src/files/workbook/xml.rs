//! A walk through an XML part of a workbook.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// One step through a part.
pub(super) enum Step<'a> {
    /// The start of an element, with its attributes.
    Open(&'a BytesStart<'a>),
    /// Text, with references resolved.
    Text(&'a str),
    /// The end of an element.
    Close(&'a str),
}

/// Goes through a part. `None` if it is not well-formed XML, or if `take` returns `None`.
pub(super) fn walk(text: &str, take: &mut dyn FnMut(Step<'_>) -> Option<()>) -> Option<()> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => take(Step::Open(&element))?,
            Event::Empty(element) => {
                take(Step::Open(&element))?;
                take(Step::Close(element.local_name().as_ref()))?;
            }
            Event::End(element) => take(Step::Close(element.local_name().as_ref()))?,
            Event::Text(text) => take(Step::Text(&text.xml10_content()))?,
            Event::CData(text) => take(Step::Text(&text.xml10_content()))?,
            Event::GeneralRef(name) => match name.resolve_char_ref().ok()? {
                Some(character) => take(Step::Text(character.encode_utf8(&mut [0; 4])))?,
                None => take(Step::Text(resolve_predefined_entity(&name)?))?,
            },
            Event::Eof => return Some(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// An attribute by its name without a prefix. `None` if there is none.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|known| known.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

/// Whether an attribute is set.
pub(super) fn is_true(text: &str) -> bool {
    ["1", "true"].contains(&text)
}
