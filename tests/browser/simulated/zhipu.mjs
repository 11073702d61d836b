// Zhipu AI and Z.ai: a balance and all that was ever spent. Errors have status 200.
import { PrepaidAccount } from "./prepaid.mjs";

export class ZhipuAccount extends PrepaidAccount {
  static host = "www.bigmodel.cn";
  static refusal = { body: { code: 1000, msg: "Authentication Failed", success: false } };

  answer({ path }) {
    if (path !== "/api/biz/account/query-customer-account-report") return { status: 404, body: "<html></html>" };
    const balance = (this.granted + this.toppedUp) / 100;
    const data = { balance, availableBalance: balance, totalSpendAmount: this.spent / 100, todaySpendAmount: null };
    return { body: { code: 200, msg: "success", success: true, data } };
  }
}

export class ZaiAccount extends ZhipuAccount {
  static host = "api.z.ai";
}
