import * as Plot from "@observablehq/plot";
import { DOMParser } from "linkedom";
import { type Markup, trusted } from "./markup.js";

/** One axis of a {@link chart}. */
export interface Axis {
  readonly type?: "linear" | "log" | "band";
  readonly domain: readonly (number | string)[];
  readonly ticks: readonly (number | string)[];
  readonly label: string;
  format(tick: number | string): string;
}

interface ChartOptions {
  readonly width: number;
  readonly height: number;
  readonly margins: {
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly left: number;
  };
  readonly x: Axis;
  readonly y: Axis;
  readonly marks: readonly Plot.Markish[];
}

/**
 * Axes and marks in the one look that all charts share: light horizontal lines, no frame, labels
 * at the ends of the axes.
 *
 * Drawn with Observable Plot, without its outer element and style sheet, whose class names would
 * differ from figure to figure. The document is an XML one, so that what it writes is XML.
 */
export function chart({ width, height, margins, x, y, marks }: ChartOptions): Markup {
  const plot = Plot.plot({
    document: new DOMParser().parseFromString(emptyDocument, "image/svg+xml") as never,
    width,
    height,
    marginTop: margins.top,
    marginRight: margins.right,
    marginBottom: margins.bottom,
    marginLeft: margins.left,
    x: scale(x),
    y: scale(y),
    marks: [
      Plot.gridY([...y.ticks], { stroke: "currentColor", strokeOpacity: 0.1 }),
      Plot.axisX([...x.ticks], { ...axisLook, text: x.format, tickPadding: 5 }),
      Plot.axisY([...y.ticks], { ...axisLook, text: y.format, tickPadding: 6 }),
      Plot.text([y.label], {
        ...labelLook,
        frameAnchor: "top-left",
        dx: 16 - margins.left,
        dy: -10,
      }),
      Plot.text([x.label], { ...labelLook, frameAnchor: "bottom", textAnchor: "middle", dy: 36 }),
      ...marks,
    ],
  });
  plot.querySelector("style")?.remove();
  return trusted(plot.innerHTML);
}

/** Options of a label that stays readable over lines: a rim in the colour of the page. */
export const haloed = {
  className: "muir-halo",
  fill: "currentColor",
  stroke: "#ffffff",
  strokeWidth: 4,
} as const;

const labelLook = {
  fill: "currentColor",
  fillOpacity: 0.65,
  fontSize: 12,
  lineAnchor: "bottom",
} as const;

const axisLook = { label: null, tickSize: 0, fontSize: 12 } as const;

const emptyDocument = '<svg xmlns="http://www.w3.org/2000/svg"/>';

function scale({ type, domain }: Axis): Plot.ScaleOptions {
  return { type: type ?? "linear", domain: [...domain], label: null };
}
