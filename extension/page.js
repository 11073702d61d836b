// A page of the extension: paints the first frame from storage, sends forms, and swaps in the sections of the reply. It is one
// long file because its parts share the page's state, and one file fewer is read before the popup's first frame.
// It finds behaviors by data attributes and knows no feature:
//   form data-do=COMMAND      its fields are the command's; data-origins asks the browser for access to them
//   time data-as=KIND         written in the reader's zone; after one with data-until, the page is drawn again
//   time data-of=IDS data-at=NAME  likewise, with the newest (for due_at, the next) such time in these accounts' pulse
//   data-keep                 a field that keeps its text even when its own form was sent
//   data-most                 the maximum size of all files of its form, in bytes
//   data-say                  read out when it changes
//   data-focus                focused when nothing else is
//   data-open=PLACE           focused when that place of the dashboard opens; the last one counts
//   data-skip                 a link that moves the focus to the content
//   data-tab                  a link that opens the dashboard in a tab, and closes the popup
//   data-roving               one tab stop, in which arrow keys move the focus between links and buttons
//   data-filter=ID            a field that shows only those [data-text] of ID that contain its text
//   form data-live=COMMAND    also sends that command while it is filled in; the result stays until the form is empty
//   button data-save=NAME     saves all stored data, with keys still sealed, as a file of that name

const sources = new Map(); // section id -> its HTML as received
let shownRev = -1;
let isPointerDown = false;
let waiting; // the push that came while the pointer was down
const answered = new Set(); // sections with the result of their form: not replaced for a minute

// ---- times

let ago, clock, moment;
function speak(lang) {
  document.documentElement.lang = lang;
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  ago = new Intl.RelativeTimeFormat(lang, { numeric: "auto", style: "short" });
  clock = new Intl.DateTimeFormat(lang, time);
  moment = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", ...time });
}
speak(document.documentElement.lang || "en");

function age(at) {
  const minutes = Math.max(0, Math.round((Date.now() - at) / 60_000));
  const [size, unit] = minutes < 1 ? [Infinity, "second"] : minutes < 60 ? [1, "minute"] : minutes < 48 * 60 ? [60, "hour"] : [24 * 60, "day"];
  return ago.format(-Math.round(minutes / size), unit);
}

let pulse = {}; // account id -> when it was read and is due, as the worker stores it
export const readPulse = (stored) => (pulse = parsed(stored) ?? {});

function timeOf({ dateTime, dataset }) {
  if (!dataset.of) return new Date(dateTime);
  const times = dataset.of.split(" ").map((id) => pulse[id]?.[dataset.at]).filter(Boolean);
  return new Date(dataset.at === "due_at" ? Math.min(...times) : Math.max(...times));
}

export function writeTimes(root) {
  for (const time of root.querySelectorAll("time[data-as]")) {
    const at = timeOf(time);
    if (isNaN(at)) continue;
    const kind = time.dataset.as;
    time.textContent = kind === "age" ? age(at) : kind === "clock" ? clock.format(at) : moment.format(at);
    time.title = moment.format(at);
  }
}

// ---- swapping

const FIELDS = "input, select, textarea";
const isField = (element) => element?.matches(FIELDS) ?? false;

// Whether a field's content differs from what the worker put there.
const isEntered = (field) =>
  field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
    : field.type === "select-one" ? field.selectedOptions[0] !== ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])
    : field.type !== "hidden" && field.value !== (field.defaultValue ?? "");

const opens = (section) => section.querySelector("[data-open]")?.dataset.open;

// Whether a section must not be replaced now. A section of another place always may be. A section with the result of a form is
// not replaced by one without a result for a minute, or while a live form has content.
function isBusy(section, fresh) {
  if (opens(section) !== opens(fresh)) return false;
  const live = document.querySelector(`form[data-live="${section.id}"]`);
  if (!fresh.querySelector(".said") && (answered.has(section.id) || [...(live?.elements ?? [])].some(isEntered))) return true;
  const active = document.activeElement;
  if (section.contains(active) && isField(active)) return true;
  return [...section.querySelectorAll(FIELDS)].some(isEntered);
}

