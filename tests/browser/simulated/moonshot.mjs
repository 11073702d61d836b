// Moonshot: vouchers and cash, in cents, on a host for the world and on one for mainland China.
import { PrepaidAccount } from "./prepaid.mjs";

export class MoonshotAccount extends PrepaidAccount {
  static host = "api.moonshot.ai";
  static refusal = { status: 401, body: { error: { message: "Invalid Authentication", type: "invalid_authentication_error" } } };

  answer({ path }) {
    if (path !== "/v1/users/me/balance") return { status: 404, body: { error: { message: "Not found" } } };
    const [voucher, cash] = [this.granted / 100, this.toppedUp / 100];
    const data = { available_balance: (this.granted + this.toppedUp) / 100, voucher_balance: voucher, cash_balance: cash };
    return { body: { code: 0, data, scode: "0x0", status: true } };
  }
}

export class MoonshotMainlandAccount extends MoonshotAccount {
  static host = "api.moonshot.cn";
}
