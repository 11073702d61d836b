// Deepgram: two projects, their bills by day and line item, and their balances. The key has a scheme of its own.
import { Days, dollars } from "./days.mjs";

export class DeepgramAccount {
  static host = "api.deepgram.com";
  static refusal = { status: 401, body: { err_code: "INVALID_AUTH", err_msg: "Invalid credentials." } };

  constructor(key, { left = [0, 0] } = {}) {
    Object.assign(this, { key: `Token ${key}`, left, days: new Days() }); // `left` in dollars, by project
  }

  get keys() {
    return [this.key];
  }

  spend(day, line, millionths) {
    this.days.add(day, line, millionths);
  }

  // The second project has the lines of model-b.
  answer({ path, query }) {
    if (path === "/v1/projects") return { body: { projects: [{ project_id: "p-0", name: "one" }, { project_id: "p-1", name: "two" }] } };
    const [, project, what] = path.match(/^\/v1\/projects\/p-([01])\/(.+)$/) ?? [];
    if (what === "balances") return { body: { balances: [{ balance_id: "b", amount: this.left[project], units: "usd" }] } };
    if (what !== "billing/breakdown") return { status: 404, body: { err_code: "NOT_FOUND", err_msg: "Not found" } };
    const days = [...this.days.lines.keys()].filter((day) => day >= query.get("start") && day <= query.get("end"));
    const results = days.flatMap((day) =>
      this.days.on(day).filter(([line]) => (line === "model-b") === (project === "1")).map(([line_item, millionths]) => ({
        dollars: dollars(millionths), grouping: { start: day, end: day, line_item },
      })),
    );
    return { body: { start: query.get("start"), end: query.get("end"), resolution: { units: "day", amount: 1 }, results } };
  }
}
