// fal: costs by day and model, no apps, and credits. The key has a scheme of its own.
import { Days, dollars } from "./days.mjs";

export class FalAccount {
  static host = "api.fal.ai";
  static refusal = { status: 401, body: { error: { type: "authorization_error", message: "Invalid API key" } } };

  constructor(key, { left = 0 } = {}) {
    Object.assign(this, { key: `Key ${key}`, left, days: new Days() }); // `left` in dollars
  }

  get keys() {
    return [this.key];
  }

  spend(day, line, millionths) {
    this.days.add(day, line, millionths);
  }

  answer({ path, query }) {
    if (path === "/v1/account/billing") return { body: { username: "someone", credits: { current_balance: this.left, currency: "USD" } } };
    if (path !== "/v1/models/usage") return { status: 404, body: { error: { type: "not_found" } } };
    const days = [...this.days.lines.keys()].filter((day) => day >= query.get("start") && day < query.get("end"));
    const time_series = days.map((day) => ({
      bucket: `${day}T00:00:00+00:00`,
      results: this.days.on(day).map(([endpoint_id, millionths]) => ({ endpoint_id, quantity: 1, cost_total: dollars(millionths), currency: "USD" })),
    }));
    return { body: { time_series, next_cursor: null, has_more: false } };
  }
}
