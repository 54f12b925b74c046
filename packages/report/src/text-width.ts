import { printable } from "./markup.js";

/**
 * About how many pixels a line of text takes, for placing labels where no browser can measure.
 *
 * A little generous (0.56 em a character, full width for East Asian scripts and emoji): a label
 * that might not fit is treated as one that does not.
 */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += character.codePointAt(0)! >= 0x1100 ? 1.05 : 0.56;
  return ems * fontSize;
}

/** `text`, cut with an ellipsis where it would be wider than `width` pixels. */
export function fitText(
  text: string,
  { width, fontSize }: { width: number; fontSize: number },
): string {
  const characters = [...printable(text)];
  if (textWidth(characters.join(""), fontSize) <= width) return characters.join("");
  while (characters.length > 0 && textWidth(`${characters.join("")}…`, fontSize) > width) {
    characters.pop();
  }
  return `${characters.join("").trimEnd()}…`;
}

/** `text` in lines of at most `width` pixels, broken at spaces; a longer word is cut. */
export function wrapText(
  text: string,
  { width, fontSize }: { width: number; fontSize: number },
): string[] {
  const lines: string[] = [];
  for (const word of printable(text).split(/\s+/)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, fontSize) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => fitText(line, { width, fontSize }));
}
