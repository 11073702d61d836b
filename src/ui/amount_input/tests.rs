//! How amounts are read in a form's currency.

use proptest::prelude::{Strategy, any, proptest};
use proptest::{prop_assert_eq, sample};

use crate::app::Rejected;
use crate::money::{Amount, Currency};
use crate::text::Language;
use crate::ui::Form;
use crate::ui::amount_input::{AmountInput, field_text};
use crate::ui::format;

fn currency(code: &str) -> Currency {
    Currency::parse(code).expect("a code")
}

/// The result of reading: the digits, `?` and the question, or `!` and the reason of the refusal.
fn read(text: &str, code: &str) -> String {
    let form = Form::new("budget", &[("amount", text)]);
    let amount = form.needed_amount("amount").and_then(|input| input.amount_in(currency(code)));
    match amount {
        Ok(amount) => amount.to_string(),
        Err(unclear @ Rejected::Unclear { .. }) => format!("? {}", unclear.sentence(Language::English)),
        Err(rejected) => format!("! {}", rejected.sentence(Language::English)),
    }
}

#[track_caller]
fn reads(cases: &[(&str, &str, &str)]) {
    for (text, code, expected) in cases {
        assert_eq!(read(text, code), *expected, "{text}");
    }
}

#[test]
fn amounts_are_read_as_people_write_them() {
    reads(&[
        ("$150", "USD", "150"),
        ("150,50 €", "EUR", "150.5"),
        ("¥1.200,5", "CNY", "1200.5"),
        ("1 500.25", "USD", "1500.25"),
        ("1 500,25 €", "EUR", "1500.25"),
        ("1\u{202f}500,25\u{a0}€", "EUR", "1500.25"),
        ("1'500.25", "USD", "1500.25"),
        ("USD 20", "USD", "20"),
        ("20usd", "USD", "20"),
        ("１，２３４．５０", "USD", "1234.5"),
        ("￥２０", "CNY", "20"),
        ("20元", "CNY", "20"),
        ("1,234,567", "USD", "1234567"),
        ("1.234.567,8", "EUR", "1234567.8"),
        ("1,50,000.25", "INR", "150000.25"),
        ("0,125", "EUR", "0.125"),
        ("1234,567", "EUR", "1234.567"),
        ("2,5", "EUR", "2.5"),
        (".5", "USD", "0.5"),
        ("5.", "USD", "5"),
        (" 7 ", "USD", "7"),
        ("+7", "USD", "7"),
    ]);
}

#[test]
fn one_separator_before_three_digits_is_asked_about() {
    reads(&[
        ("1,500", "USD", "? Is this $1,500.00? Save again to confirm, or correct it."),
        ("1.500", "USD", "? Is this $1.50? Save again to confirm, or correct it."),
        ("4.125", "USD", "? Is this $4.125? Save again to confirm, or correct it."),
        ("12,500", "CHF", "? Is this 12,500.00 CHF? Save again to confirm, or correct it."),
        // A yen has no decimals.
        ("1,500", "JPY", "1500"),
        ("1.500", "JPY", "1500"),
    ]);
}

#[test]
fn a_confirmed_reading_is_kept_and_another_text_is_asked_about_again() {
    let amount = |text: &str, confirmed: &str| {
        let form = Form::new("budget", &[("amount", text), ("amount.read", confirmed)]);
        form.needed_amount("amount").and_then(|input| input.amount_in(Currency::USD)).ok()
    };
    assert_eq!(amount("1,500", "1,500"), Some(Amount::whole(1500)));
    assert_eq!(amount("1,600", "1,500"), None);
}

#[test]
fn another_currency_is_refused() {
    reads(&[
        ("€150", "USD", "! This amount is in USD, but you wrote €. Enter it in USD."),
        ("150 EUR", "USD", "! This amount is in USD, but you wrote EUR. Enter it in USD."),
        ("US$5", "CAD", "! This amount is in CAD, but you wrote US$. Enter it in CAD."),
    ]);
}

#[test]
fn what_is_no_amount_is_refused() {
    let refused = "! Enter an amount above 0, such as 10 or 7.50.";
    for text in ["ten", "1,2,3", "1.2,3.4", "12,34,5", "1..5", "$", "$5 USD", "-5", "1e3", "1,5 00", "--1"] {
        assert_eq!(read(text, "USD"), refused, "{text}");
    }
}

fn amounts() -> impl Strategy<Value = (Amount, Currency)> {
    let codes = sample::select(vec!["USD", "EUR", "GBP", "CNY", "JPY", "CHF", "KWD", "INR"]);
    (any::<u32>(), codes).prop_map(|(units, code)| {
        let currency = currency(code);
        let amount = Amount::from_digits(units.into(), currency.decimals()).expect("it fits");
        (amount, currency)
    })
}

/// How a text is read after the user confirmed it.
fn confirmed(text: &str, currency: Currency) -> Option<Amount> {
    AmountInput::parse("amount", text, text)?.amount_in(currency).ok()
}

proptest! {
    #[test]
    fn what_a_page_writes_is_read_back((amount, currency) in amounts()) {
        prop_assert_eq!(confirmed(&format::money(amount, currency), currency), Some(amount));
        prop_assert_eq!(confirmed(&format::exact(amount, currency), currency), Some(amount));
    }

    #[test]
    fn what_a_field_holds_is_read_back_without_a_question((amount, currency) in amounts()) {
        let read = AmountInput::parse("amount", &field_text(amount, currency), "");
        let read = read.and_then(|read| read.amount_in(currency).ok());
        prop_assert_eq!(read, Some(amount));
    }
}
