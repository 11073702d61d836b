// Ollama Cloud: bought credits, in addition to a plan's own.
import { PrepaidAccount } from "./prepaid.mjs";

export class OllamaAccount extends PrepaidAccount {
  static host = "ollama.com";
  static refusal = { status: 401, body: { error: "unauthorized" } };

  answer({ path }) {
    if (path !== "/api/balance") return { status: 404, body: { error: "not found" } };
    const included = { balance_usd: 72.5, allowance_usd: 100, period: { from: "2026-11-15T09:30:00Z", until: "2026-12-15T09:30:00Z" } };
    return { body: { included, purchased: { balance_usd: this.toppedUp / 100 } } };
  }
}
