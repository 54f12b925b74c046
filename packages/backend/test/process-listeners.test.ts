import { useBackend } from "@muir/backend";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, test } from "vitest";
import { leaveAsFound, restartWasm } from "./backends.js";

const events = ["uncaughtException", "unhandledRejection"] as const;
type Listener = (...values: unknown[]) => void;

const listeners = () => events.map((event) => process.listeners(event as "uncaughtException"));

afterEach(leaveAsFound);

describe("starting the wasm backend", () => {
  test("twice at once starts it once, for both", async () => {
    await restartWasm();
    const both = await Promise.all([useBackend("wasm"), useBackend("wasm")]);
    expect(both.map(({ name }) => name)).toEqual(["wasm", "wasm"]);
    expect(tf.getBackend()).toBe("wasm");
  });

  test("by itself leaves listeners that change how errors are reported", async () => {
    await restartWasm();
    const before = listeners();
    await tf.setBackend("wasm");
    const added = listeners().map((now, i) => now.filter((one) => !before[i]!.includes(one)));
    events.forEach((event, i) => {
      for (const listener of added[i]!) process.removeListener(event, listener);
    });
    // where this fails, the backend has mended its ways and useBackend need not tidy up any more
    expect(added.map(({ length }) => length)).toEqual([1, 1]);
  });

  test("with useBackend leaves those that were there, and no other", async () => {
    await restartWasm();
    const own: Listener = () => {};
    for (const event of events) process.on(event, own);
    const before = listeners();
    const meanwhile: Listener[] = [];
    const adding = setInterval(() => {
      if (meanwhile.length === 5) return;
      meanwhile.push(() => {});
      for (const event of events) process.on(event, meanwhile.at(-1)!);
    }, 1);
    await useBackend("wasm");
    clearInterval(adding);
    expect(meanwhile.length).toBeGreaterThan(0);
    expect(listeners()).toEqual(before.map((there) => [...there, ...meanwhile]));
    for (const event of events) {
      for (const listener of [own, ...meanwhile]) process.removeListener(event, listener);
    }
  });
});
