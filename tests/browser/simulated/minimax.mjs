// MiniMax: vouchers and cash, on a host for the world and on one for mainland China. Errors have status 200.
import { PrepaidAccount } from "./prepaid.mjs";

const units = (cents) => (cents / 100).toFixed(2);

export class MiniMaxAccount extends PrepaidAccount {
  static host = "api.minimax.io";
  static refusal = { body: { base_resp: { status_code: 2049, status_msg: "invalid api key" } } };

  answer({ path }) {
    if (path !== "/account/query_balance") return { status: 404, body: "404 page not found" };
    return {
      body: {
        available_amount: units(this.granted + Math.max(this.toppedUp, 0)),
        cash_balance: units(Math.max(this.toppedUp, 0)),
        voucher_balance: units(this.granted),
        credit_balance: "0.00",
        owed_amount: units(Math.max(-this.toppedUp, 0)),
        base_resp: { status_code: 0, status_msg: "success" },
      },
    };
  }
}

export class MiniMaxMainlandAccount extends MiniMaxAccount {
  static host = "api.minimaxi.com";
}
