// DigitalOcean: the total of the month so far, and credit as a negative balance.
import { PrepaidAccount } from "./prepaid.mjs";

export class DigitalOceanAccount extends PrepaidAccount {
  static host = "api.digitalocean.com";
  static refusal = { status: 401, body: { id: "unauthorized", message: "Unable to authenticate you." } };

  answer({ path, now }) {
    if (path !== "/v2/customers/my/balance") return { status: 404, body: { id: "not_found", message: "The resource you requested could not be found." } };
    const text = (cents) => (cents / 100).toFixed(2);
    return { body: {
      month_to_date_balance: text(-this.toppedUp), account_balance: text(-this.toppedUp - this.spent),
      month_to_date_usage: text(this.spent), generated_at: new Date(now).toISOString(),
    } };
  }
}
