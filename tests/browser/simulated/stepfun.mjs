// StepFun: a balance, and all that was ever paid in and granted. A plan's key is refused there.
import { PrepaidAccount } from "./prepaid.mjs";

export class StepFunAccount extends PrepaidAccount {
  static host = "api.stepfun.ai";
  static refusal = { status: 401, body: { error: { message: "Incorrect API key provided" } } };

  answer({ path }) {
    if (path !== "/v1/accounts") return { status: 404, body: { error: { message: "Not found" } } };
    const left = this.granted + this.toppedUp;
    return { body: { object: "account", type: "prepaid", balance: left / 100, total_cash_balance: (left + this.spent) / 100, total_voucher_balance: 0 } };
  }
}

export class StepFunMainlandAccount extends StepFunAccount {
  static host = "api.stepfun.com";
}
