//! Subscriptions: when they are charged.

use drawdown::books::plan::Plan;
use drawdown::time::{Day, Month};

fn charged(plan: &str, month: &str) -> Option<String> {
    let plan: Plan = serde_json::from_str(plan).unwrap();
    plan.charged_on(Month::parse(month).unwrap()).map(|day: Day| day.to_string())
}

#[test]
fn a_monthly_plan_is_charged_on_its_day_or_the_last_of_a_shorter_month() {
    let plan = r#"{"name":"a","amount":"20","currency":"USD","every":"month","day":31,"since":"2026-01-31"}"#;
    assert_eq!(charged(plan, "2026-02").as_deref(), Some("2026-02-28"));
    assert_eq!(charged(plan, "2028-02").as_deref(), Some("2028-02-29"));
    assert_eq!(charged(plan, "2026-12").as_deref(), Some("2026-12-31"));
    assert_eq!(charged(plan, "2025-12"), None, "it had not begun");
}

#[test]
fn a_yearly_plan_is_charged_in_the_month_in_which_it_began() {
    let plan = r#"{"name":"a","amount":"200","currency":"USD","every":"year","day":5,"since":"2025-11-05"}"#;
    assert_eq!(charged(plan, "2026-11").as_deref(), Some("2026-11-05"));
    assert_eq!(charged(plan, "2026-10"), None);
}

#[test]
fn an_ended_plan_is_not_charged() {
    let plan = r#"{"name":"a","amount":"20","currency":"USD","every":"month","day":5,"since":"2026-01-05","until":"2026-03-04"}"#;
    assert_eq!(charged(plan, "2026-02").as_deref(), Some("2026-02-05"));
    assert_eq!(charged(plan, "2026-03"), None);
}
