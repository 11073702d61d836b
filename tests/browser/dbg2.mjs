import { launch } from "./chromium.mjs";
import { Simulator } from "./simulator.mjs";
const simulator = await Simulator.start();
const browser = await launch({ simulator });
const worker = await browser.worker();
worker.on("console", (m) => console.log("console", m.text()));
const dash = await browser.dashboard();
const r = await worker.evaluate(async () => { const out=[]; 
 const race=(p)=>Promise.race([p,new Promise(r=>setTimeout(()=>r("timeout"),1500))]);
 try { const resp = await race(fetch(chrome.runtime.getURL("drawdown_bg.wasm"))); out.push(resp.status??resp); } catch(e){out.push("fetch "+e)}
 try { const m = await race(WebAssembly.compileStreaming(fetch(chrome.runtime.getURL("drawdown_bg.wasm")))); out.push(String(m)); } catch(e){out.push("compile "+e)}
 try { out.push(String(await race(chrome.storage.session.get(["x"])))); } catch(e){out.push("session "+e)}
 try { out.push(String(await race(chrome.alarms.get("refresh")))); } catch(e){out.push("alarm "+e)}
 return out; });
console.log(r);
const page = await browser.open("popup.html");
console.log(await page.evaluate(async () => { const m = await import("./drawdown.js"); const w = await m.default(); const race=(p)=>Promise.race([p,new Promise(r=>setTimeout(()=>r("timeout"),1500))]); try { return await race(m.message('{"page":"popup","do":"show"}')); } catch (e) { return "ERR "+e.stack } }));
await browser.close(); await simulator.stop();
