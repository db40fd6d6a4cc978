/** `app.getAppMetrics`: this process and everything it started, as far as the operating system tells. */
import process from 'node:process'
import type Electron from 'electron'
import { engineIfAny } from './engine.ts'
import { descendantsOf, factsOf } from './processes.ts'
import type { ProcessFacts } from './processes.ts'

interface Label {
  readonly type: Electron.ProcessMetric['type']
  readonly name?: string
  readonly serviceName?: string
}

/** Chromium's `--type=` → Electron's words. */
const CHROMIUM: Readonly<Record<string, Label>> = {
  renderer: { type: 'Tab' },
  'gpu-process': { type: 'GPU' },
  zygote: { type: 'Zygote' },
}

/** Seen at the last call, for the share of the processor since then. */
const lastSeen = new Map<number, { readonly cpuSeconds: number; readonly at: number }>()

/** Names the processes that main itself has forked; told by `utilityProcess`. */
const named = new Map<number, string>()

export function nameProcess(pid: number, name: string): void {
  named.set(pid, name)
}

export function appMetrics(): Electron.ProcessMetric[] {
  return [process.pid, ...descendantsOf(process.pid)].flatMap((pid) => {
    const facts = factsOf(pid)
    const label = facts === undefined ? undefined : labelOf(facts)
    return facts === undefined || label === undefined ? [] : [metricOf(facts, label)]
  })
}

function metricOf(facts: ProcessFacts, label: Label): Electron.ProcessMetric {
  const at = performance.now()
  const before = lastSeen.get(facts.pid)
  lastSeen.set(facts.pid, { cpuSeconds: facts.cpuSeconds, at })
  const seconds = before === undefined ? 0 : (at - before.at) / 1000
  const used = before === undefined ? 0 : facts.cpuSeconds - before.cpuSeconds
  return {
    pid: facts.pid,
    ...label,
    creationTime: 0,
    cpu: {
      percentCPUUsage: seconds === 0 ? 0 : (100 * used) / seconds,
      cumulativeCPUUsage: facts.cpuSeconds,
      idleWakeupsPerSecond: 0,
    },
    memory: { workingSetSize: facts.residentKb, peakWorkingSetSize: facts.peakKb },
  }
}

/** Undefined for Chromium's own browser process and its helpers, which have no counterpart in Electron. */
function labelOf({ pid, args }: ProcessFacts): Label | undefined {
  if (pid === process.pid) return { type: 'Browser' }
  const name = named.get(pid)
  if (name !== undefined) return { type: 'Utility', name, serviceName: 'node.mojom.NodeService' }
  if (pid === engineIfAny()?.pid) return undefined
  const type = valueOf(args, '--type') ?? ''
  if (type !== 'utility') return CHROMIUM[type]
  const serviceName = valueOf(args, '--utility-sub-type') ?? 'unknown'
  return { type: 'Utility', name: serviceName, serviceName }
}

function valueOf(args: readonly string[], name: string): string | undefined {
  return args.find((argument) => argument.startsWith(`${name}=`))?.slice(name.length + 1)
}
