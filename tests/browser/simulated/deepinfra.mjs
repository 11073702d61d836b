// DeepInfra: the cost of each month in cents, and a balance in dollars that is negative while money is left.
import { PrepaidAccount } from "./prepaid.mjs";

export class DeepInfraAccount extends PrepaidAccount {
  static host = "api.deepinfra.com";
  static refusal = { status: 401, body: { error: "Unauthorized" } };

  answer({ path, now }) {
    const period = new Date(now).toISOString().slice(0, 7).replace("-", ".");
    if (path === "/payment/usage") return { body: { months: [{ period, items: [], total_cost: this.spent }], initial_month: period } };
    if (path === "/payment/checklist") return { body: { stripe_balance: -(this.granted + this.toppedUp + this.spent) / 100, recent: this.spent / 100, limit: null } };
    return { status: 404, body: { error: "Not found" } };
  }
}
