// Fireworks AI: the accounts of a key, and costs by day and model in pages. Only an administrator reads the whole account.
import { Days } from "./days.mjs";

const PAGE = 20;
const money = (millionths) => ({ currencyCode: "USD", units: String(Math.floor(millionths / 1e6)), nanos: (millionths % 1e6) * 1000 });

export class FireworksAccount {
  static host = "api.fireworks.ai";
  static refusal = { status: 401, body: { error: { code: "UNAUTHORIZED" } } };

  constructor(key, { isAdmin = true } = {}) {
    Object.assign(this, { key, isAdmin, days: new Days() });
  }

  get keys() {
    return [this.key];
  }

  spend(day, line, millionths) {
    this.days.add(day, line, millionths);
  }

  answer({ path, body }) {
    if (path === "/v1/accounts") return { body: { accounts: [{ name: "accounts/acme", email: "someone@example.com" }], nextPageToken: "", totalSize: 1 } };
    if (path !== "/v1/accounts/acme/usageCosts:query") return { status: 404, body: { code: 5, message: "account not found" } };
    const { startTime, endTime, scope, pageToken } = JSON.parse(body);
    if (scope === "ACCOUNT" && !this.isAdmin) return { status: 403, body: { code: 7, message: "permission denied" } };
    const days = [...this.days.lines.keys()].filter((day) => day >= startTime.slice(0, 10) && day < endTime.slice(0, 10));
    const all = days.flatMap((day) => this.days.on(day).map(([model, millionths]) => [day, model, millionths]));
    const from = Number(pageToken ?? 0);
    const rows = all.slice(from, from + PAGE).map(([day, model, millionths]) => ({
      dimensions: { startTime: `${day}T00:00:00Z`, model: `accounts/fireworks/models/${model}`, unknownModel: false },
      subtotal: money(millionths),
    }));
    const subtotal = money(all.reduce((sum, [, , millionths]) => sum + millionths, 0));
    return { body: { rows, nextPageToken: from + PAGE < all.length ? String(from + PAGE) : "", subtotal, attributionCompleteness: "COMPLETE" } };
  }
}
