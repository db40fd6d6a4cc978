/** Builds the app into out/ as `electron-vite build` does, quietly. */
import { build } from 'electron-vite'

export async function buildApp(root: string): Promise<void> {
  const cwd = process.cwd()
  process.chdir(root)
  try {
    await build({ root, logLevel: 'warn' })
  } finally {
    process.chdir(cwd)
  }
}
