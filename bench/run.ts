/**
 * `npm run bench -- [NAME …]`: measures what is named, or everything but families and latency, which take an hour
 * each; each result takes its place in docs/performance.md and bench/latest.json.
 */
import process from 'node:process'
import { accuracy } from './accuracy.ts'
import { appStages } from './app.ts'
import { families, latency } from './families/run.ts'
import { hostCost } from './host.ts'
import { table, type Section } from './figures.ts'
import { liveCost, livePartials, liveWaits, noSpeech } from './live.ts'
import { writeSection } from './page.ts'
import { memory, recovery, startAndStop, supervisedAgainstInProcess } from './supervision.ts'

const MEASUREMENTS: Readonly<Record<string, () => Promise<Section | undefined>>> = {
  start: startAndStop,
  supervision: supervisedAgainstInProcess,
  recovery,
  memory,
  accuracy,
  partials: livePartials,
  cost: liveCost,
  waits: liveWaits,
  silence: noSpeech,
  app: appStages,
  host: hostCost,
}

const [first, ...others] = process.argv.slice(2)
if (first === 'families') await families(others)
else if (first === 'latency') await latency(others)
else await measure(first === undefined ? Object.keys(MEASUREMENTS) : [first, ...others])

async function measure(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in MEASUREMENTS))
  if (unknown.length > 0) {
    process.stderr.write(
      `bench: there is no ${unknown.join(', ')}: ${Object.keys(MEASUREMENTS).join(', ')}, families, latency\n`,
    )
    process.exitCode = 2
    return
  }
  for (const name of names) {
    const section = await MEASUREMENTS[name]?.()
    // What this machine has nothing for is left out.
    if (section === undefined) continue
    writeSection(section)
    process.stdout.write(`${table(section)}\n`)
  }
}
