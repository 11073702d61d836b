// Venice: charges of an account in pages of 30 rows, for an Admin key, and the dollars that an Inference Only key can spend.
import { Days, dollars } from "./days.mjs";

const PAGE = 30;

export class VeniceAccount {
  static host = "api.venice.ai";
  static refusal = { status: 401, body: { error: "Authentication failed" } };

  // `left` is in dollars.
  constructor({ adminKey, key, left = 0 }) {
    Object.assign(this, { adminKey, key, left, days: new Days() });
  }

  get keys() {
    return [this.adminKey, this.key];
  }

  spend(day, line, millionths) {
    this.days.add(day, line, millionths);
  }

  answer({ path, query, key }) {
    if (path === "/api/v1/api_keys/rate_limits") return { body: { data: { accessPermitted: true, balances: { USD: this.left, DIEM: 100.023 } } } };
    if (key !== this.adminKey) return { status: 401, body: { error: "Admin API key required" } };
    if (path === "/api/v1/billing/balance") return { body: { canConsume: true, consumptionCurrency: "USD", balances: { diem: null, usd: this.left } } };
    if (path !== "/api/v1/billing/usage-history") return { status: 404, body: { error: "Not found" } };
    // A request with a cursor has no other parameter.
    if (query.has("cursor") && [...query.keys()].length > 1) return { status: 400, body: { error: "Invalid request parameters" } };
    const [start, end, from] = query.has("cursor") ? query.get("cursor").split("_") : [query.get("startTimestamp"), query.get("endTimestamp"), "0"];
    const days = [...this.days.lines.keys()].filter((day) => `${day}T12:00:00Z` >= start && `${day}T12:00:00Z` < end).sort();
    const rows = days.flatMap((day) => this.days.on(day).map(([sku, millionths]) => ({
      timestamp: `${day}T12:00:00.000Z`, sku, amount: -dollars(millionths), currency: "USD", notes: "API Inference", inferenceDetails: null,
    })));
    const next = Number(from) + PAGE;
    return { body: { data: rows.slice(Number(from), next), nextCursor: next < rows.length ? `${start}_${end}_${next}` : null } };
  }
}
