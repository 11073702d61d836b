// Railway: one workspace that pays in advance, with its usage in the billing period. Errors have status 200.
import { PrepaidAccount } from "./prepaid.mjs";

const ID = "00000000-0000-4000-8000-000000000001";

export class RailwayAccount extends PrepaidAccount {
  static host = "backboard.railway.com";
  static refusal = { body: { errors: [{ message: "Not Authorized" }] } };

  answer({ method, path, body }) {
    if (method !== "POST" || path !== "/graphql/v2") return { status: 404, body: "Not Found" };
    const { query, variables } = JSON.parse(body);
    if (query.includes("apiToken")) return { body: { data: { apiToken: { workspaces: [{ id: ID }] } } } };
    if (variables.workspaceId !== ID) return RailwayAccount.refusal;
    const customer = { currentUsage: this.spent / 100, creditBalance: this.toppedUp / 100, isPrepaying: true, usageLimit: { hardLimit: 20 } };
    return { body: { data: { workspace: { customer } } } };
  }
}
