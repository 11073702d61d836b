// xAI: the team of a management key, its use by day and model, and its ledger in cents with the sign reversed.
import { DAY, Days, dayOf, dollars } from "./days.mjs";

const TEAM = "00000000-0000-4000-8000-000000000002";

export class XaiAccount {
  static host = "management-api.x.ai";
  static refusal = { status: 401, body: {} };

  constructor(key, { boughtCents = 0 } = {}) {
    Object.assign(this, { key, boughtCents, days: new Days() });
  }

  get keys() {
    return [this.key];
  }

  spend(day, line, millionths) {
    this.days.add(day, line, millionths);
  }

  answer({ method, path, body }) {
    if (path === "/auth/management-keys/validation") return { body: { scope: "SCOPE_TEAM", scopeId: TEAM, teamId: TEAM } };
    if (method === "POST" && path === `/v1/billing/teams/${TEAM}/usage`) return { body: this.usage(JSON.parse(body).analyticsRequest) };
    if (path === `/v1/billing/teams/${TEAM}/prepaid/balance`) return { body: { changes: [], total: { val: String(-this.boughtCents) } } };
    return { status: 404, body: {} };
  }

  usage({ timeRange: { startTime, endTime } }) {
    const series = new Map();
    for (let from = Date.parse(`${startTime.slice(0, 10)}T00:00:00Z`); dayOf(from) <= endTime.slice(0, 10); from += DAY) {
      for (const [line, millionths] of this.days.on(dayOf(from))) {
        if (!series.has(line)) series.set(line, []);
        series.get(line).push({ timestamp: new Date(from).toISOString(), values: [dollars(millionths)] });
      }
    }
    const timeSeries = [...series].map(([line, dataPoints]) => ({ group: [line], groupLabels: [line], dataPoints }));
    return { timeSeries, limitReached: false };
  }
}
