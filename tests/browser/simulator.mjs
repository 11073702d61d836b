// Simulated providers on loopback: they answer as their documentation says, from accounts that a script changes, with faults that
// it requests. Each provider is a class of accounts in simulated/. It does not know the extension.
import { createServer } from "node:https";
import { text } from "node:stream/consumers";
import { generate } from "selfsigned";
import { Ai302Account } from "./simulated/ai302.mjs";
import { AiHubMixAccount } from "./simulated/aihubmix.mjs";
import { AnthropicAccount } from "./simulated/anthropic.mjs";
import { CloudflareAccount } from "./simulated/cloudflare.mjs";
import { DeepgramAccount } from "./simulated/deepgram.mjs";
import { DeepInfraAccount } from "./simulated/deepinfra.mjs";
import { DeepSeekAccount } from "./simulated/deepseek.mjs";
import { DigitalOceanAccount } from "./simulated/digitalocean.mjs";
import { ElevenLabsAccount } from "./simulated/elevenlabs.mjs";
import { FalAccount } from "./simulated/fal.mjs";
import { FeatherlessAccount } from "./simulated/featherless.mjs";
import { FireworksAccount } from "./simulated/fireworks.mjs";
import { GitHubAccount } from "./simulated/github.mjs";
import { GoogleAccount, GoogleTokens } from "./simulated/google.mjs";
import { MiniMaxAccount, MiniMaxMainlandAccount } from "./simulated/minimax.mjs";
import { MoonshotAccount, MoonshotMainlandAccount } from "./simulated/moonshot.mjs";
import { NanoGptAccount } from "./simulated/nanogpt.mjs";
import { NovitaAccount, PpioAccount } from "./simulated/novita.mjs";
import { OllamaAccount } from "./simulated/ollama.mjs";
import { OpenAIAccount } from "./simulated/openai.mjs";
import { OpenRouterAccount } from "./simulated/openrouter.mjs";
import { PoeAccount } from "./simulated/poe.mjs";
import { RailwayAccount } from "./simulated/railway.mjs";
import { RunPodAccount } from "./simulated/runpod.mjs";
import { StepFunAccount, StepFunMainlandAccount } from "./simulated/stepfun.mjs";
import { TogetherAccount } from "./simulated/together.mjs";
import { VastAccount } from "./simulated/vast.mjs";
import { VeniceAccount } from "./simulated/venice.mjs";
import { VercelAccount } from "./simulated/vercel.mjs";
import { XaiAccount } from "./simulated/xai.mjs";
import { ZaiAccount, ZhipuAccount } from "./simulated/zhipu.mjs";

const PROVIDERS = [
  DeepSeekAccount, AnthropicAccount, OpenAIAccount, OpenRouterAccount, GoogleAccount, GoogleTokens, MoonshotAccount, MoonshotMainlandAccount,
  XaiAccount, ZhipuAccount, ZaiAccount, RunPodAccount, MiniMaxAccount, MiniMaxMainlandAccount, OllamaAccount,
  GitHubAccount, VercelAccount, NovitaAccount, PpioAccount, StepFunAccount, StepFunMainlandAccount, DeepInfraAccount, ElevenLabsAccount,
  NanoGptAccount, TogetherAccount, FalAccount, FireworksAccount, DeepgramAccount, CloudflareAccount,
  VeniceAccount, AiHubMixAccount, Ai302Account, FeatherlessAccount, PoeAccount,
  VastAccount, DigitalOceanAccount, RailwayAccount,
];

export class Simulator {
  static async start() {
    const simulator = new this();
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
    this.hosts = PROVIDERS.map(({ host }) => host);
    this.now = () => Date.now(); // the providers' clock
    this.accounts = new Map(); // key -> account
    this.requests = []; // what arrived: { host, method, path, headers }, and what was answered: { status, bytes }
    this.faults = []; // what to answer instead, first come first served; the last one of `always` stays
    this.always = undefined;
    this.failing = {}; // by host: its answer until this is removed
    this.gate = undefined; // answers wait for it
  }

  add(account) {
    for (const key of account.keys) this.accounts.set(key, account);
    return account;
  }

  // Replaces the next answer by this: { status, headers, body }, "hang" or "reset".
  failOnce(fault) {
    this.faults.push(fault);
  }

  // Answers wait until the returned function is called; `arrived` resolves once this number of requests waits.
  hold(count = 1) {
    let release, noteArrival;
    this.gate = new Promise((open) => (release = open));
    const arrived = new Promise((note) => (noteArrival = note));
    this.onArrival = () => (count -= 1) || noteArrival();
    return { arrived, release: () => { this.gate = undefined; release(); } };
  }

  async serve(request, response) {
    const { host, ...headers } = request.headers;
    const seen = { host: host.replace(/:\d+$/, ""), method: request.method, path: request.url, headers };
    this.requests.push(seen);
    // A client that disconnected, such as a killed worker, does not get its answer.
    const sent = text(request).catch(() => "");
    this.onArrival?.();
    await this.gate;
    const fault = this.faults.shift() ?? this.failing[seen.host] ?? this.always;
    if (fault === "hang") return;
    if (fault === "reset") return request.socket.destroy();
    const { status = 200, headers: told = {}, body } = fault ?? this.answer(request, await sent);
    const answer = typeof body === "string" ? body : JSON.stringify(body);
    Object.assign(seen, { status, bytes: Buffer.byteLength(answer) });
    response.writeHead(status, { "content-type": "application/json", ...told }).end(answer);
  }

  answer({ method, url, headers }, body) {
    const host = headers.host.replace(/:\d+$/, "");
    const provider = PROVIDERS.find((provider) => provider.host === host);
    if (!provider) return { status: 404, body: "nobody lives here" };
    const { pathname: path, searchParams: query } = new URL(url, `https://${host}`);
    const asked = { method, path, query, headers, body, now: this.now() };
    if (provider.serve) return provider.serve({ ...asked, accounts: this.accounts });
    const key = headers["x-api-key"] ?? headers["xi-api-key"] ?? headers.authorization?.replace(/^Bearer /, "");
    const account = this.accounts.get(key);
    if (!(account instanceof provider)) return provider.refusal;
    return account.answer({ ...asked, key });
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
