import { expect } from "vitest";

/**
 * Reads `text` as strictly as an XML parser would (linkedom mends what is broken): every element is
 * closed in order, every attribute is quoted and there once, and no bare `<` or `&`, no character
 * that XML cannot hold. HTML may leave `meta` open and start with its doctype.
 */
export function expectWellFormed(text: string): void {
  expect(text.match(forbidden)?.[0]).toBeUndefined();
  const open: string[] = [];
  let rest = text.replace(/^<!doctype html>\s*/, "");
  while (rest !== "") {
    const content = /^[^<]*/.exec(rest)![0];
    expect(content.replace(reference, "")).not.toContain("&");
    rest = rest.slice(content.length);
    if (rest === "") break;
    const tag = /^<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/.exec(rest);
    expect(tag, `no tag at ${rest.slice(0, 80)}`).not.toBeNull();
    const [whole, closes, name, attributes, selfCloses] = tag!;
    expect(attributes!.replace(reference, "")).not.toContain("&");
    const names = [...attributes!.matchAll(/\s([\w:-]+)=/g)].map(([, attribute]) => attribute);
    expect(new Set(names).size).toBe(names.length);
    if (closes === "/") expect(open.pop()).toBe(name);
    else if (selfCloses !== "/" && name !== "meta") open.push(name!);
    rest = rest.slice(whole.length);
  }
  expect(open).toEqual([]);
}

const reference = /&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;
