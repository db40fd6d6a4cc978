/**
 * `npm run bench`: measures, then writes docs/performance.md and bench/latest.json. `npm run bench -- families` is a
 * measurement of its own, since it takes its time; its section of the page stays as it is.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { accuracy } from './accuracy.ts'
import { appStages } from './app.ts'
import { families, familiesIn } from './families/run.ts'
import { hostCost } from './host.ts'
import { table, type Section } from './figures.ts'
import { liveCost, livePartials, liveWaits, noSpeech } from './live.ts'
import { memory, recovery, startAndStop, supervisedAgainstInProcess } from './supervision.ts'

const root = resolve(import.meta.dirname, '..')
const MEASUREMENTS = [
  startAndStop,
  supervisedAgainstInProcess,
  recovery,
  memory,
  accuracy,
  livePartials,
  liveCost,
  liveWaits,
  noSpeech,
  appStages,
  hostCost,
]

const [only, ...names] = process.argv.slice(2)
if (only === 'families') await families(names)
else await everything()

async function everything(): Promise<void> {
  const sections: Section[] = []
  for (const measure of MEASUREMENTS) {
    const section = await measure()
    // What this machine has nothing for is left out.
    if (section === undefined) continue
    sections.push(section)
    process.stdout.write(`${table(section)}\n`)
  }

  const cores = cpus()
  const machine = `${cores[0]?.model ?? 'unknown processor'}, ${cores.length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform}, Node ${process.versions.node}`
  const page = [
    '# Performance',
    '',
    `Written by \`npm run bench\` on: ${machine}. The machine is shared, so look at ratios and medians, not at single times.`,
    '',
    ...sections.map(table),
  ].join('\n')
  const document = join(root, 'docs/performance.md')
  writeFileSync(document, `${page}\n${familiesIn(readFileSync(document, 'utf8'))}`)

  const figures = Object.assign({}, ...sections.map((section) => section.figures)) as Record<string, number>
  writeFileSync(join(root, 'bench/latest.json'), `${JSON.stringify({ machine, ...figures }, null, 2)}\n`)
}
