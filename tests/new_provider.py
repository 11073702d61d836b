"""Writes the skeleton of a provider: python3 tests/new_provider.py NAME [ORIGIN]. See src/providers/README.md."""
import pathlib
import re
import sys

CARD = '''//! {title}: FILL IN what it reads.
//!
//! FILL IN the endpoint, the unit of amounts (cents or dollars) and how late they show. Source: the address of the
//! documents, and the month in which the fixtures were taken from them.

use crate::books::reading::{{Balance, DrawOrder, Pools, Reading}};
use crate::money::Currency;
use crate::provider::{{
    Answer, Auth, Billing, Card, KeyKind, Kind, Parts, Problem, Proof, Provider, Query, Report, Request,
    Setup, Step, Terms,
}};
use crate::text::Text;

/// {title}.
pub const PROVIDER: Provider = Provider {{ card: CARD, first, read, others: &[] }};

const CARD: Card = Card {{
    id: "{id}",
    name: "{title}",
    // FILL IN what it sells: Models, Hosting, Gateway, Media, Compute or Tools. It stands there in the gallery.
    kind: Kind::Models,
    origins: &["{origin}"],
    key: KeyKind {{
        // The page that makes the key, and how every key starts; "" where keys have no common start.
        page: "",
        prefix: "FILL-IN",
        // Its other kinds of key, by how they start, each with what to do instead.
        wrong_kinds: &[],
        // The least privilege that works, and what a thief could do with the key.
        least: Text {{ en: "", zh: "" }},
        if_stolen: Text {{ en: "", zh: "" }},
    }},
    setup: Setup::KEY_ONLY,
    // Balances, Counters or Bills: see src/providers/README.md.
    billing: Billing::Balances,
    // What is counted and what is not; of which keys or teams; what to do when a good key may not read this.
    counts: Text {{ en: "", zh: "" }},
    covers: Text {{ en: "", zh: "" }},
    // Where one kind of key reaches more than another: see src/providers/openrouter.rs.
    scope: None,
    not_permitted: Text {{ en: "", zh: "" }},
    known_errors: &[],
    // How late spend shows.
    lag: Text {{ en: "", zh: "" }},
    // For bills: hours after the end of a day until its bill no longer grows.
    settles_after_hours: 0,
    shortest_minutes: 5,
    usual_minutes: 15,
    draw_order: DrawOrder::InAnyOrder,
    terms: Terms::UNKNOWN,
    // What is behind "Learn more"; before the field for its key a card has 60 words at most.
    more: None,
    export: None,
    proof: Proof::FromDocuments,
}};

fn first(_: &Query<'_>) -> Request {{
    Request::get("{origin}/FILL-IN".to_owned(), Auth::Bearer)
}}

fn read(query: &Query<'_>, _: &Request, answer: &Answer) -> Result<Step, Problem> {{
    let json = answer.json(query.now, "the balance")?;
    // A report holds readings (balances, counters), bills, a limit and BYOK use; if pages follow, return Step::More.
    let balance = Balance {{ currency: Currency::USD, pools: Pools::Total(json.needed("FILL-IN")?) }};
    Ok(Step::Done(Report {{ readings: vec![Reading::Balance(balance)], ..Report::default() }}))
}}
'''

SIMULATED = '''// {title}: FILL IN what it answers, as its documents say.

// One account, found by its key.
export class {account} {{
  static host = "{host}";
  static refusal = {{ status: 401, body: {{ error: {{ message: "Invalid key" }} }} }};

  constructor(key) {{
    this.key = key;
  }}

  get keys() {{
    return [this.key];
  }}

  answer({{ method, path }}) {{
    if (method !== "GET" || path !== "/FILL-IN") return {{ status: 404, body: {{ error: {{ message: "Not found" }} }} }};
    return {{ body: {{}} }};
  }}
}}
'''

FIXTURES = {
    "ok": 'comment: FILL IN the answer of the documents, and what it holds\nstatus: 200\nexpect: USD total 12.40\n\n{}\n',
    "zero": 'comment: FILL IN an answer without any money, and that it is a measured zero\nstatus: 200\nexpect: USD total 0\n\n{}\n',
    "refused": 'comment: a wrong key\nstatus: 401\nexpect: problem "key_refused"\n\n{"error":{"message":"Invalid key"}}\n',
    "nonsense": 'comment: a page in place of an answer\nstatus: 200\n'
    'expect: problem {"unreadable":{"what":"the balance"}}\n\n<!doctype html><html><body>Checking your browser</body></html>\n',
}


def write(path, text):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    print("wrote  ", path)


def change(path, pattern, replacement):
    """Puts a replacement in place of the only match of a pattern."""
    text = pathlib.Path(path).read_text()
    text, count = re.subn(pattern, lambda match: match.expand(replacement), text, count=1, flags=re.M | re.S)
    if not count:
        sys.exit(f"{path}: no place found for the provider")
    pathlib.Path(path).write_text(text)
    print("changed", path)


def main(name, origin=None):
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        sys.exit("NAME has small letters, digits and single dashes: acme-ai")
    origin = origin or f"https://api.{name}.invalid"
    if not re.fullmatch(r"https://[a-z0-9.-]+", origin):
        sys.exit("ORIGIN is a scheme and a host: https://api.acme.com")
    module, host = name.replace("-", "_"), origin.removeprefix("https://")
    if pathlib.Path(f"src/providers/{module}.rs").exists():
        sys.exit(f"src/providers/{module}.rs exists")
    words = name.split("-")
    title, account = " ".join(map(str.capitalize, words)), "".join(map(str.capitalize, words)) + "Account"
    values = dict(id=name, title=title, origin=origin, host=host, account=account)
    write(f"src/providers/{module}.rs", CARD.format(**values))
    write(f"tests/browser/simulated/{name}.mjs", SIMULATED.format(**values))
    for fixture, text in FIXTURES.items():
        write(f"tests/fixtures/{name}/{fixture}.txt", text)
    change("src/providers.rs", r"((?:^pub mod \w+;\n)+)", rf"\1pub mod {module};\n")
    change("src/providers.rs", r"(pub const ALL: [^;]*?),?\s*\];", rf"\1, {module}::PROVIDER];")
    simulator = "tests/browser/simulator.mjs"
    change(simulator, r"((?:^import [^\n]*\n)+)", rf'\1import {{ {account} }} from "./simulated/{name}.mjs";\n')
    change(simulator, r"^(const PROVIDERS = \[[^\]]*)\]", rf"\1, {account}]")
    change("README.md", r"(^\| Provider \|.*?\n)\n", rf"\1| {title} |  |  | from documents only |\n\n")
    if f"{origin}/*" not in pathlib.Path("manifest.json").read_text():
        change("manifest.json", r'("optional_host_permissions": \[[^\]]*)\]', rf'\1, "{origin}/*"]')
        change("manifest.json", r"(connect-src [^;]*);", rf"\1 {origin};")
    print("Now `cargo test --test it -- tidy providers` names what to fill in; src/providers/README.md explains it.")


main(*sys.argv[1:])
