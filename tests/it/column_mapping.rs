//! Files other than the account's own export: the user chooses the columns.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use drawdown::route::Reply;

use crate::billed_accounts;
use crate::story::{Story, has, text_of};

const COFFEE: &str = "Day;Total;What;Mail\n2026-11-02;1,5;chat;ada@secret.example\n2026-11-03;2,25;images;ada@secret.example\n";

fn prepaid() -> Story {
    Story::connected("2026-11-05T10:00:00Z", "USD 0+20")
}

fn import(story: &Story, name: &str, content: &str) -> Reply {
    let (id, file) = (story.id(0), STANDARD.encode(content));
    story.send("import", &[("account", &id), ("file.0", &file), ("file.0.name", name)])
}

fn point(story: &Story, chosen: &[(&str, &str)]) -> Reply {
    let named: Vec<_> = chosen.iter().map(|(name, text)| (format!("settings.{name}"), *text)).collect();
    let fields: Vec<_> = named.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    story.send("answer_import", &fields)
}

/// The waiting file in the session, without the permanent values.
fn waiting(story: &Story) -> Option<String> {
    story.host.session.borrow().get("waiting-file").cloned()
}

#[test]
fn a_mapped_table_becomes_the_month() {
    let story = prepaid();
    let asked = import(&story, "coffee.csv", COFFEE);
    let text = text_of(&asked.html);
    has(&text, "Match columns");
    has(
        &text,
        "We don't recognize coffee.csv. Match its columns to import it into DeepSeek. Choose the date, amount and currency columns.",
    );
    assert!(asked.ok, "nothing is wrong");
    // Likely columns are preselected, and the page shows only the head of the table.
    has(&asked.html, r#"<option value="0" selected>Day</option>"#);
    has(&asked.html, r#"<option value="1" selected>Total</option>"#);
    assert!(!asked.html.contains("secret") && !asked.html.contains("images"), "{}", asked.html);
    assert!(!text.contains("the file counts"), "{text}");
    has(&story.popup(), "since 2026-11-05T10:00:00Z");

    // The question stays when the page is opened again, and nothing of the file is stored.
    has(&story.dashboard(), "Match columns");
    for (key, stored) in story.host.stored.borrow().iter() {
        assert!(!stored.contains("coffee") && !stored.contains("Q29mZmVl"), "{key}: {stored}");
    }

    let read =
        point(&story, &[("date", "0"), ("amount", "1"), ("currency", ""), ("code", "usd"), ("line", "2")]);
    let text = text_of(&read.html);
    has(&text, "Imported $3.75 for Nov 2–3. For these days, the file replaces the estimates.");
    has(&story.card(0), "images\n$2.25");
    assert!(read.ok && !text.contains("Match columns"), "{text}");
    has(&story.popup(), "$3.75");
    assert_eq!(waiting(&story), None, "it is let go");
    for (key, stored) in story.host.stored.borrow().iter() {
        assert!(!stored.contains("secret"), "{key}: {stored}");
    }
}

#[test]
fn the_next_table_with_the_same_columns_is_read_at_once() {
    let story = prepaid();
    import(&story, "coffee.csv", COFFEE);
    point(&story, &[("date", "0"), ("amount", "1"), ("code", "USD"), ("line", "2")]);
    let next = "New;what;Total;Day\nx;chat;3,5;2026-11-04\n";
    has(&text_of(&import(&story, "next.csv", next).html), "Imported $3.50 for Nov 4.");
    has(&story.popup(), "$7.25");
    // Other columns ask again, and so does an unreadable table with the same columns.
    has(&text_of(&import(&story, "other.csv", "When,Total\n2026-11-03,1\n").html), "Match columns");
    has(&text_of(&import(&story, "next.csv", "what;Total;Day\nx;much;2026-11-03\n").html), "Match columns");
    has(&story.popup(), "$7.25");
}

#[test]
fn an_ambiguous_file_asks_and_guesses_nothing() {
    let story = prepaid();
    import(&story, "open.csv", "Date;Total\n02.11.2026;1,250\n03.11.2026;2,500\n");
    let chosen = [("date", "0"), ("amount", "1"), ("code", "USD")];
    let asked = point(&story, &chosen);
    has(&text_of(&asked.html), "Which comes first, day or month?");
    has(&asked.html, r#"name="settings.order""#);
    assert!(!asked.html.contains(r#"name="settings.decimals""#));
    let with_order = [chosen.as_slice(), &[("order", "day")]].concat();
    let asked = point(&story, &with_order);
    has(&text_of(&asked.html), "Which sign separates decimals?");
    has(&asked.html, r#"<option value="day" selected>"#);
    let read = point(&story, &[with_order.as_slice(), &[("decimals", "comma")]].concat());
    has(&text_of(&read.html), "Imported $3.75 for Nov 2–3.");
    has(&story.popup(), "$3.75");
}

#[test]
fn an_error_names_its_row_and_keeps_the_choices() {
    let story = prepaid();
    import(&story, "coffee.csv", &COFFEE.replace("2,25", "very-secret"));
    let refused = point(&story, &[("date", "0"), ("amount", "1"), ("code", "EUR"), ("line", "3")]);
    let text = text_of(&refused.html);
    has(&text, "coffee.csv, row 3, column amount: we can't read this value.");
    assert!(!refused.ok && !refused.html.contains("secret"), "{}", refused.html);
    has(&refused.html, r#"<option value="3" selected>Mail</option>"#);
    has(&refused.html, r#"value="EUR""#);
    has(&story.popup(), "since 2026-11-05T10:00:00Z");
}

#[test]
fn a_waiting_table_can_be_discarded_or_lost() {
    let story = prepaid();
    import(&story, "coffee.csv", COFFEE);
    let let_go = point(&story, &[("date", "0"), ("drop", "on")]);
    has(&text_of(&let_go.html), "Drop a ZIP, CSV or Excel file here");
    assert_eq!(waiting(&story), None);
    let lost = point(&story, &[("date", "0"), ("amount", "1"), ("code", "USD")]);
    has(&text_of(&lost.html), "The browser no longer has this file. Choose it again");
    assert!(!lost.ok);

    // A file that the browser could not save still waits.
    import(&story, "coffee.csv", COFFEE);
    story.host.is_full.set(true);
    let chosen = [("date", "0"), ("amount", "1"), ("code", "USD")];
    has(&text_of(&point(&story, &chosen).html), "Couldn't save.");
    story.host.is_full.set(false);
    has(&text_of(&point(&story, &chosen).html), "Imported $3.75");

    // Another file replaces it, and a known export leaves none waiting.
    import(&story, "coffee.csv", COFFEE);
    import(&story, "tea.csv", "A,B\n1,2\n");
    assert!(waiting(&story).unwrap().contains("tea.csv"));
    import(&story, "cost.csv", "utc_date,model,cost,currency\n2026-11-01,chat,1,USD\n");
    assert_eq!(waiting(&story), None);
}

#[test]
fn a_table_too_long_to_wait_is_refused() {
    let story = prepaid();
    let long = format!("Day,Total\n{}", "2026-11-03,1\n".repeat(300_000));
    has(&text_of(&import(&story, "long.csv", &long).html), "long.csv: this file is over 3 MB");
    assert_eq!(waiting(&story), None);
    let fits = format!("Day,Total\n{}", "2026-11-03,1\n".repeat(200_000));
    has(&text_of(&import(&story, "fits.csv", &fits).html), "Match columns");
    let read = point(&story, &[("date", "0"), ("amount", "1"), ("code", "USD")]);
    has(&text_of(&read.html), "Imported $200,000.00 for Nov 3.");
}

#[test]
fn column_names_are_escaped() {
    let story = prepaid();
    let head = "a,\"\"\"><script>\",,<img src=x onerror=alert(1)>\n1,2,3,4\n";
    let asked = import(&story, "<b>.csv", head);
    has(&asked.html, "&lt;img src=x onerror=alert(1)&gt;");
    for bad in ["<img", "<script", "<b>."] {
        assert!(!asked.html.contains(bad), "{bad}");
    }
    has(&asked.html, "Column 3 (no name)");
}

#[test]
fn an_export_of_another_provider_is_imported_only_after_confirmation() {
    let story = prepaid();
    let openai = "start_time,end_time,amount_value,amount_currency\n1793577600,1793664000,4,usd\n";
    let asked = import(&story, "cost.csv", openai);
    let text = text_of(&asked.html);
    has(&text, "cost.csv is an export from OpenAI, but DeepSeek isn't.");
    has(&text, "Nov 2: nothing so far, $4.00 in the file.");
    assert!(asked.ok && !text.contains("Imported"), "{text}");
    has(&story.popup(), "since 2026-11-05T10:00:00Z");
    point(&story, &[("drop", "on")]);
    has(&story.popup(), "since 2026-11-05T10:00:00Z");
    assert_eq!(waiting(&story), None);

    let story =
        billed_accounts::connected("2026-11-05T10:00:00Z", &["2026-11-01 chat 1.25", "2026-11-02 chat 2"]);
    has(&story.at("data"), "OpenAI: download your usage at platform.openai.com/usage.");
    let text = text_of(&import(&story, "cost.csv", openai).html);
    has(&text, "Imported $4.00 for Nov 2. For these days, the file replaces the bill");
    has(&story.popup(), "$5.25\n");
    let costs = "utc_date,model,cost,currency\n2026-11-01,chat,1,USD\n";
    has(
        &text_of(&import(&story, "cost.csv", costs).html),
        "cost.csv is an export from DeepSeek, but OpenAI isn't.",
    );
}

/// Imports a file with these columns, and returns the page's text.
fn read(story: &Story, content: &str, chosen: &[(&str, &str)]) -> String {
    import(story, "a.csv", content);
    text_of(&point(story, chosen).html)
}

#[test]
fn words_for_no_charge_are_zeros_and_the_result_counts_every_row() {
    let story = prepaid();
    let text = read(
        &story,
        "Invoice 7\nDay,Cost\n2026-11-01,1.50\n2026-11-02,Included\n2026-11-03,\n2026-11-04,-\nTotal,1.50\n",
        &[("date", "0"), ("amount", "1"), ("code", "USD")],
    );
    has(&text, "Imported $1.50 for Nov 1–4.");
    has(
        &text,
        "4 rows read, 3 without a charge. Skipped: 1 row above the header (row 1: \"Invoice 7\"), 1 row with a total (row 7: \"Total 1.50\").",
    );
    has(&story.popup(), "$1.50");

    // A file that waits for another answer keeps its row count.
    let text =
        read(&story, "Day,Cost\n2026-11-01,2\nTotal,2\n", &[("date", "0"), ("amount", "1"), ("code", "USD")]);
    has(&text, "Replace or add?");
    let text = text_of(&point(&story, &[("overlap", "replace")]).html);
    has(&text, "1 row read. Skipped: 1 row with a total (row 3: \"Total 2\").");
}

#[test]
fn negative_amounts_are_charges_if_the_user_agrees() {
    let debits = "Day,Cost\n2026-11-02,-20\n2026-11-03,-5\n";
    let chosen = [("date", "0"), ("amount", "1"), ("code", "USD")];
    let story = prepaid();
    import(&story, "debits.csv", debits);
    let asked = point(&story, &chosen);
    has(&text_of(&asked.html), "Every amount is negative. Are these charges?");
    has(&asked.html, r#"<option value="negative" selected>Yes, they are charges</option>"#);
    has(&story.popup(), "since 2026-11-05T10:00:00Z");
    let read = point(&story, &[chosen.as_slice(), &[("charges", "negative")]].concat());
    has(&text_of(&read.html), "Imported $25.00 for Nov 2–3.");
    has(&story.popup(), "$25.00");
    // The answer is stored for the next such file.
    has(&text_of(&import(&story, "next.csv", "Day,Cost\n2026-11-04,-1\n").html), "Imported $1.00");

    let story = prepaid();
    import(&story, "refunds.csv", debits);
    point(&story, &chosen);
    let read = point(&story, &[chosen.as_slice(), &[("charges", "positive")]].concat());
    has(&text_of(&read.html), "Imported -$25.00 for Nov 2–3.");
}

#[test]
fn the_user_chooses_the_sign_of_a_charge_if_both_occur() {
    let story = prepaid();
    let chosen = [("date", "0"), ("amount", "1"), ("code", "USD")];
    import(&story, "mixed.csv", "Day,Cost\n2026-11-02,-20\n2026-11-03,5\n");
    let asked = point(&story, &chosen);
    has(&text_of(&asked.html), "Which are charges?");
    assert!(!asked.html.contains(r#"<option value="negative" selected>"#), "nothing is chosen beforehand");
    let read = point(&story, &[chosen.as_slice(), &[("charges", "negative")]].concat());
    has(&text_of(&read.html), "Imported $15.00 for Nov 2–3.");
}

#[test]
fn an_unknown_currency_is_asked_about_once() {
    let story = prepaid();
    let chosen = [("date", "0"), ("amount", "1"), ("currency", "2"), ("code", "")];
    import(&story, "a.csv", "Day,Cost,Currency\n2026-11-02,1,\"<b>\"\n2026-11-03,2,US$\n");
    let asked = point(&story, &chosen);
    has(&text_of(&asked.html), "We don't recognize a currency in this file.");
    has(&asked.html, r#"name="settings.is:&lt;b&gt;""#);
    let read = point(&story, &[chosen.as_slice(), &[("is:<b>", "usd")]].concat());
    has(&text_of(&read.html), "Imported $3.00 for Nov 2–3.");
    let next = import(&story, "b.csv", "Day,Cost,Currency\n2026-11-04,4,<b>\n");
    has(&text_of(&next.html), "Imported $4.00 for Nov 4.");
    // Another unknown currency is asked about, and the earlier answers are kept.
    let asked = import(&story, "c.csv", "Day,Cost,Currency\n2026-11-04,4,<b>\n2026-11-04,4,coins\n");
    has(&text_of(&asked.html), "Which currency is \"coins\"?");
    has(&asked.html, r#"name="settings.is:&lt;b&gt;" value="usd""#);
}

#[test]
fn dates_across_two_years_show_the_year() {
    let story = Story::connected("2027-01-05T10:00:00Z", "USD 0+20");
    let chosen = [("date", "0"), ("amount", "1"), ("code", "USD")];
    let text = read(&story, "Day,Cost\n30.12.26,1\n02.01.27,2\n", &chosen);
    has(&text, "Imported $3.00 for Dec 30, 2026 – Jan 2, 2027.");
    let text = read(&story, "Day,Cost\n30.12.26,1\n02.01.27,3\n", &chosen);
    has(&text, "Dec 30, 2026 – Jan 2, 2027: $3.00 so far, $4.00 in the file.");
}

#[test]
fn rows_that_span_days_are_spread_over_them_and_marked() {
    let story = prepaid();
    let asked = import(&story, "a.csv", "From,To,Cost\n2026-11-01,2026-11-04,4\n");
    has(&text_of(&asked.html), "Last day, if rows span several days (optional)");
    has(&asked.html, r#"<option value="1" selected>To</option>"#);
    let read = point(&story, &[("date", "0"), ("end", "1"), ("amount", "2"), ("code", "USD")]);
    has(&text_of(&read.html), "Imported $4.00 for Nov 1–4.");
    has(&story.at("overview"), "Nov 2\n$1.00*");
}

#[test]
fn a_file_of_whole_months_has_no_forecast() {
    let story = Story::begin("2026-12-02T10:00:00Z");
    story.event(drawdown::route::Event::Start);
    story.send("by_file", &[("provider", "deepseek"), ("label", "lab")]);
    import(&story, "a.csv", "From,To,Cost\n2026-11-01,2026-11-30,300\n");
    let read = point(&story, &[("date", "0"), ("end", "1"), ("amount", "2"), ("code", "USD")]);
    has(&text_of(&read.html), "Imported $300.00 for Nov 1–30.");
    has(&story.popup(), "November: $300.00");
    has(&story.popup(), "January forecast\n–");
}

#[test]
fn a_page_does_not_load_the_rows_of_a_waiting_file() {
    let story = prepaid();
    import(&story, "coffee.csv", COFFEE);
    assert!(story.host.session.borrow_mut().remove("waiting-table").is_some());
    has(&story.dashboard(), "Match columns");
    let said = point(&story, &[("date", "0"), ("amount", "1"), ("code", "USD")]);
    has(&text_of(&said.html), "Choose it again");
}

#[test]
fn files_too_large_for_the_page_are_refused() {
    let story = prepaid();
    let before = story.host.stored.borrow().clone();
    let fields = [("account", &*story.id(0)), ("file.0.name", "large.csv"), ("file.0.size", "31000000")];
    let said = story.send("import", &fields);
    has(&text_of(&said.html), "large.csv: this file is too large. The limits are 10 MB unpacked");
    assert_eq!(story.host.stored.borrow()["accounts"], before["accounts"]);
}
