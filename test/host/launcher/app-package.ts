/** Finds out what app a path means: its package.json and its main file. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

export interface AppPackage {
  readonly folder: string
  readonly main: string
  readonly name: string
  readonly version: string
}

interface PackageJson {
  readonly name?: string
  readonly productName?: string
  readonly version?: string
  readonly main?: string
}

/** `path` is a folder with a package.json or a file; throws when there is nothing to run. */
export function findApp(
  path: string,
  fallback: { readonly name: string; readonly version: string },
): AppPackage {
  const full = resolve(path)
  const isFolder = existsSync(full) && statSync(full).isDirectory()
  const manifest = isFolder ? readManifest(join(full, 'package.json')) : {}
  return {
    folder: isFolder ? full : dirname(full),
    main: createRequire(import.meta.url).resolve(isFolder ? join(full, manifest.main ?? 'index.js') : full),
    name: manifest.productName ?? manifest.name ?? fallback.name,
    version: manifest.version ?? fallback.version,
  }
}

function readManifest(file: string): PackageJson {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PackageJson) : {}
}