// Copies entered text into the fields of the new section: text not sent yet, and text that was refused.
function keepEntered(old, fresh, sent, isRefused) {
  const nameOf = (field) => field.id || `${field.form?.elements.account?.value} ${field.form?.dataset.do} ${field.name} ${field.type === "radio" ? field.value : ""}`;
  for (const field of old.querySelectorAll(FIELDS)) {
    const isKept = sent && isEntered(field) && (isRefused || field.form !== sent);
    if (!isKept && !("keep" in field.dataset)) continue;
    const same = [...fresh.querySelectorAll(FIELDS)].find((other) => nameOf(other) === nameOf(field));
    if (same) Object.assign(same, field.type === "file" ? { files: field.files } : { value: field.value, checked: field.checked });
  }
}

// Moves the focus of a section to the same control of the new section: by id, else by position. If that is gone, it moves to the
// form's result or to the section's heading.
function keepFocus(old, fresh) {
  const { activeElement: active } = document;
  const controls = (section) => [...section.querySelectorAll("a, button, input, select, textarea, summary")];
  const place = controls(old).indexOf(active);
  return () => {
    if (!old.contains(active) || active === document.body) return;
    const same = active.id ? fresh.querySelector(`#${CSS.escape(active.id)}`) : controls(fresh)[place];
    if (same?.tagName === active.tagName) same.focus({ preventScroll: true });
    if (document.activeElement === same && same.type === "password") same.select(); // typing replaces a wrong one
    // The control may be in a part that is closed now, which takes no focus.
    if (fresh.contains(document.activeElement)) return;
    const next = fresh.querySelector(".said") ?? fresh.querySelector("h2") ?? document.querySelector("h1");
    next?.setAttribute("tabindex", "-1");
    next?.focus();
  };
}

// Marks the field to correct: the error is announced at it, and it gets the focus.
function pointOut(section, form, name) {
  const what = ({ dataset, elements }) => [dataset.do, ...[...elements].filter(({ type }) => type === "hidden").map((hidden) => hidden.value)].join();
  const field = [...section.querySelectorAll("form")].find((other) => what(other) === what(form))?.elements[name];
  const said = section.querySelector(".said");
  if (!(field instanceof Element) || !said) return;
  said.id = "said";
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", said.id);
  field.closest("details")?.setAttribute("open", "");
  (field.closest(".actions") ?? field).after(said);
  field.focus();
}

function replace(old, fresh, scrolled, sent, isRefused) {
  const focus = keepFocus(old, fresh);
  const summary = (details) => `${details.querySelector("[name=account]")?.value} ${details.querySelector("summary")?.textContent}`;
  const open = new Set([...old.querySelectorAll("details[open]")].map(summary));
  const explained = [...old.querySelectorAll("[popover]:popover-open")].map((popover) => popover.id);
  keepEntered(old, fresh, sent, isRefused);
  old.replaceWith(fresh);
  for (const details of fresh.querySelectorAll("details")) if (open.has(summary(details))) details.open = true;
  for (const id of explained) fresh.querySelector(`#${CSS.escape(id)}`)?.showPopover();
  if (scrolled) fresh.scrollTop = scrolled;
  focus();
}

// Shows sections. `own` is the section whose form, `sent`, asked: it is replaced whatever it contains. A refused form keeps its
// text, keys included.
// A commit older than the page's is not shown. A reply without a commit (rev is null) is shown, and the page's rev stays.
export function swap({ html, rev, open: at, field, lang }, own, sent, isRefused) {
  if (rev !== null && rev < shownRev) return;
  if (lang && lang !== document.documentElement.lang) speak(lang);
  shownRev = rev ?? shownRev;
  const scroller = document.scrollingElement;
  const top = scroller?.scrollTop;
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const ids = new Set([...parsed.body.children].map(({ id }) => id));
  // Reading it between two replacements would lay out the page again each time.
  const scrolled = new Map([...ids].map((id) => [id, document.getElementById(id)?.scrollTop]));
  let before;
  for (const fresh of [...parsed.body.children]) {
    const source = fresh.outerHTML;
    const old = document.getElementById(fresh.id);
    const isOwn = old !== null && old === own;
    if (old && !isOwn && (sources.get(fresh.id) === source || isBusy(old, fresh))) {
      before = old;
      continue;
    }
    sources.set(fresh.id, source);
    writeTimes(fresh);
    makeGroups(fresh);
    if (old) replace(old, document.adoptNode(fresh), scrolled.get(fresh.id), isOwn && sent, isRefused);
    else before?.closest("main") ? before.after(fresh) : document.querySelector("main").prepend(fresh);
    before = document.getElementById(fresh.id);
    if (own && fresh.querySelector(".said")) answered.add(fresh.id);
    if (isOwn && field) pointOut(before, sent, field);
    say(fresh);
  }
  const gone = at ? [...document.querySelectorAll("main > [id]")].filter(({ id }) => !ids.has(id)) : [];
  for (const old of gone) sources.delete(old.id), old.remove();
  if (top) scroller.scrollTop = top;
  // The section of the form may be gone, also because of an earlier push.
  if (own && document.activeElement.matches("body, h1")) document.querySelector("#note .said")?.focus();
  if (at) arrive(at, scroller);
  if (document.activeElement === document.body) document.querySelector("[data-focus]")?.focus();
}

