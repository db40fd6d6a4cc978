/** docs/performance.md: one section for each measurement, each with the machine it was made on. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { table, type Section } from './figures.ts'
import { svgOf } from './plot.ts'

const ROOT = resolve(import.meta.dirname, '..')
export const DOCUMENT = join(ROOT, 'docs/performance.md')
const PLOTS = join(ROOT, 'docs/plots')
const FIGURES = join(ROOT, 'bench/latest.json')

/** Puts the section in the place it has, or behind all others; its figures into bench/latest.json. */
export function writeSection(section: Section): void {
  mkdirSync(PLOTS, { recursive: true })
  const plots = (section.plots ?? []).map((chart) => {
    const file = `${slug(chart.title)}.svg`
    writeFileSync(join(PLOTS, file), svgOf(chart))
    return `![${chart.title}](plots/${file})\n`
  })
  const text = [table(section), ...plots, `_${machine()}_\n`].join('\n')
  writeFileSync(DOCUMENT, withSection(readFileSync(DOCUMENT, 'utf8'), section.title, text))
  const known = JSON.parse(readFileSync(FIGURES, 'utf8')) as Record<string, unknown>
  writeFileSync(FIGURES, `${JSON.stringify({ ...known, ...section.figures }, null, 2)}\n`)
}

/** @param text begins with `## title`. */
export function withSection(page: string, title: string, text: string): string {
  const sections = page.split(/^(?=## )/m)
  const at = sections.findIndex((section) => section.startsWith(`## ${title}\n`))
  if (at < 0) return `${page.trimEnd()}\n\n${text}`
  const last = at === sections.length - 1
  return sections.with(at, last ? text : `${text}\n`).join('')
}

/** The section of that title as it stands in a page; '' where there is none. */
export function sectionOf(page: string, title: string): string {
  return page.split(/^(?=## )/m).find((section) => section.startsWith(`## ${title}\n`)) ?? ''
}

export function machine(): string {
  const cores = cpus()
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GB`
  return `${cores[0]?.model ?? 'unknown processor'}, ${cores.length} cores, ${memory}, ${process.platform}, Node ${process.versions.node}`
}

function slug(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}
