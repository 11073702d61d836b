//! The small substitute for `chrome.*` and for fetch, and what it was asked.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(inline_js = r#"
    // What storage keeps survives only as JSON, as in Chrome.
    function area() {
      let kept = {};
      return {
        kept: () => kept,
        isFull: false,
        reads: 0,
        async get(keys) {
          this.reads += 1;
          if (keys === null) return { ...kept };
          return Object.fromEntries(keys.filter((key) => key in kept).map((key) => [key, kept[key]]));
        },
        async set(values) {
          if (this.isFull) throw new Error("quota exceeded");
          Object.assign(kept, JSON.parse(JSON.stringify(values)));
        },
        async remove(keys) { for (const key of keys) delete kept[key]; },
        async clear() { kept = {}; },
      };
    }
    export function install() {
      const calls = [];
      const note = (name) => async (options) => { calls.push([name, JSON.stringify(options)]); };
      const alarms = {};
      globalThis.chrome = {
        calls,
        granted: new Set(["https://api.deepseek.com/*"]),
        storage: { local: area(), session: area(), sync: area() },
        permissions: {
          contains: async ({ origins }) => {
            calls.push(["contains", origins.join(" ")]);
            return origins.every((origin) => chrome.granted.has(origin));
          },
        },
        alarms: {
          get: async (name) => alarms[name],
          create: async (name, { when, periodInMinutes }) => { alarms[name] = { name, scheduledTime: when, periodInMinutes }; },
        },
        idle: { setDetectionInterval: (seconds) => calls.push(["idle", String(seconds)]) },
        action: {},
      };
      for (const name of ["setBadgeText", "setBadgeBackgroundColor", "setBadgeTextColor", "setTitle", "setIcon"]) {
        chrome.action[name] = note(name);
      }
    }
    export function stored(key) { return JSON.stringify(chrome.storage.local.kept()[key]); }
    export function put(key, value) { chrome.storage.local.kept()[key] = JSON.parse(value); }
    export function putInSession(key, value) { chrome.storage.session.kept()[key] = value; }
    export function setFull(isFull) { chrome.storage.local.isFull = isFull; }
    export function sessionReads() { return chrome.storage.session.reads; }
    export function withhold() { chrome.granted.clear(); }
    export function calls() { return JSON.stringify(chrome.calls); }

    // Replaces fetch. `make` is the body of a function from (url, options) to what fetch would give.
    export function fakeFetch(make) {
      globalThis.asked = [];
      const answer = new Function("url", "options", make);
      globalThis.realFetch ??= globalThis.fetch;
      globalThis.fetch = async (input, options) => {
        const request = new globalThis.Request(input, options);
        globalThis.asked.push({
          url: request.url, method: request.method, credentials: request.credentials, redirect: request.redirect,
          referrerPolicy: request.referrerPolicy, cache: request.cache, mode: request.mode,
          body: await request.clone().text(), hasSignal: Boolean(request.signal), headers: Object.fromEntries(request.headers),
        });
        return answer(request.url, request);
      };
    }
    export function asked() { return JSON.stringify(globalThis.asked); }
    export function openPopover(id) { document.getElementById(id).showPopover(); }
    export function isPopoverOpen(id) { return document.getElementById(id).matches(":popover-open"); }
"#)]
extern "C" {
    pub(super) fn install();
    pub(super) fn stored(key: &str) -> Option<String>;
    pub(super) fn put(key: &str, value: &str);
    #[wasm_bindgen(js_name = putInSession)]
    pub(super) fn put_in_session(key: &str, value: &str);
    #[wasm_bindgen(js_name = setFull)]
    pub(super) fn set_full(is_full: bool);
    /// How often the browser was asked for what its session holds.
    #[wasm_bindgen(js_name = sessionReads)]
    pub(super) fn session_reads() -> u32;
    pub(super) fn withhold();
    pub(super) fn calls() -> String;
    #[wasm_bindgen(js_name = fakeFetch)]
    pub(super) fn fake_fetch(make: &str);
    pub(super) fn asked() -> String;
    #[wasm_bindgen(js_name = openPopover)]
    pub(super) fn open_popover(id: &str);
    #[wasm_bindgen(js_name = isPopoverOpen)]
    pub(super) fn is_popover_open(id: &str) -> bool;
}