let opened; // the place that last got the focus

// Writes the current place into the address, and moves the focus to a place that has just opened.
function arrive(at, scroller) {
  if (location.hash.slice(1) !== at && (location.hash || at !== "overview")) history.pushState(null, "", `#${at}`);
  const target = [...document.querySelectorAll("[data-open]")].at(-1);
  if (!target || target.dataset.open === opened) return;
  if (opened !== undefined) {
    target.focus({ preventScroll: true });
    target.matches("h1") ? (scroller.scrollTop = 0) : target.scrollIntoView({ block: "nearest" });
  }
  opened = target.dataset.open;
}

function say(section) {
  const text = [...section.querySelectorAll("[data-say]")].map((element) => element.textContent).join(" ");
  const region = document.getElementById("say");
  if (region && text && region.textContent !== text) region.textContent = text;
}

// ---- asking the worker

// The place in the address.
const place = () => location.hash.slice(1);

// The longest waits for a reply, in milliseconds. The browser stops a worker that takes longer for one message; to show a page
// takes far less.
const LONGEST = 300_000, LONGEST_SHOWN = 20_000;
const pause = () => new Promise((done) => setTimeout(done, 250));

// Sends a command, and sends it again if no reply comes: twice, because a worker that is being stopped may swallow two messages.
// A worker that was stopped before it replied may have done the work: the same submission is not done twice.
const send = (...message) => sendOnce(...message).catch(() => sendOnce(...message)).catch(() => pause().then(() => sendOnce(...message)));

async function sendOnce(command, longest = LONGEST) {
  const answer = chrome.runtime.sendMessage(JSON.stringify({ page: document.body.dataset.page, open: place(), ...command }));
  let limit;
  const late = new Promise((_, fail) => (limit = setTimeout(() => fail(new Error("no answer in time")), longest)));
  // A missing reply is not JSON, and fails too.
  return JSON.parse(await Promise.race([answer, late]).finally(() => clearTimeout(limit)));
}

const silent = (text = chrome.i18n.getMessage("no_answer")) => (document.getElementById("silent").textContent = text);

