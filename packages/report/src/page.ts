import { createHash } from "node:crypto";
import { type Markup, markup, trusted } from "./markup.js";
import { pageStyle } from "./page-style.js";

interface PageParts {
  readonly title: string;
  /** What stands above the title, small. */
  readonly eyebrow: string;
  /** What was run, as pairs of name and value. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Under the title, over its whole width. */
  readonly strip?: Markup | undefined;
  readonly body: Markup;
  /** What the page runs; nothing unless given. It may then ask the server it came from, and no other. */
  readonly script?: string | undefined;
}

/**
 * A whole HTML document in which everything is inline and nothing runs but `script`. Its content
 * policy lets a browser load nothing from anywhere.
 */
export function page({ title, eyebrow, facts, strip, body, script }: PageParts): string {
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta http-equiv="Content-Security-Policy" content="${policy(script)}"><title>${title}</title><style>${trusted(pageStyle)}</style></head>
<body><main><header><p class="eyebrow">${eyebrow}</p><h1>${title}</h1><dl class="facts">${facts.map(
    ([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>${strip}</header>
${body}
<footer>Modular universal reparameterization: <a href="https://arxiv.org/abs/1906.00097">Meyerson and Miikkulainen, 2019</a>.</footer></main>${script !== undefined && markup`<script>${trusted(script)}</script>`}</body></html>
`.markup;
}

/** Of scripts it allows the one with this checksum, so that no name in a run's files can become one. */
function policy(script: string | undefined): Markup {
  const base = "default-src 'none';style-src 'unsafe-inline';img-src data:";
  if (script === undefined) return trusted(base);
  const checksum = createHash("sha256").update(script).digest("base64");
  return trusted(`${base};script-src 'sha256-${checksum}';connect-src 'self'`);
}

interface FigureParts {
  readonly title: string;
  /** One sentence that says what to look for. */
  readonly caption: string;
  readonly width?: number;
  /** Draws the figure that wide, without a heading of its own. */
  draw(width: number): string;
}

/**
 * A section with one figure, drawn twice: for a desk and for a phone, where the first would only
 * be its own miniature. The style sheet shows the one that fits.
 */
export function figureSection({ title, caption, width = 940, draw }: FigureParts): Markup {
  return markup`<section><figure><h2>${title}</h2><figcaption>${caption}</figcaption><div class="card"><div class="wide">${trusted(draw(width))}</div><div class="narrow">${trusted(draw(356))}</div></div></figure></section>`;
}
