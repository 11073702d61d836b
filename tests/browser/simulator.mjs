// Simulated providers on loopback: what their documents say they answer, with balances that a script moves and faults
// that it asks for. It knows no extension.
import { createServer } from "node:https";
import { generate } from "selfsigned";

// One prepaid DeepSeek account, found by its key.
export class DeepSeekAccount {
  constructor(key, books) {
    this.key = key;
    this.books = books; // [{ currency, granted, toppedUp }], amounts in cents
    this.isAvailable = true;
  }

  // Spends from the granted money first, as DeepSeek does.
  spend(cents, currency = this.books[0].currency) {
    const book = this.books.find((book) => book.currency === currency);
    const granted = Math.min(book.granted, cents);
    book.granted -= granted;
    book.toppedUp -= cents - granted;
  }

  topUp(cents, currency = this.books[0].currency) {
    this.books.find((book) => book.currency === currency).toppedUp += cents;
  }

  // The entries change places from answer to answer, as they do.
  balance() {
    this.books.reverse();
    return {
      is_available: this.isAvailable,
      balance_infos: this.books.map(({ currency, granted, toppedUp }) => ({
        currency,
        total_balance: units(granted + toppedUp),
        granted_balance: units(granted),
        topped_up_balance: units(toppedUp),
      })),
    };
  }
}

const units = (cents) => `${cents < 0 ? "-" : ""}${Math.trunc(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, "0")}`;

export class Simulator {
  static async start() {
    const simulator = new Simulator();
    const names = simulator.hosts.map((value) => ({ type: 2, value }));
    const pems = await generate([{ name: "commonName", value: simulator.hosts[0] }], {
      keySize: 2048,
      extensions: [{ name: "subjectAltName", altNames: names }],
    });
    simulator.server = createServer({ key: pems.private, cert: pems.cert }, (request, response) => simulator.serve(request, response));
    await new Promise((done) => simulator.server.listen(0, "127.0.0.1", done));
    simulator.port = simulator.server.address().port;
    return simulator;
  }

  constructor() {
    this.hosts = ["api.deepseek.com"];
    this.accounts = new Map(); // key -> account
    this.requests = []; // what arrived: { host, method, path, headers }
    this.faults = []; // what to answer instead, first come first served; the last one of `always` stays
    this.always = undefined;
    this.gate = undefined; // answers wait for it
  }

  add(account) {
    this.accounts.set(account.key, account);
    return account;
  }

  // The next answer is this instead: { status, headers, body }, "hang" or "reset".
  failOnce(fault) {
    this.faults.push(fault);
  }

  // Answers wait until the returned function is called; `arrived` resolves with the first request that waits.
  hold() {
    let release, noteArrival;
    this.gate = new Promise((open) => (release = open));
    const arrived = new Promise((note) => (noteArrival = note));
    this.onArrival = noteArrival;
    return { arrived, release: () => { this.gate = undefined; release(); } };
  }

  async serve(request, response) {
    const { host, ...headers } = request.headers;
    this.requests.push({ host: host.replace(/:\d+$/, ""), method: request.method, path: request.url, headers });
    this.onArrival?.();
    await this.gate;
    const fault = this.faults.shift() ?? this.always;
    if (fault === "hang") return;
    if (fault === "reset") return request.socket.destroy();
    const { status = 200, headers: told = {}, body } = fault ?? this.answer(request);
    const text = typeof body === "string" ? body : JSON.stringify(body);
    response.writeHead(status, { "content-type": "application/json", ...told }).end(text);
  }

  answer({ method, url, headers }) {
    const key = headers.authorization?.replace(/^Bearer /, "");
    const account = this.accounts.get(key);
    if (!account) return { status: 401, body: { error: { message: "Authentication Fails", type: "authentication_error" } } };
    if (method !== "GET" || url !== "/user/balance") return { status: 404, body: { error: { message: "Not found" } } };
    return { body: account.balance() };
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
