// 302.AI: a balance as a text, without a currency.
import { PrepaidAccount } from "./prepaid.mjs";

export class Ai302Account extends PrepaidAccount {
  static host = "api.302.ai";
  static refusal = { status: 401, body: { error: { err_code: -10001, message: "Invalid API key" } } };

  answer({ path }) {
    if (path !== "/dashboard/balance") return { status: 404, body: { error: { err_code: -10009, message: "Not found" } } };
    return { body: { data: { balance: (this.toppedUp / 100).toFixed(2) } } };
  }
}
