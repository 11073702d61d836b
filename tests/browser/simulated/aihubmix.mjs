// AiHubMix: the rest of an ordinary key's limit, in a field whose name means the opposite, or the account for a manage key, which
// is sent without `Bearer`.
import { PrepaidAccount } from "./prepaid.mjs";

export class AiHubMixAccount extends PrepaidAccount {
  static host = "aihubmix.com";
  static refusal = { body: { success: false, message: "Unauthorized" } };

  answer({ path, headers }) {
    const isManageKey = headers.authorization === this.key;
    if (isManageKey && path === "/api/user/self") return { body: { success: true, message: "", data: { quota: this.toppedUp * 5000, used_quota: this.spent * 5000, username: "someone" } } };
    if (!isManageKey && path === "/dashboard/billing/remain") return { body: { object: "list", total_usage: this.toppedUp / 100 } };
    return AiHubMixAccount.refusal;
  }
}
