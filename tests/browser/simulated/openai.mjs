// OpenAI: an organisation's costs in buckets of UTC days, in pages, some values as texts and some as numbers.
import { DAY, Days, dayOf, dollars } from "./days.mjs";

export class OpenAIAccount {
  static host = "api.openai.com";
  static refusal = { status: 401, body: { error: { message: "Incorrect API key provided.", type: "invalid_request_error", code: "invalid_api_key" } } };

  constructor(key) {
    this.key = key;
    this.days = new Days(); // the truth
    this.mostBuckets = 60; // fewer than are asked for, so that there are pages
    this.limitCents = undefined;
  }

  get keys() {
    return [this.key];
  }

  spend(day, line, millionths) {
    this.days.add(day, line, millionths);
  }

  answer({ path, query, now }) {
    if (path === "/v1/organization/spend_limit") return this.limit();
    if (path !== "/v1/organization/costs") return { status: 404, body: { error: { message: "Invalid URL" } } };
    if (!query.get("start_time")) return { status: 400, body: { error: { message: "Missing required parameter: 'start_time'." } } };
    const limit = Math.min(Number(query.get("limit") ?? 7), this.mostBuckets);
    const start = Number(query.get("page")?.replace(/^page_/, "") ?? query.get("start_time")) * 1000;
    const data = [];
    for (let from = start; from < now && data.length < limit; from += DAY) data.push(this.bucket(from));
    const next = start + data.length * DAY;
    const hasMore = next < now;
    return { body: { object: "page", data, has_more: hasMore, next_page: hasMore ? `page_${next / 1000}` : null } };
  }

  limit() {
    if (this.limitCents === undefined) return { status: 404, body: { error: { message: "No spend limit is set." } } };
    const body = { object: "organization.spend_limit", threshold_amount: this.limitCents, currency: "USD", interval: "month", enforcement: { status: "enforcing" } };
    return { body };
  }

  bucket(from) {
    const results = this.days.on(dayOf(from)).map(([line, millionths], place) => ({
      object: "organization.costs.result",
      amount: { value: place % 2 ? String(dollars(millionths)) : dollars(millionths), currency: "usd" },
      line_item: line,
      project_id: null,
    }));
    return { object: "bucket", start_time: from / 1000, end_time: (from + DAY) / 1000, results };
  }
}
