import { answerTo, type HostileReader } from "@muir/test-kit";
import { afterEach, describe, expect, test } from "vitest";

const reader = (read: HostileReader["read"]): HostileReader => ({
  name: "made",
  files: [new Uint8Array()],
  read,
  isRefusal: (error): error is RangeError => error instanceof RangeError,
});
const answer = (read: HostileReader["read"]) => answerTo(reader(read), Uint8Array.of(1));
const refusing = (message: string) => () => {
  throw new RangeError(message);
};

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, "planted");
});

describe("answerTo", () => {
  test("is null where the reader reads, and the message where it refuses", async () => {
    expect(await answer((bytes) => bytes.length)).toBeNull();
    expect(await answer(refusing("no"))).toBe("no");
    expect(await answer(async () => refusing("no")())).toBe("no");
  });

  test("throws what is no refusal", async () => {
    await expect(
      answer(() => {
        throw new TypeError("x is undefined");
      }),
    ).rejects.toThrow(TypeError);
  });

  test.each([
    ["two lines", "a\nb"],
    ["a separator of lines", "a\u2028b"],
    ["an escape of the terminal", "\u001b[2J"],
  ])("finds %s", async (_, message) => {
    await expect(answer(refusing(message))).rejects.toThrow("not one printable line");
  });

  test("finds a message that nobody reads", async () => {
    await expect(answer(refusing("a".repeat(5000)))).rejects.toThrow("5000 letters");
  });

  test("finds what was put into a prototype", async () => {
    const plant = () => Object.assign(Object.prototype, { planted: 1 });
    await expect(answer(plant)).rejects.toThrow("changed a prototype");
  });
});
