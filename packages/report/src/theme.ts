/**
 * Colours of figures and pages. Ink and surface follow the reader's light or dark setting; series
 * colours are mid-tones that read on both, so that a figure is one file for both.
 */
export const theme = {
  light: { ink: "#1c2128", surface: "#ffffff", ground: "#f4f5f7", line: "#dfe2e7" },
  dark: { ink: "#e6e9ee", surface: "#161a20", ground: "#0e1115", line: "#2b313a" },
  accent: "#3d7ce0",
  warm: "#d9662b",
  series: ["#3d7ce0", "#d9662b", "#1d9a7f", "#b557b0", "#a3851d", "#6f7d8f"],
  font: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
} as const;