async function base64(file) {
  let text = "";
  for (const byte of new Uint8Array(await file.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}

// A form's fields as texts: a file as base64 with its name, a local time as UTC. If all files together exceed `data-most`, only
// their sizes are sent.
async function fields(form, submitter) {
  const command = { do: form.dataset.do };
  const most = form.querySelector("[data-most]")?.dataset.most ?? Infinity;
  let files = 0, bytes = 0;
  for (const [name, value] of new FormData(form, submitter)) {
    if (value instanceof File) {
      bytes += value.size;
      if (bytes > most) command[`${name}.${files}.size`] = String(value.size);
      else command[`${name}.${files}`] = await base64(value);
      command[`${name}.${files++}.name`] = value.name;
    } else command[name] = value && form.elements[name]?.type === "datetime-local" ? new Date(value).toISOString() : value;
  }
  return command;
}

async function submit(event) {
  const form = event.target.closest("form[data-do]");
  if (!form) return;
  // A button that waits keeps the focus, which a disabled one would lose.
  if (event.submitter?.ariaDisabled || form.ariaBusy) return event.preventDefault();
  // The browser asks for permission only directly after a click, so this comes first.
  const asked = form.dataset.origins && chrome.permissions.request({ origins: form.dataset.origins.split(" ") });
  event.preventDefault();
  answered.clear();
  silent("");
  const own = [...sources.keys()].map((id) => document.getElementById(id)).find((section) => section?.contains(form));
  form.setAttribute("aria-busy", "true");
  if (event.submitter) event.submitter.ariaDisabled = "true";
  try {
    const command = { open: place(), ...(await fields(form, event.submitter)), submission: (form.dataset.submission ??= crypto.randomUUID()) };
    await Promise.resolve(asked).catch(() => false);
    // A file may come in parts, each of which names the next. Its progress is shown between them.
    const parts = [];
    let reply = await send(command);
    for (; reply.file?.next; reply = await send({ ...command, part: reply.file.next })) {
      parts.push(reply.file.text);
      if (command.open === place()) swap(reply, own && document.getElementById(own.id), form, true);
    }
    if (reply.file) save(reply.file.name, [...parts, reply.file.text]);
    delete form.dataset.submission;
    const section = own && document.getElementById(own.id);
    // If another place was opened meanwhile, the reply is for a place that is no longer shown.
    if (command.open === place()) swap(reply, section, form, !reply.ok);
    else show();
    for (const [name, value] of reply.fill)
      for (const field of document.querySelectorAll(`[name="${CSS.escape(name)}"]`)) Object.assign(field, field.type === "password" && { type: "text" }, { value });
  } catch {
    for (const field of form.querySelectorAll("[name=key], input[type=password]")) field.value = "";
    silent();
  } finally {
    // If its section was not replaced, the form can be sent again.
    form.removeAttribute("aria-busy");
    if (event.submitter) event.submitter.ariaDisabled = null;
  }
}

// Sends the text of a live form while it is entered. Only the newest reply is shown, and its progress before that. The worker
// stops the previous count.
let entered, sent;
function enter({ target: { form } }) {
  if (!form?.dataset.live) return;
  entered = crypto.randomUUID();
  setTimeout(sendLive, 250, form, entered, place());
}

async function sendLive(form, id, at) {
  const instead = sent;
  if (id !== entered) return;
  sent = id;
  const reply = await fields(form).then((command) => send({ ...command, do: form.dataset.live, id, instead })).catch(() => void silent());
  if (!reply || id !== entered || at !== place()) return;
  entered = undefined;
  swap(reply, document.getElementById(form.dataset.live), form);
}

// The worker sends every page a section with the progress of such a form.
function showProgress({ id, section, html }) {
  if (id && id === entered && document.getElementById(section)) swap({ html, rev: null });
}

// Asks for the current sections; requests before the reply are combined into one more after it. `queued` is undefined if none
// waits, and else whether only pushes asked for it.
let asked = Promise.resolve();
let queued;
function show(isPushed = false) {
  if (queued === undefined) asked = asked.then(ask);
  queued = isPushed && (queued ?? true);
  return asked;
}

// Shows another place. Messages belong to the place that is left.
const leave = () => (answered.clear(), show());

// After a push, only newer sections are shown: a form's reply may have come in between, and its message must stay. Another place
// is shown whatever its commit.
async function ask() {
  const isPushed = queued;
  queued = undefined;
  try {
    const at = place();
    const reply = await send({ do: "show" }, LONGEST_SHOWN);
    if (at === place() && (!isPushed || reply.rev === null || reply.rev > shownRev)) swap(reply);
  } catch {
    silent();
  }
}

// ---- links, keys and filters

function follow(event) {
  const link = event.target.closest?.("a[href]");
  const isPopup = document.body.dataset.page === "popup";
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if ("skip" in link.dataset) {
    event.preventDefault();
    document.querySelector("main").focus();
    return;
  }
  if ("tab" in link.dataset && isPopup) {
    event.preventDefault();
    chrome.tabs.create({ url: link.href });
    window.close();
    return;
  }
  const { origin, pathname, hash } = new URL(link.getAttribute("href"), location.href); // a link in an SVG has no such properties
  if (origin !== location.origin || pathname !== location.pathname) return;
  // The browser would look for an element with that id, scroll to it and move the focus.
  event.preventDefault();
  if (hash !== location.hash) history.pushState(null, "", hash);
  leave();
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
function rove(event) {
  const group = event.target.closest?.("[data-roving]");
  const step = STEPS[event.key];
  if (!group || !step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const stops = stopsOf(group);
  const to = stops[Math.max(0, Math.min(stops.length - 1, stops.indexOf(event.target) + step))];
  makeStop(stops, to);
  to.focus();
}

const stopsOf = (group) => [...group.querySelectorAll("a[href], button")];
const makeStop = (stops, only) => stops.forEach((stop) => stop.setAttribute("tabindex", stop === only ? "0" : "-1"));
function makeGroups(root) {
  for (const stops of [...root.querySelectorAll("[data-roving]")].map(stopsOf)) makeStop(stops, stops.find((stop) => stop.getAttribute("tabindex") === "0") ?? stops[0]);
}

// A list without visible rows is hidden by the stylesheet.
function filter({ target }) {
  const list = document.getElementById(target.dataset.filter ?? "");
  const wanted = target.value.trim().toLowerCase();
  for (const one of list?.querySelectorAll("[data-text]") ?? []) one.hidden = !one.dataset.text.toLowerCase().includes(wanted);
}

// Saves a file through the browser's downloads. It is made in the page, and nothing leaves the browser.
function save(name, parts) {
  const href = URL.createObjectURL(new Blob(parts));
  Object.assign(document.createElement("a"), { href, download: name }).click();
  // The download has begun by then, and its bytes are no longer needed for the link.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

async function saveStored({ target }) {
  if (target.closest?.("[data-print]")) print();
  const name = target.closest?.("[data-save]")?.dataset.save;
  if (name) save(name, [JSON.stringify(await chrome.storage.local.get(null))]);
}

// ---- the page's life

// A stored value; undefined if its text is damaged: the worker's reply replaces it.
function parsed(stored) {
  try { return JSON.parse(stored ?? "null"); } catch { return null; }
}

function push(frame) {
  waiting = undefined;
  if (isPointerDown) waiting = frame;
  else if (!frame || frame.rev <= shownRev) return;
  else if (document.body.dataset.page === "popup") paint();
  else show(true);
}

function release() {
  isPointerDown = false;
  // After the click that follows this release.
  setTimeout(() => push(waiting));
}

// Paints the stored popup: `popup` describes it, and each section is its own value.
async function paint() {
  const sections = [...document.querySelectorAll("[id]")].map(({ id }) => `popup.${id}`);
  const stored = await chrome.storage.local.get(["popup", "pulse", ...sections]);
  readPulse(stored.pulse);
  writeTimes(document);
  const frame = parsed(stored.popup);
  const isOurs = frame && frame.version === chrome.runtime.getManifest().version && Date.now() < frame.until;
  if (document.body.dataset.page === "popup" && isOurs) swap({ ...frame, html: sections.map((key) => stored[key] ?? "").join("") });
}

async function markPinned() {
  const settings = await chrome.action.getUserSettings?.();
  document.documentElement.classList.toggle("pinned", settings?.isOnToolbar ?? true);
}

async function start() {
  document.addEventListener("submit", submit);
  document.addEventListener("click", saveStored);
  document.addEventListener("click", follow);
  document.addEventListener("keydown", rove);
  document.addEventListener("input", filter);
  document.addEventListener("input", enter);
  chrome.runtime.onMessage.addListener(showProgress);
  addEventListener("hashchange", leave);
  document.addEventListener("input", ({ target }) => delete target.form?.dataset.submission);
  document.addEventListener("pointerdown", () => (isPointerDown = true));
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, release);
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area !== "local") return;
    if (changes.pulse) readPulse(changes.pulse.newValue), writeTimes(document);
    // Every commit raises the rev in meta; the popup's values change only if the popup changes.
    const pushed = (document.body.dataset.page === "dashboard" && changes.meta) || changes.popup;
    if (pushed?.newValue) push(parsed(pushed.newValue));
  });
  chrome.action.onUserSettingsChanged?.addListener(markPinned);
  setInterval(() => {
    writeTimes(document);
    if (answered.size || [...document.querySelectorAll("time[data-until]")].some(({ dateTime }) => new Date(dateTime) <= Date.now())) show();
    answered.clear();
  }, 60_000);
  markPinned();
  const painted = paint().catch((problem) => console.error(problem)); // the reply replaces what cannot be painted
  // The popup paints its first frame before any reply; the dashboard has none, and asks at once.
  if (document.body.dataset.page === "popup") await painted;
  await show();
}

if (document.body.dataset.page) start();
