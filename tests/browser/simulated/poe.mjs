// Poe: queries of the last 30 days, the newest first, in pages of 20, with dollars as texts.
import { DAY, Days, dollars } from "./days.mjs";

const PAGE = 20;

export class PoeAccount {
  static host = "api.poe.com";
  static refusal = { status: 401, body: { error: { type: "authentication_error", message: "Invalid API key" } } };

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
    if (path !== "/usage/points_history") return { status: 404, body: { error: { type: "not_found_error", message: "Not found" } } };
    const days = [...this.days.lines.keys()].sort().reverse();
    const all = days.flatMap((day) => this.days.on(day).map(([bot_name, millionths]) => ({
      query_id: `${day}-${bot_name}`, creation_time: Date.parse(day) * 1000, bot_name,
      cost_usd: String(dollars(millionths)), cost_points: Math.round(millionths / 30), usage_type: "API",
    }))).filter(({ creation_time }) => creation_time / 1000 >= now - 30 * DAY);
    const from = query.has("starting_after") ? all.findIndex(({ query_id }) => query_id === query.get("starting_after")) + 1 : 0;
    const data = all.slice(from, from + PAGE);
    return { body: { has_more: from + PAGE < all.length, length: data.length, data } };
  }
}
