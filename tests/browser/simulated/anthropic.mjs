// Anthropic: an organisation's costs in cents, from the analytics if it has them, otherwise from the older report. Refuses calls
// from a browser without the header that allows them.
import { DAY, Days, dayOf } from "./days.mjs";

const PAGE = 40; // rows on a page, fewer than are asked for, so that there are pages

export class AnthropicAccount {
  static host = "api.anthropic.com";
  static refusal = problem(401, "authentication_error", "invalid x-api-key");

  constructor(key, { hasAnalytics = true, letsBrowsersIn = true } = {}) {
    Object.assign(this, { key, hasAnalytics, letsBrowsersIn });
    this.days = new Days(); // the truth
  }

  get keys() {
    return [this.key];
  }

  spend(day, model, millionths) {
    this.days.add(day, model, millionths);
  }

  answer({ path, query, headers, now }) {
    if (headers["anthropic-dangerous-direct-browser-access"] !== "true") {
      return problem(401, "authentication_error", "CORS requests must set 'anthropic-dangerous-direct-browser-access' header");
    }
    if (!this.letsBrowsersIn) {
      return problem(401, "authentication_error", "CORS requests are not allowed for this Organization because of its settings.");
    }
    if (headers["anthropic-version"] !== "2023-06-01") return problem(400, "invalid_request_error", "anthropic-version: header is required");
    if (path === "/v1/organizations/analytics/cost" && this.hasAnalytics && headers["anthropic-beta"]) return this.analytics(query, now);
    if (path === "/v1/organizations/cost_report") return this.report(query, now);
    return problem(404, "not_found_error", "Not found");
  }

  // A row per day and model with use.
  analytics(query, now) {
    const [from, to] = ["starting_at", "ending_at"].map((name) => Date.parse(query.get(name)));
    if (!(to - from <= 31 * DAY)) return problem(400, "invalid_request_error", "the range may span at most 31 days");
    const rows = daysBetween(from, to).flatMap((at) => this.days.on(dayOf(at)).map(([model, millionths]) => ({
      starting_at: iso(at), ending_at: iso(at + DAY), group: { model, cost_type: "tokens" },
      cost: { amount: cents(millionths), currency: "USD", list_amount: cents(2 * millionths), requests: 1 },
    })));
    const first = Number(query.get("page") ?? 0);
    const hasMore = rows.length > first + PAGE;
    const data = rows.slice(first, first + PAGE);
    return { body: { data, has_more: hasMore, next_page: hasMore ? String(first + PAGE) : null, data_refreshed_at: iso(now) } };
  }

  report(query, now) {
    const from = Date.parse(query.get("page") ?? query.get("starting_at"));
    const days = daysBetween(from, now);
    const limit = Number(query.get("limit") ?? 7);
    const data = days.slice(0, limit).map((at) => ({
      starting_at: iso(at), ending_at: iso(at + DAY),
      results: this.days.on(dayOf(at)).map(([model, millionths]) => ({ amount: cents(millionths), currency: "USD", model, description: `${model} Usage`, cost_type: "tokens" })),
    }));
    return { body: { data, has_more: days.length > limit, next_page: days.length > limit ? iso(days[limit]) : null } };
  }
}

function problem(status, type, message) {
  return { status, body: { type: "error", error: { type, message } } };
}

const iso = (time) => new Date(time).toISOString().replace(".000Z", "Z");
const daysBetween = (from, to) => Array.from({ length: Math.max(0, Math.ceil((to - from) / DAY)) }, (_, place) => from + place * DAY);

// Ten thousand millionths are a cent; Anthropic writes six decimals.
const cents = (millionths) => `${Math.trunc(millionths / 10_000)}.${String(millionths % 10_000).padStart(4, "0")}00`;
