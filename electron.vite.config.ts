import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

export default defineConfig({
  main: {
    build: { rolldownOptions: { input: resolve('src/main/index.ts') } },
  },
  preload: {
    build: {
      externalizeDeps: false,
      // A sandboxed preload is loaded as a plain script: one file each, no ES module.
      isolatedEntries: true,
      rolldownOptions: {
        input: { window: resolve('src/preload/window.ts'), capture: resolve('src/preload/capture.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve('src/renderer'),
    plugins: [react()],
    build: {
      rolldownOptions: {
        input: {
          index: resolve('src/renderer/index.html'),
          overlay: resolve('src/renderer/overlay.html'),
          capture: resolve('src/renderer/capture.html'),
        },
      },
      // The content security policy allows no data: scripts, and WebAssembly is fetched as a file.
      assetsInlineLimit: 0,
      minify: true,
    },
  },
})
