// Vercel AI Gateway: a team's credits and all that it used, as texts.
import { PrepaidAccount } from "./prepaid.mjs";

export class VercelAccount extends PrepaidAccount {
  static host = "ai-gateway.vercel.sh";
  static refusal = { status: 401, body: { error: { message: "Authentication failed", type: "authentication_error" } } };

  answer({ path }) {
    if (path !== "/v1/credits") return { status: 404, body: { error: { message: "Not found" } } };
    return { body: { balance: ((this.granted + this.toppedUp) / 100).toFixed(2), total_used: (this.spent / 100).toFixed(2) } };
  }
}
