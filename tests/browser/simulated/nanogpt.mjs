// NanoGPT: the dollars of a wallet, as a text.
import { PrepaidAccount } from "./prepaid.mjs";

export class NanoGptAccount extends PrepaidAccount {
  static host = "nano-gpt.com";
  static refusal = { status: 401, body: { error: { message: "Invalid API key", type: "authentication_error" } } };

  answer({ method, path }) {
    if (method !== "POST" || path !== "/api/check-balance") return { status: 404, body: { error: { message: "Not found" } } };
    return { body: { usd_balance: (this.toppedUp / 100).toFixed(8), nano_balance: "26.71801147" } };
  }
}
