//! The list of currencies to choose from: those in use first, then the common ones.

use maud::{Markup, html};

use crate::app::View;
use crate::money::Currency;
use crate::text::Text;

/// The common currencies: their ISO 4217 codes and their common names.
const COMMON: [(&str, Text); 30] = [
    ("USD", Text { en: "US dollar", zh: "美元" }),
    ("EUR", Text { en: "Euro", zh: "欧元" }),
    ("GBP", Text { en: "British pound", zh: "英镑" }),
    ("CNY", Text { en: "Chinese yuan", zh: "人民币" }),
    ("JPY", Text { en: "Japanese yen", zh: "日元" }),
    ("AED", Text { en: "UAE dirham", zh: "阿联酋迪拉姆" }),
    ("AUD", Text { en: "Australian dollar", zh: "澳元" }),
    ("BRL", Text { en: "Brazilian real", zh: "巴西雷亚尔" }),
    ("CAD", Text { en: "Canadian dollar", zh: "加元" }),
    ("CHF", Text { en: "Swiss franc", zh: "瑞士法郎" }),
    ("CZK", Text { en: "Czech koruna", zh: "捷克克朗" }),
    ("DKK", Text { en: "Danish krone", zh: "丹麦克朗" }),
    ("HKD", Text { en: "Hong Kong dollar", zh: "港元" }),
    ("IDR", Text { en: "Indonesian rupiah", zh: "印尼盾" }),
    ("ILS", Text { en: "Israeli shekel", zh: "以色列新谢克尔" }),
    ("INR", Text { en: "Indian rupee", zh: "印度卢比" }),
    ("KRW", Text { en: "South Korean won", zh: "韩元" }),
    ("MXN", Text { en: "Mexican peso", zh: "墨西哥比索" }),
    ("MYR", Text { en: "Malaysian ringgit", zh: "马来西亚林吉特" }),
    ("NOK", Text { en: "Norwegian krone", zh: "挪威克朗" }),
    ("NZD", Text { en: "New Zealand dollar", zh: "新西兰元" }),
    ("PHP", Text { en: "Philippine peso", zh: "菲律宾比索" }),
    ("PLN", Text { en: "Polish zloty", zh: "波兰兹罗提" }),
    ("SEK", Text { en: "Swedish krona", zh: "瑞典克朗" }),
    ("SGD", Text { en: "Singapore dollar", zh: "新加坡元" }),
    ("THB", Text { en: "Thai baht", zh: "泰铢" }),
    ("TRY", Text { en: "Turkish lira", zh: "土耳其里拉" }),
    ("TWD", Text { en: "New Taiwan dollar", zh: "新台币" }),
    ("VND", Text { en: "Vietnamese dong", zh: "越南盾" }),
    ("ZAR", Text { en: "South African rand", zh: "南非兰特" }),
];

/// A field `currency` with this one selected. `none` is the label of an empty first option, if given.
pub(crate) fn currency_select(
    view: &View<'_>,
    id: &str,
    chosen: Option<Currency>,
    none: Option<&str>,
) -> Markup {
    let mut offered: Vec<Currency> = Vec::new();
    let common = COMMON.iter().filter_map(|(code, _)| Currency::parse(code));
    for currency in chosen.into_iter().chain(in_use(view)).chain(common) {
        if !offered.contains(&currency) {
            offered.push(currency);
        }
    }
    html! {
        select id=(id) name="currency" {
            @if let Some(none) = none { option value="" selected[chosen.is_none()] { (none) } }
            @for currency in offered {
                option value=(currency) selected[chosen == Some(currency)] {
                    (currency) @if let Some(name) = name(currency) { " · " (view.text(name)) }
                }
            }
        }
    }
}

/// The currencies of accounts, subscriptions and rates.
fn in_use<'a>(view: &View<'a>) -> impl Iterator<Item = Currency> + use<'a> {
    let settings = &view.state.settings;
    let books = view.statement.accounts.iter().flat_map(|account| &account.books).map(|book| book.currency);
    let plans = settings.plans.iter().map(|plan| plan.currency);
    let rates = settings.rates.iter().map(|exchange| exchange.from);
    settings.currency.into_iter().chain(books).chain(plans).chain(rates)
}

fn name(currency: Currency) -> Option<&'static Text> {
    COMMON.iter().find(|(code, _)| *code == currency.code()).map(|(_, name)| name)
}
