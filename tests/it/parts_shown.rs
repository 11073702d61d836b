//! The parts on the pages add up to the displayed total, to the cent.

use drawdown::route::Event;

use crate::story::{KEY, OTHER_KEY, Story, has, text_of};

/// Two accounts that spent $0.336 and $0.337, together $0.673.
fn two_accounts() -> Story {
    let story = Story::connected("2026-11-20T09:00:00Z", "USD 0+5");
    story.set_books(OTHER_KEY, "USD 0+8");
    story.send("connect", &[("provider", "deepseek"), ("key", OTHER_KEY), ("label", "second")]);
    story.clock("2026-11-20T10:00:00Z").set_books(KEY, "USD 0+4.664").set_books(OTHER_KEY, "USD 0+7.663");
    story.event(Event::Alarm);
    story
}

/// The amounts of a page's section in cents, without its times and names.
fn cents(html: &str, from: &str, to: &str) -> Vec<u32> {
    let (_, rest) = html.split_once(from).expect(from);
    let (section, _) = rest.split_once(to).expect(to);
    let text = text_of(section);
    let amounts = text.split('$').skip(1).map(|rest| {
        let digits: String =
            rest.chars().take_while(|digit| digit.is_ascii_digit() || *digit == '.').collect();
        digits.replace('.', "").parse().unwrap()
    });
    amounts.collect()
}

#[test]
fn accounts_add_up_to_the_total_on_every_page() {
    let story = two_accounts();
    has(&story.popup(), "$0.67*");
    let popup = story.click("show", &[]).html;
    let (_, rows) = popup.split_once("id=\"accounts\"").unwrap();
    let spent: Vec<u32> =
        rows.split("<li>").skip(1).map(|row| cents(row, "<b class=\"amount\">", "</b>")[0]).collect();
    assert_eq!(spent, [34, 33]);
    let overview = story.send("show", &[("open", "overview")]).html;
    assert_eq!(cents(&overview, "id=\"by-account\"", "</table>"), [34, 33]);
    assert_eq!(cents(&overview, "id=\"by-model\"", "</table>"), [34, 33]);
    // The table behind the chart has a day's accounts next to its total.
    assert_eq!(cents(&overview, "Nov 20</th>", "</tr>"), [34, 33, 67, 67]);
    // An account's page shows the same amount as its row.
    has(&story.card(0), "$0.33*");
    has(&story.card(1), "$0.34*");
    let list = story.send("show", &[("open", "accounts")]).html;
    // The list has the accounts in their own order.
    assert_eq!(cents(&list, "class=\"amount\">", "</b>"), [33]);
}

#[test]
fn nothing_is_claimed_of_amounts_that_are_converted() {
    let story = two_accounts();
    story.clock("2026-11-20T11:00:00Z").set_books(KEY, "USD 0+4.664, CNY 0+7").event(Event::Alarm);
    story.clock("2026-11-20T12:00:00Z").set_books(KEY, "USD 0+4.664, CNY 0+5").event(Event::Alarm);
    // An amount without a rate is next to the total, not in it.
    let popup = story.popup();
    has(&popup, "≥ $0.67");
    has(&popup, "DeepSeek ¥2.00* + $0.33*");
    has(&popup, "DeepSeek second $0.34*");
    story.send("rate", &[("currency", "CNY"), ("rate", "0.14")]);
    let popup = story.popup();
    has(&popup, "$0.95*");
    has(&popup, "DeepSeek ¥2.00* + $0.34*");
    has(&popup, "DeepSeek second $0.34*");
}
