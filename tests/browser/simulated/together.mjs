// Together AI: the bills of a month by day and product, in pages of ten days that end yesterday.
import { Days, dayOf, dollars } from "./days.mjs";

const PAGE = 10;

export class TogetherAccount {
  static host = "api.together.ai";
  static refusal = { status: 401, body: { error: { message: "Invalid API key" } } };

  constructor(key) {
    Object.assign(this, { key, days: new Days() });
  }

  get keys() {
    return [this.key];
  }

  spend(day, line, millionths) {
    this.days.add(day, line, millionths);
  }

  answer({ path, query, now }) {
    if (path !== "/v1/billing/usage") return { status: 404, body: { code: "NOT_FOUND", message: "Organization not found", errors: [] } };
    const over = [...this.days.lines.keys()].filter((day) => day.startsWith(query.get("month")) && day < dayOf(now)).sort();
    const from = Number(query.get("after") ?? 0);
    const data = over.slice(from, from + PAGE).map((date) => ({
      date,
      line_items: this.days.on(date).map(([product_name, millionths]) => ({ product_name, cost: String(dollars(millionths)) })),
    }));
    return { body: { object: "list", currency: "USD", data, next_cursor: from + PAGE < over.length ? String(from + PAGE) : null } };
  }
}
