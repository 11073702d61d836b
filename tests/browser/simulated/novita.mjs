// Novita AI and PPIO: ten-thousandths as texts, with a credit line in addition to the user's own money.
import { PrepaidAccount } from "./prepaid.mjs";

const CREDIT_LINE = 200_000;

export class NovitaAccount extends PrepaidAccount {
  static host = "api.novita.ai";
  static refusal = { status: 403, body: { code: 403, reason: "INVALID_API_KEY", message: "invalid api-key" } };

  answer({ path }) {
    if (path !== "/openapi/v1/billing/balance/detail") return { status: 404, body: "404 page not found" };
    const cash = (this.granted + this.toppedUp) * 100;
    const body = { availableBalance: String(cash + CREDIT_LINE), cashBalance: String(cash), creditLimit: String(CREDIT_LINE), pendingCharges: "0" };
    return { body };
  }
}

export class PpioAccount extends NovitaAccount {
  static host = "api.ppio.com";
}
