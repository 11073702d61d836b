// Lets the monkey loose: `node main.mjs SEED ROUNDS BROWSER...`. It prints the seed, and where something is wrong, the steps.
import { makeProfile, removeProfile } from "../browser/chromium.mjs";
import { Simulator } from "../browser/simulator.mjs";
import { Monkey } from "./monkey.mjs";

const [seed, rounds, ...browsers] = process.argv.slice(2);

const handsOf = {
  chromium: async (scene) => (await import("./chromium.mjs")).ChromiumHands.start(scene),
  firefox: async (scene) => (await import("./firefox.mjs")).FirefoxHands.start(scene),
};

async function play(browser) {
  const began = Date.now();
  const simulator = await Simulator.start();
  const profile = makeProfile();
  let hands, monkey;
  try {
    hands = await handsOf[browser]({ simulator, profile });
    monkey = new Monkey({ hands, simulator, profile, seed: Number(seed) });
    await monkey.begin();
    for (let round = 0; round < Number(rounds); round += 1) await monkey.round();
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(`${browser}, seed ${seed}: ${rounds} rounds in ${seconds} s, of which ${monkey.missed} missed what they reached for; nothing is wrong`);
    return true;
  } catch (problem) {
    console.log(`${browser}, seed ${seed}: ${problem.stack}\nThe steps were:`);
    monkey?.steps.forEach((step, index) => console.log(`${String(index).padStart(5)}  ${step}`));
    console.log(`Again: ./build.sh monkey ${seed} ${rounds}`);
    return false;
  } finally {
    await hands?.close();
    await simulator.stop();
    removeProfile(profile);
  }
}

for (const browser of browsers) if (!await play(browser)) process.exitCode = 1;
