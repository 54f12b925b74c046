import { decode } from "fast-png";
import { DOMParser } from "linkedom";

/** The picture inside a film, as one `#rrggbb` for each pixel. */
export function filmPicture(svg: string): { width: number; height: number; pixels: string[] } {
  const document = new DOMParser().parseFromString(svg, "image/svg+xml");
  const href = document.querySelector("image")!.getAttribute("href")!;
  const png = decode(Buffer.from(href.replace("data:image/png;base64,", ""), "base64"));
  const colours = png.palette!.map(
    (rgb) => `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`,
  );
  const pixels = Array.from(png.data, (index) => colours[index]!);
  return { width: png.width, height: png.height, pixels };
}
