/** Text that is already SVG or HTML, so that {@link markup} puts it in as it is. */
export interface Markup {
  readonly markup: string;
}

type Insert = string | number | Markup | undefined | false | readonly Insert[];

/**
 * A template for SVG and HTML in which every inserted string is escaped; only another
 * {@link Markup} goes in as it is. `undefined` and `false` insert nothing, lists are joined.
 *
 * One gate for all that a run's files say: a task named `<script>` is a task with an odd name.
 *
 * @example
 * ```ts
 * markup`<p>${"a < b"}</p>`.markup; // "<p>a &lt; b</p>"
 * ```
 */
export function markup(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  return trusted(parts.reduce((text, part, i) => text + render(inserts[i - 1]) + part));
}

/** Marks text as SVG or HTML that was made here, not read from a file. */
export function trusted(text: string): Markup {
  return { markup: text };
}

/**
 * Text with the five characters that mean something in XML written as references, and those that
 * XML 1.0 cannot hold at all (most control characters, lone surrogates) replaced by U+FFFD.
 */
export function escapeMarkup(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => references[character]!);
}

/** Text with every character that XML 1.0 cannot hold replaced by U+FFFD. */
export function printable(text: string): string {
  return text.replace(notInXml, "\ufffd");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function render(insert: Insert): string {
  if (insert === undefined || insert === false) return "";
  if (typeof insert === "number") return String(insert);
  if (typeof insert === "string") return escapeMarkup(insert);
  if ("markup" in insert) return insert.markup;
  return insert.map(render).join("");
}
