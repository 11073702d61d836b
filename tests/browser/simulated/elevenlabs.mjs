// ElevenLabs: the charges beyond a plan in this billing period, as a text.
import { PrepaidAccount } from "./prepaid.mjs";

export class ElevenLabsAccount extends PrepaidAccount {
  static host = "api.elevenlabs.io";
  static refusal = { status: 401, body: { detail: { status: "invalid_api_key", message: "Invalid API key" } } };

  answer({ path }) {
    if (path !== "/v1/user/subscription") return { status: 404, body: { detail: "Not Found" } };
    return { body: { tier: "starter", currency: "usd", current_overage: { amount: (this.spent / 100).toFixed(2), currency: "usd" } } };
  }
}
