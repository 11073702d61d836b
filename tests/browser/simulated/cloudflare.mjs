// Cloudflare: metered usage by day and service in an envelope, and the credits of the AI Gateway in cents.
import { Days, dollars } from "./days.mjs";

export const ACCOUNT = "023e105f4ecef8ad9ca31a8372d0c353";
const at = (path) => `/client/v4/accounts/${ACCOUNT}/${path}`;
const envelope = (result) => ({ body: { success: true, errors: [], messages: [], result } });
const refusal = (status, code, message) => ({ status, body: { success: false, errors: [{ code, message }], messages: [], result: null } });

export class CloudflareAccount {
  static host = "api.cloudflare.com";
  static refusal = refusal(401, 1000, "Invalid API Token");

  constructor(key, { left = 0 } = {}) {
    Object.assign(this, { key, left, days: new Days() }); // `left` in cents
  }

  get keys() {
    return [this.key];
  }

  spend(day, line, millionths) {
    this.days.add(day, line, millionths);
  }

  answer({ path, query }) {
    if (path === at("ai-gateway/billing/credit-balance")) {
      return envelope({ balance: this.left, has_default_payment_method: true, payment_method: null, first_topup_success: true });
    }
    if (path !== at("billable-usage")) return refusal(403, 10000, "Authentication error");
    const days = [...this.days.lines.keys()].filter((day) => day >= query.get("from") && day <= query.get("to"));
    return envelope(days.flatMap((day) => this.days.on(day).map(([ServiceName, millionths]) => ({
      BilledCost: dollars(millionths), BillingCurrency: "USD", ChargePeriodStart: `${day}T00:00:00Z`, ChargePeriodEnd: `${day}T23:59:59Z`,
      CumulatedContractedCost: 1000, ServiceFamilyName: "Workers", ServiceName,
    }))));
  }
}
