import { defineConfig } from "vite";

// with these two headers a page may share memory between threads; without them it trains on one
const isolated = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  build: { target: "es2022", chunkSizeWarningLimit: 3000 },
  server: { headers: isolated },
  preview: { headers: isolated },
});
