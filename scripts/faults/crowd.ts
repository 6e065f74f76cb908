// Entrance of a child process. Many well nodes in one process, so that one signal hangs them all: `crowd.ts HOST-PREFIX COUNT`.
// Prints a line with the address of each: nodes of one port at HOST-PREFIX.0.1, .0.2 and so on, all of this machine.
import { startScriptedNode } from "#test/scripted-node";

const [prefix = "127.1", count = "1"] = process.argv.slice(2);
const addressOf = (index: number) => `${prefix}.${Math.floor(index / 250)}.${(index % 250) + 1}`;
const { port } = await startScriptedNode(() => "well", 0, "0.0.0.0");
const addresses = Array.from({ length: Number(count) }, (_, index) => `${addressOf(index)}:${port}`);
process.stdout.write(`${addresses.join("\n")}\nready\n`);
