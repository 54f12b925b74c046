import { defineConfig } from "vitest/config";

// without a file here vitest would take the repository's settings, which test the packages' sources
export default defineConfig({});
