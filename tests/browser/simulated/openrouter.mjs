// OpenRouter: an account with ordinary keys, which report only their own use, and a management key, which reports everything.
import { DAY, Days, dayOf, dollars } from "./days.mjs";

export class OpenRouterAccount {
  static host = "openrouter.ai";
  static refusal = { status: 401, body: { error: { code: 401, message: "User not found." } } };

  // `bought` is in millionths of a dollar.
  constructor({ managementKey, keys, bought = 0 }) {
    this.managementKey = managementKey;
    this.used = new Map(keys.map((key) => [key, new Days()])); // what each key used, line by line
    this.bought = bought;
  }

  get keys() {
    return [...this.used.keys(), this.managementKey];
  }

  spend(key, day, model, millionths) {
    this.used.get(key).add(day, model, millionths);
  }

  // The use of all keys, in a month or in total.
  sum(begin) {
    return [...this.used.values()].reduce((sum, days) => sum + days.sum(begin), 0);
  }

  answer({ path, query, key, now }) {
    const isManagement = key === this.managementKey;
    if (path === "/api/v1/key") return { body: { data: this.describe(key, now) } };
    if (!isManagement) return { status: 403, body: { error: { code: 403, message: "Only management keys can perform this operation" } } };
    if (path === "/api/v1/credits") return { body: { data: { total_credits: dollars(this.bought), total_usage: dollars(this.sum()) } } };
    if (path === "/api/v1/activity") return { body: { data: this.activity(query.get("date"), now) } };
    return { status: 404, body: { error: { code: 404, message: "Not Found" } } };
  }

  describe(key, now) {
    const days = this.used.get(key) ?? new Days();
    const today = dayOf(now);
    return {
      label: `${key.slice(0, 12)}...`,
      usage: dollars(days.sum()),
      usage_daily: dollars(days.sum(today)),
      usage_monthly: dollars(days.sum(today.slice(0, 7))),
      byok_usage: 0,
      is_management_key: key === this.managementKey,
    };
  }

  // The last 30 completed days, or the requested one.
  activity(date, now) {
    const completed = Array.from({ length: 30 }, (_, back) => dayOf(now - (back + 1) * DAY));
    return (date ? [date] : completed).flatMap((day) =>
      [...this.used.values()].flatMap((days) => days.on(day)).map(([model, millionths]) => ({
        date: day, model, provider_name: "Simulated", usage: dollars(millionths), byok_usage_inference: 0, requests: 1,
      })));
  }
}
