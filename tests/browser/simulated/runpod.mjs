// RunPod: records of UTC days with an amount for each kind of resource, and a balance by the older of two APIs.
import { DAY, Days, dayOf, dollars } from "./days.mjs";

export class RunPodAccount {
  static host = "api.runpod.io";
  static refusal = { status: 401, body: { title: "Unauthorized", status: 401, detail: "missing bearer token" } };

  constructor(key, { left = 0 } = {}) {
    Object.assign(this, { key, left, days: new Days() }); // `left` in dollars
  }

  get keys() {
    return [this.key];
  }

  // `line` is the field of a resource, such as podGpuAmount.
  spend(day, line, millionths) {
    this.days.add(day, line, millionths);
  }

  answer({ path, query }) {
    if (path === "/graphql") return { body: { data: { myself: { clientBalance: this.left } } } };
    if (path !== "/v2/billing") return { status: 404, body: { title: "Not Found", status: 404, detail: "resource not found" } };
    const records = [];
    for (let from = Date.parse(query.get("startTime")); from < Date.parse(query.get("endTime")); from += DAY) {
      const lines = this.days.on(dayOf(from));
      if (lines.length === 0) continue;
      const amounts = Object.fromEntries(lines.map(([line, millionths]) => [line, dollars(millionths)]));
      const totalAmount = dollars(lines.reduce((sum, [, millionths]) => sum + millionths, 0));
      records.push({ startTime: new Date(from).toISOString(), endTime: new Date(from + DAY).toISOString(), totalAmount, ...amounts });
    }
    const totalAmount = records.reduce((sum, record) => sum + record.totalAmount, 0);
    return { body: { records, metadata: { recordCount: records.length, totals: { totalAmount } } } };
  }
}
