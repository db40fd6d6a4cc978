/**
 * `node test/e2e/conformance/claims.ts` writes the table claim → source → tag into test/host/README.md. A claim is a
 * test's title, its source the comment above it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'

const readme = resolve(import.meta.dirname, '../../host/README.md')
const START = '<!-- claims: written by test/e2e/conformance/claims.ts -->\n<!-- prettier-ignore-start -->\n'
const END = '<!-- prettier-ignore-end -->\n<!-- end of claims -->'

const ABOUT = /^\/\*\* (?<about>.*) \*\/$/m
const CLAIM =
  /\/\/ Source: (?<source>.+)\n\s+test\(\s*(?<quote>['"])(?<title>.+?)\k<quote>,(?: \{ tag: '(?<tag>@\w+)' \},)?/g

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.spec.ts'))
const sections = files.sort().map((name) => {
  const text = readFileSync(join(import.meta.dirname, name), 'utf8')
  const rows = [...text.matchAll(CLAIM)].map(({ groups = {} }) =>
    ['', groups['title']?.replaceAll('\\', ''), groups['source'], groups['tag'] ?? '', ''].join(' | ').trim(),
  )
  const tests = text.match(/^\s+test\(/gm)?.length ?? 0
  if (rows.length !== tests)
    throw new Error(`${name}: ${tests} tests, but ${rows.length} of them name a source`)
  const about = ABOUT.exec(text)?.groups?.['about'] ?? ''
  const table = ['| claim | source | tag |', '| --- | --- | --- |', ...rows].join('\n')
  return { count: rows.length, text: `### ${name.replace('.spec.ts', '')}\n\n${about}\n\n${table}\n` }
})

const [before = '', after = ''] = readFileSync(readme, 'utf8').split(
  /<!-- claims.*-->\n[^]*<!-- end of claims -->/,
)
const body = sections.map(({ text }) => text).join('\n')
writeFileSync(readme, `${before}${START}\n${body}\n${END}${after}`)
const total = sections.reduce((sum, { count }) => sum + count, 0)
process.stdout.write(`${total} claims from ${files.length} files\n`)
