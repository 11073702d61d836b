// Featherless: credits in billionths of a dollar, a part of them reserved for requests that run.
import { PrepaidAccount } from "./prepaid.mjs";

const RESERVED = 12_000_000;

export class FeatherlessAccount extends PrepaidAccount {
  static host = "api.featherless.ai";
  static refusal = { status: 401, body: { error: { message: "Invalid API key" } } };

  answer({ path }) {
    if (path !== "/credits/balance") return { status: 404, body: { error: { message: "Not found" } } };
    const balance = this.toppedUp * 1e7;
    const amounts = { balance, reserved: RESERVED, available: balance - RESERVED };
    const texts = Object.entries(amounts).flatMap(([name, nano]) => [[`${name}_nano_usd`, String(nano)], [`${name}_usd`, (nano / 1e9).toFixed(9)]]);
    return { body: { ...Object.fromEntries(texts), currency: "usd" } };
  }
}
