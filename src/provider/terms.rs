//! The terms on which a provider sells credit: how long it lasts, whether it is reloaded, and when use costs more.

use crate::time::{DAY, Day, HOUR, Timestamp};

/// How far ahead to look for the next change between peak and off-peak hours. Holidays and weekends are shorter.
const LOOK_AHEAD: u64 = 21 * DAY;

/// The terms on which a provider sells credit and counts its use.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// The number of months for which credit can be used after its purchase. `None` if it does not expire, or the provider does
    /// not say.
    pub credit_months: Option<u32>,
    /// Whether the provider reloads a balance unless its user turns that off.
    pub reload: Reload,
    /// The hours in which use costs more, if there are any.
    pub peak: Option<PeakHours>,
    /// Whether the provider's counters restart with each UTC month (rule L9).
    pub restarts_monthly: bool,
}

/// Whether a provider reloads a balance automatically.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reload {
    /// Only if its user turns it on, or never.
    IfTurnedOn,
    /// Unless its user turns it off.
    UnlessTurnedOff,
}

/// The hours in which use costs more, on weekdays that are not public holidays.
#[derive(Clone, Copy, Debug)]
pub struct PeakHours {
    /// The UTC hours of a day, each from one up to another.
    pub hours: &'static [(u64, u64)],
    /// The first and the last day of each run of public holidays, in order.
    pub holidays: &'static [(&'static str, &'static str)],
    /// The last year whose public holidays are known.
    pub last_year: i32,
}

/// Whether use costs more now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeakState {
    /// Whether this is a peak hour.
    pub is_peak: bool,
    /// The time of the next change.
    pub until: Timestamp,
    /// Whether the public holidays are known up to that time. If not, all weekdays count as working days.
    pub are_holidays_known: bool,
}

impl Terms {
    /// Unknown terms.
    pub const UNKNOWN: Terms =
        Terms { credit_months: None, reload: Reload::IfTurnedOn, peak: None, restarts_monthly: false };

    /// The last day of credit that was bought on this day. `None` if it does not expire.
    pub fn credit_ends(&self, bought: Day) -> Option<Day> {
        let months = self.credit_months?;
        let month = (0..months).fold(bought.month(), |month, _| month.next());
        Some(month.day(bought.number()))
    }
}

impl PeakHours {
    /// Whether use costs more at this moment, and the time of the next change.
    pub fn at(&self, now: Timestamp) -> PeakState {
        let is_peak = self.is_peak(now);
        let hour = now.minus(now.ms() % HOUR);
        let hours = (1..=LOOK_AHEAD / HOUR).map(|hours| hour.plus(hours * HOUR));
        let until = hours.into_iter().find(|at| self.is_peak(*at) != is_peak).unwrap_or(hour);
        PeakState { is_peak, until, are_holidays_known: until.day().month().year() <= self.last_year }
    }

    fn is_peak(&self, at: Timestamp) -> bool {
        let day = at.day();
        let hour = at.since(day.span().from) / HOUR;
        let is_hour = self.hours.iter().any(|(from, to)| (*from..*to).contains(&hour));
        is_hour && !matches!(day.weekday(), 0 | 6) && !self.is_holiday(day)
    }

    fn is_holiday(&self, day: Day) -> bool {
        self.holidays.iter().any(|(first, last)| {
            let run = Day::parse(first).zip(Day::parse(last));
            run.is_some_and(|(first, last)| first <= day && day <= last)
        })
    }
}
