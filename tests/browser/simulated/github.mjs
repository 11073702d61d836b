// GitHub: the billed items of one month of a user.
import { Days, dollars } from "./days.mjs";

const LOGIN = "example-user";

export class GitHubAccount {
  static host = "api.github.com";
  static refusal = { status: 401, body: { message: "Bad credentials", status: "401" } };

  constructor(key) {
    Object.assign(this, { key, days: new Days() });
  }

  get keys() {
    return [this.key];
  }

  spend(day, line, millionths) {
    this.days.add(day, line, millionths);
  }

  answer({ path, query }) {
    if (path === "/user") return { body: { login: LOGIN, id: 1 } };
    const month = `${query.get("year")}-${query.get("month")?.padStart(2, "0")}`;
    if (path !== `/users/${LOGIN}/settings/billing/usage` || month.length !== 7) return { status: 404, body: { message: "Not Found", status: "404" } };
    const usageItems = [...this.days.lines.keys()].filter((day) => day.startsWith(month)).flatMap((day) =>
      this.days.on(day).map(([sku, millionths]) => {
        const amount = dollars(millionths);
        return { date: day, product: "Copilot", sku, quantity: 1, unitType: "ai-credits", pricePerUnit: amount, grossAmount: amount, discountAmount: 0, netAmount: amount };
      }),
    );
    return { body: { usageItems } };
  }
}
