//! The plan of a storm: the steps that its seed determines.

use crate::PLAN;
use crate::chance::Chance;
use crate::storm::step::{Act, Call, Fault, Field, Step, Stored, text};
use crate::storm::world::{PASSWORD, REMOTES};

/// Seconds.
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A storm, with everything needed to repeat it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Storm {
    pub seed: u64,
    /// The time at which it begins.
    pub began: String,
    /// Whether its profile starts with a vault.
    pub is_sealed: bool,
    pub steps: Vec<Step>,
}

/// The storm of a seed, for this number of simulated days.
pub fn plan(seed: u64, days: u64) -> Storm {
    let mut chance = Chance::of(seed);
    let chance = &mut chance;
    // Some begin shortly before the end of a month.
    let day = if chance.percent(25) { 30 } else { chance.between(2, 28) };
    let began = format!("2026-11-{day:02}T{:02}:{:02}:07Z", chance.below(24), chance.below(60));
    // Hashing a password is slow, so few storms use one.
    let uses_passwords = chance.percent(4);
    let is_sealed = !uses_passwords && chance.percent(85);
    let mut planner = Planner { chance, steps: Vec::new(), uses_passwords, is_sealed, connected: Vec::new() };
    planner.begin();
    let mut passed = 0;
    while passed < days * DAY {
        let first = planner.steps.len();
        planner.next();
        passed += planner.steps[first..].iter().map(|step| step.after).sum::<u64>();
    }
    planner.calm();
    let steps = planner.steps;
    Storm { seed, began, is_sealed, steps }
}

struct Planner<'a> {
    chance: &'a mut Chance,
    steps: Vec<Step>,
    uses_passwords: bool,
    is_sealed: bool,
    /// The remote accounts that the user tried to connect.
    connected: Vec<usize>,
}

