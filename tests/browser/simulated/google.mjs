// Google: tokens for service accounts, whose signed statements are verified, and BigQuery with the billing export of one
// billing account, which answers the extension's query as a running job, in pages.
import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { Days, dayOf } from "./days.mjs";

const TOKENS = "https://oauth2.googleapis.com/token";
const SCOPE = "https://www.googleapis.com/auth/bigquery.readonly";
const PAGE = 20; // rows on a page, fewer than are asked for, so that there are pages

export class GoogleAccount {
  static host = "bigquery.googleapis.com";
  static refusal = problem(401, "authError", "Request had invalid authentication credentials.");

  constructor({ project = "acme-ai-1", table = "billing.gcp_billing_export_v1_012345_6789AB_CDEF01", currency = "USD" } = {}) {
    Object.assign(this, { project, table: `${project}.${table}`, currency });
    this.email = `drawdown@${project}.iam.gserviceaccount.com`;
    this.days = new Days(); // the truth: "SKU (service)" in millionths
    this.jobs = []; // the rows of each query
    this.tokens = []; // those that were given
    this.pairs = generateKeyPairSync("rsa", { modulusLength: 2048 });
  }

  // The simulator finds the account by this, or by its tokens.
  get keys() {
    return [this.email];
  }

  // The key file, as downloaded from the console.
  get file() {
    return JSON.stringify({
      type: "service_account", project_id: this.project, private_key_id: "0a1b2c3d4e5f",
      private_key: this.pairs.privateKey.export({ type: "pkcs8", format: "pem" }), client_email: this.email,
      token_uri: "https://token.example.invalid/token",
    }, null, 2);
  }

  spend(day, line, millionths) {
    this.days.add(day, line, millionths);
  }

  answer({ method, path, query, body, now }) {
    const [, project, job] = path.match(/^\/bigquery\/v2\/projects\/([^/]+)\/queries(?:\/([^/]+))?$/) ?? [];
    if (project !== this.project) return problem(404, "notFound", `Not found: Project ${project}`);
    if (method === "POST" && !job) return this.begin(JSON.parse(body), now);
    return this.tell(job, Number(query.get("pageToken") ?? 0));
  }

  // Every job is first still running.
  begin({ query: sql, useLegacySql, maximumBytesBilled }, now) {
    if (useLegacySql !== false || !(Number(maximumBytesBilled) > 0)) return problem(400, "invalid", "unlimited");
    const [, table] = sql.match(/ FROM `([^`]+)` WHERE /);
    if (table !== this.table) return problem(404, "notFound", `Not found: Table ${table.replace(".", ":")} was not found in location US`);
    const [, from] = sql.match(/ usage_start_time >= TIMESTAMP\('(\d{4}-\d\d-\d\d)'\) /);
    const isWanted = (line) => !sql.includes("REGEXP_CONTAINS(service.description") || /\((gemini|vertex ai)/i.test(line);
    const days = [...this.days.lines.keys()].filter((day) => day >= from && day <= dayOf(now)).sort();
    const lines = days.flatMap((day) => this.days.on(day).filter(([line]) => isWanted(line)).map(([line, millionths]) => ({ day, line, millionths })));
    this.jobs.push(lines.map(({ day, line, millionths }) => {
      const [, sku, service] = line.match(/^(.*) \((.*)\)$/);
      return [lines[0].day, lines.at(-1).day, day, service, sku, this.currency, numeric(millionths)];
    }));
    return { body: { ...this.reference(this.jobs.length - 1), jobComplete: false } };
  }

  tell(job, from) {
    const place = Number(job?.replace("job_", ""));
    const rows = this.jobs[place];
    if (!rows) return problem(404, "notFound", `Not found: Job ${this.project}:${job}`);
    const page = rows.slice(from, from + PAGE).map((cells) => ({ f: cells.map((v) => ({ v })) }));
    const next = from + PAGE < rows.length ? { pageToken: String(from + PAGE) } : {};
    return { body: { ...this.reference(place), ...next, rows: page, totalRows: String(rows.length), jobComplete: true } };
  }

  reference(place) {
    return { kind: "bigquery#queryResponse", jobReference: { projectId: this.project, jobId: `job_${place}`, location: "US" } };
  }
}

// The address that exchanges a service account's signed statement for a token.
export class GoogleTokens {
  static host = "oauth2.googleapis.com";
  static refusal = { status: 400, body: { error: "invalid_request" } };

  static serve({ method, path, headers, body, now, accounts }) {
    const form = new URLSearchParams(body);
    const isForm = headers["content-type"] === "application/x-www-form-urlencoded";
    const isGrant = form.get("grant_type") === "urn:ietf:params:oauth:grant-type:jwt-bearer";
    if (method !== "POST" || path !== "/token" || !isForm || !isGrant) return GoogleTokens.refusal;
    const [head, claims, signature] = form.get("assertion").split(".");
    const read = (part) => JSON.parse(Buffer.from(part, "base64url"));
    const { iss, scope, aud, iat, exp } = read(claims);
    const account = accounts.get(iss);
    if (!(account instanceof GoogleAccount)) return refused("Invalid grant: account not found");
    const key = createPublicKey(account.pairs.privateKey);
    const isSigned = verify("sha256", Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, "base64url"));
    if (read(head).alg !== "RS256" || !isSigned) return refused("Invalid JWT Signature.");
    if (aud !== TOKENS || scope !== SCOPE) return refused("Invalid JWT: Failed audience check");
    const seconds = now / 1000;
    if (exp - iat > 3600 || iat > seconds + 300 || exp < seconds) {
      return refused("Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.");
    }
    const token = `ya29.simulated-${account.tokens.length}`;
    account.tokens.push(token);
    accounts.set(token, account);
    return { body: { access_token: token, expires_in: 3599, token_type: "Bearer" } };
  }
}

function problem(code, reason, message) {
  return { status: code, body: { error: { code, message, errors: [{ message, domain: "global", reason }] } } };
}

const refused = (description) => ({ status: 400, body: { error: "invalid_grant", error_description: description } });
// A NUMERIC as BigQuery writes it: no zeros at the end.
const numeric = (millionths) => (millionths / 1e6).toFixed(6).replace(/\.?0+$/, "");
