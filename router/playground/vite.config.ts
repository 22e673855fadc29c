import { defineConfig } from "vite";

export default defineConfig({
  // Where the router serves it.
  base: "/playground/",
  build: {
    // Monaco, the editor inside, is one large piece by nature.
    chunkSizeWarningLimit: 8192,
    // "use client" means something to servers that render React; here is none.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
