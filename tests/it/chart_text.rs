//! Reads a chart as text, and makes the values for the tests of charts.

use drawdown::books::figure::{Figure, Mark};
use drawdown::money::Currency;
use drawdown::time::{Day, Month};
use drawdown::ui::chart::{Amounts, Expected};

use crate::builders::amount;

pub(crate) const USD: Amounts = Amounts::Shown(Currency::USD);

/// The elements with a name, each as its attributes and the text up to the next tag.
pub(crate) fn elements<'a>(html: &'a str, name: &str) -> Vec<(&'a str, &'a str)> {
    let opening = format!("<{name}");
    let parts = html.split(opening.as_str()).skip(1).filter(|part| part.starts_with([' ', '>']));
    parts
        .map(|part| {
            let (attributes, rest) = part.split_once('>').unwrap();
            (attributes, rest.split('<').next().unwrap())
        })
        .collect()
}

/// An attribute of an element.
pub(crate) fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = element.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// An attribute of all elements with a name and a class, where present.
pub(crate) fn of_class<'a>(html: &'a str, name: &str, class: &str, wanted: &str) -> Vec<&'a str> {
    let has_class = |element: &str| {
        attribute(element, "class").is_some_and(|classes| classes.split(' ').any(|one| one == class))
    };
    let found = elements(html, name).into_iter().filter(|(element, _)| has_class(element));
    found.filter_map(|(element, _)| attribute(element, wanted)).collect()
}

/// The texts with a class in a drawing.
pub(crate) fn texts<'a>(html: &'a str, class: &str) -> Vec<&'a str> {
    let has_class = |element: &str| attribute(element, "class").unwrap().split(' ').any(|one| one == class);
    elements(html, "text")
        .into_iter()
        .filter(|(element, _)| has_class(element))
        .map(|(_, text)| text)
        .collect()
}

/// The visible text, without tags.
pub(crate) fn readable(html: &str) -> String {
    let parts = html.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text));
    parts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("|")
}

pub(crate) fn legend(html: &str) -> Vec<&str> {
    let list = html.split("<ul class=\"legend\">").nth(1).unwrap().split("</ul>").next().unwrap();
    list.split("</li>").filter_map(|entry| entry.rsplit('>').next()).filter(|name| !name.is_empty()).collect()
}

/// The rows of the table behind a chart, as cells.
pub(crate) fn table(html: &str) -> Vec<Vec<String>> {
    let rows = html.split("<tr").skip(1).map(|row| row.split("</tr>").next().unwrap());
    let cells = |row: &str| -> Vec<String> {
        let heads = row.replace("<th", "<td").replace("</th>", "</td>");
        heads
            .split("<td")
            .skip(1)
            .map(|cell| cell.split_once('>').unwrap().1.split("</td>").next().unwrap().to_owned())
            .collect()
    };
    rows.map(cells).collect()
}

/// The names of the days that have a link, in order.
pub(crate) fn names(html: &str) -> Vec<&str> {
    let parts = html.split(" class=\"day\"").skip(1);
    parts.map(|part| part.split_once(" aria-label=\"").unwrap().1.split('"').next().unwrap()).collect()
}

pub(crate) fn november() -> Month {
    Month::parse("2026-11").unwrap()
}

pub(crate) fn exact(text: &str) -> Figure {
    Figure::new(amount(text), Mark::Exact, [])
}

pub(crate) fn expected(text: &str, least: &str, most: &str) -> Expected {
    Expected { amount: amount(text), range: Some((amount(least), amount(most))) }
}

pub(crate) fn href(day: Day) -> String {
    format!("#day/{day}")
}

pub(crate) fn date(day: Day) -> String {
    format!("Nov {}", day.number())
}
