// Vast.ai: a contract for each day and line, in pages of 20 rows with a token, and the balance.
import { DAY, Days, dollars } from "./days.mjs";

const PAGE = 20;

export class VastAccount {
  static host = "console.vast.ai";
  static refusal = { status: 404, body: { success: false, error: "auth_error", msg: "Invalid user key" } };

  // `left` is in dollars.
  constructor(key, { left = 0 } = {}) {
    Object.assign(this, { key, left, days: new Days() });
  }

  get keys() {
    return [this.key];
  }

  spend(day, line, millionths) {
    this.days.add(day, line, millionths);
  }

  answer({ path, query }) {
    if (path === "/api/v0/users/current/") return { body: { id: 123456, email: "someone@example.com", balance: this.left, ssh_key: "ssh-rsa EXAMPLE" } };
    if (path !== "/api/v0/charges/") return { status: 404, body: { success: false, error: "not_found", msg: "Not found" } };
    const { gte, lte } = JSON.parse(query.get("select_filters")).day;
    const days = [...this.days.lines.keys()].filter((day) => Date.parse(day) / 1000 >= gte && Date.parse(day) / 1000 < lte).sort();
    const rows = days.flatMap((day) => this.days.on(day).map(([source, millionths]) => {
      const [start, end] = [Date.parse(day) / 1000, (Date.parse(day) + DAY) / 1000];
      const item = { start, end, type: "gpu", source: null, amount: dollars(millionths), metadata: {}, items: [] };
      return { start, end, type: "instance", source, amount: dollars(millionths), metadata: {}, items: [item] };
    }));
    const from = Number(query.get("after_token") ?? 0);
    const results = rows.slice(from, from + PAGE);
    return { body: { success: true, count: results.length, total: rows.length, next_token: from + PAGE < rows.length ? String(from + PAGE) : null, results } };
  }
}