impl Planner<'_> {
    fn begin(&mut self) {
        self.call(1, Call::event("start"));
        for _ in 0..self.chance.between(1, 3) {
            let place = self.remote();
            self.connect(60, place);
        }
        if self.uses_passwords {
            self.steps.push(Step::call(60, form("seal", &[("password", PASSWORD), ("again", PASSWORD)])));
        }
    }

    /// The end: without disturbances, everything is read twice.
    fn calm(&mut self) {
        for place in 0..REMOTES {
            self.outside(1, Act::Fault { remote: place, fault: Fault::None });
        }
        self.outside(1, Act::Full { is_full: false });
        self.outside(1, Act::Withheld { is_withheld: false });
        self.outside(1, Act::Clock { seconds: 0 });
        if self.is_sealed {
            self.outside(1, Act::Unlock);
        }
        self.steps.push(Step::call(5 * MINUTE, Call::event("start")));
        for _ in 0..2 {
            self.steps.push(Step::call(7 * HOUR, Call::event("alarm")));
            self.steps.push(Step::call(MINUTE, form("refresh", &[])));
        }
    }

    fn next(&mut self) {
        match self.chance.below(100) {
            0..30 => self.alarm(),
            30..60 => self.spend(),
            60..64 => self.top_up(),
            64..72 => self.fault(),
            72..76 => self.browser(),
            76..79 => self.clock(),
            79..82 => self.damage(),
            82..86 => self.lock(),
            86..88 => {
                let place = self.remote();
                self.connect(MINUTE, place);
            }
            88..92 => self.look(),
            _ => self.command(),
        }
    }

    fn alarm(&mut self) {
        let after = self.chance.between(5 * MINUTE, 2 * HOUR);
        self.call(after, Call::event("alarm"));
    }

    fn spend(&mut self) {
        for _ in 0..self.chance.between(1, 3) {
            let (after, remote) = (self.chance.between(1, 10 * MINUTE), self.known());
            let cents = i64::try_from(self.chance.skewed()).expect("few cents");
            self.outside(after, Act::Spend { remote, cents });
        }
        if self.chance.percent(5) {
            let remote = self.known();
            let cents = i64::try_from(self.chance.between(1, 400)).expect("few cents") - 200;
            self.outside(1, Act::Restate { remote, cents });
        }
    }

    fn top_up(&mut self) {
        let remote = self.known();
        let cents = self.chance.pick(&[500, 1_000, 2_000, 777]);
        self.outside(30, Act::TopUp { remote, cents });
        if self.chance.percent(60) {
            self.declare(remote);
        }
    }

    fn declare(&mut self, remote: usize) {
        let fields = vec![
            ("account", Field::Account(remote)),
            ("kind", text("top_up")),
            ("currency", text("USD")),
            ("amount", Field::PaidAmount(remote)),
            ("at", Field::PaidAt(remote)),
        ];
        let after = self.chance.between(1, HOUR);
        self.call(after, Call::form("declare", fields));
    }

    fn fault(&mut self) {
        let remote = self.known();
        let retry_after = if self.chance.percent(50) { Some(600) } else { None };
        let fault = self.chance.pick(&[
            Fault::None,
            Fault::None,
            Fault::Offline,
            Fault::TimedOut,
            Fault::TooLong,
            Fault::Cut,
            Fault::Html,
            Fault::Empty,
            Fault::Status(429, retry_after),
            Fault::Status(500, None),
            Fault::Status(503, retry_after),
            Fault::Status(401, None),
            Fault::Status(403, None),
        ]);
        self.outside(1, Act::Fault { remote, fault });
        if self.chance.percent(30) {
            (0..REMOTES).for_each(|remote| self.outside(1, Act::Fault { remote, fault: Fault::None }));
        }
    }

    fn browser(&mut self) {
        match self.chance.below(6) {
            0 => self.outside(1, Act::LoseSession),
            1 => {
                let is_full = self.chance.percent(40);
                self.outside(1, Act::Full { is_full });
            }
            2 => {
                let is_withheld = self.chance.percent(40);
                self.outside(1, Act::Withheld { is_withheld });
                self.call(5, Call::event("permission"));
            }
            _ => self.outside(1, Act::CloseBrowser),
        }
        self.call(5, Call::event("start"));
    }

    fn clock(&mut self) {
        let far = self.chance.pick(&[MINUTE, 20 * MINUTE, 5 * HOUR, DAY, 3 * DAY]);
        let far = i64::try_from(self.chance.between(1, far)).expect("a few days");
        let seconds = if self.chance.percent(50) { far } else { -far };
        self.outside(1, Act::Clock { seconds });
        if self.chance.percent(60) {
            self.alarm();
            self.outside(1, Act::Clock { seconds: 0 });
        }
    }

    fn damage(&mut self) {
        let remote = self.known();
        let named = |key: &str| Stored::Named(key.to_owned());
        let value = match self.chance.below(10) {
            0 => named("accounts"),
            1 => named("settings"),
            2 => named("meta"),
            3 => named("pulse"),
            4 => named("alerts"),
            5 => named("requests"),
            6 => named("vault"),
            7 => Stored::Account(remote),
            8 => Stored::Readings(remote),
            _ => Stored::Spare,
        };
        let damaged = self.chance.pick(&["{\"cut", "[[[", "null"]);
        let lost = if self.chance.percent(50) { None } else { Some(damaged.to_owned()) };
        self.outside(1, Act::Damage { value, text: lost });
        // The browser restarts if it lost something.
        self.steps.push(Step::call(5, Call::event("start")));
    }

    fn lock(&mut self) {
        let after = self.chance.between(1, HOUR);
        match self.chance.below(6) {
            0 => self.call(after, form("lock", &[])),
            1 => self.call(after, Call::event("idle")),
            2 => self.call(after, Call::event("locked")),
            _ if self.uses_passwords => {
                let password = if self.chance.percent(40) { "a wrong password" } else { PASSWORD };
                self.call(after, form("unlock", &[("password", password)]));
            }
            _ if self.is_sealed => self.outside(after, Act::Unlock),
            _ => {}
        }
    }

    fn look(&mut self) {
        let place = self.chance.pick(&["overview", "accounts", "data", "budget", "settings", "requests"]);
        let (page, after) = (self.chance.pick(&["popup", "dashboard"]), self.chance.between(1, HOUR));
        let fields = vec![("open".to_owned(), text(place))];
        self.call(after, Call::Form { page: page.to_owned(), command: "show".to_owned(), fields });
    }

    fn command(&mut self) {
        let (remote, after) = (self.known(), self.chance.between(1, HOUR));
        let call = self.any_command(remote);
        self.call(after, call);
    }

    fn any_command(&mut self, remote: usize) -> Call {
        let of = |fields: &[(&'static str, &str)]| {
            let texts = fields.iter().map(|(name, value)| (*name, text(value)));
            [("account", Field::Account(remote))].into_iter().chain(texts).collect::<Vec<_>>()
        };
        let on = self.chance.pick(&["on", ""]);
        match self.chance.below(32) {
            0..4 => form("refresh", &[]),
            4 => form("budget", &[("amount", self.chance.pick(&["", "20", "33.5", "x"]))]),
            5 => {
                let period = self.chance.pick(&["", "5", "20", "4"]);
                form(
                    "settings",
                    &[("period_minutes", period), ("currency", "USD"), ("lock_with_computer", on)],
                )
            }
            6 => Call::form("pause", of(&[])),
            7 | 8 => Call::form("resume", of(&[])),
            9 => Call::form("remove", of(&[("history", self.chance.pick(&["keep", "remove"]))])),
            10 => Call::form("restore", of(&[])),
            11 => Call::form(
                "undo",
                vec![("account", Field::Account(remote)), ("correction", Field::Correction(remote))],
            ),
            12 => form(
                "alerts",
                &[("keys", "on"), ("budget", on), ("low_balance", "300"), ("run_out_days", "7")],
            ),
            13 => form("hide", &[("hidden", on)]),
            14 => {
                form("export", &[("format", self.chance.pick(&["csv", "json", "focus"])), ("month", "all")])
            }
            15 => form("diagnose", &[]),
            16 => form("back_up", &[]),
            17 => Call::form("move", of(&[("to", self.chance.pick(&["up", "down"]))])),
            18 => form("stay_unlocked", &[("on", on)]),
            19 | 20 => Call::form(
                "replace_key",
                vec![
                    ("account", Field::Account(remote)),
                    ("key", if on == "on" { Field::OtherKey(remote) } else { Field::Key(remote) }),
                ],
            ),
            21..24 => {
                Call::form("take_key", of(&[("books", self.chance.pick(&["go_on", "go_on", "begin_anew"]))]))
            }
            24 => Call::form("drop_key", of(&[])),
            25 => Call::form("erase", of(&[("word", "erase")])),
            26 => Call::form(
                "import",
                vec![
                    ("account", Field::Account(0)),
                    ("file.0", Field::Export(0)),
                    ("file.0.name", text("cost.csv")),
                ],
            ),
            27 => form("answer_import", &[("settings.overlap", "replace")]),
            28 => Call::form(
                "restore_backup",
                vec![("file.0", Field::Backup), ("file.0.name", text("drawdown-backup.json"))],
            ),
            29 => {
                form("by_hand", &[("label", "hand"), ("currency", "USD"), ("tells", "bill"), ("amount", "7")])
            }
            30 => form("plan", &PLAN),
            _ => form("appearance", &[("theme", "dark"), ("badge", self.chance.pick(&["today", "month"]))]),
        }
    }

    fn connect(&mut self, after: u64, place: usize) {
        self.connected.push(place);
        let provider = crate::storm::cards::ALL[place].id;
        let fields = vec![
            ("provider", text(provider)),
            ("label", text(&format!("r{place}"))),
            ("key", Field::Key(place)),
        ];
        self.call(after, Call::form("connect", fields));
    }

    /// A call that may be disturbed.
    fn call(&mut self, after: u64, call: Call) {
        let dies_at = self.chance.percent(15).then(|| self.awaits());
        let meanwhile = self.chance.percent(8).then(|| {
            let turns = self.awaits();
            let other = self.chance.pick(&["", "", "alarm", "start", "locked", "refresh", "show", "hide"]);
            let other = match other {
                // The same call again, like a double click.
                "" => call.clone(),
                "refresh" | "show" | "hide" => form(other, &[]),
                event => Call::event(event),
            };
            (turns, other)
        });
        self.steps.push(Step { after, act: Act::Call(call), dies_at, meanwhile });
    }

    fn outside(&mut self, after: u64, act: Act) {
        self.steps.push(Step::outside(after, act));
    }

    /// A number of awaits, usually small.
    fn awaits(&mut self) -> usize {
        let most = self.chance.pick(&[6, 20, 60, 150]);
        usize::try_from(self.chance.between(1, most)).expect("few")
    }

    fn remote(&mut self) -> usize {
        let most = u64::try_from(REMOTES).expect("few");
        usize::try_from(self.chance.below(most)).expect("few")
    }

    /// A remote account, usually a connected one.
    fn known(&mut self) -> usize {
        if self.connected.is_empty() || self.chance.percent(5) {
            return self.remote();
        }
        let known = self.connected.clone();
        self.chance.pick(&known)
    }
}

/// A form of the dashboard with these texts.
fn form(command: &str, fields: &[(&str, &str)]) -> Call {
    Call::form(command, fields.iter().map(|(name, value)| (*name, text(value))).collect())
}
