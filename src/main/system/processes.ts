/** The app's processes with what they use, for whoever watches. */
import { app, type ProcessMetric } from 'electron'
import type { Clock } from '../../shared/clock.ts'
import type { ProcessView } from '../../shared/dictation.ts'

const NAMES: Readonly<Partial<Record<ProcessMetric['type'], string>>> = {
  Browser: 'Steno',
  Tab: 'Page',
  GPU: 'Graphics',
}

/** Electron's figures in our terms. Pure. @param pageOf what a renderer shows, where that is known. */
export function viewOf(
  { pid, type, name, cpu, memory }: ProcessMetric,
  pageOf: (pid: number) => string | undefined,
): ProcessView {
  return {
    pid,
    name: pageOf(pid) ?? NAMES[type] ?? name ?? type,
    cpu: cpu.percentCPUUsage / 100,
    memoryBytes: memory.workingSetSize * 1024,
  }
}

/** Measures now and then every `everyMs` until disposed. */
export function watchProcesses(
  clock: Clock,
  everyMs: number,
  pageOf: (pid: number) => string | undefined,
  publish: (processes: readonly ProcessView[]) => void,
): Disposable {
  let timer: Disposable | undefined
  const measure = (): void => {
    publish(app.getAppMetrics().map((metric) => viewOf(metric, pageOf)))
    timer = clock.after(everyMs, measure)
  }
  measure()
  return {
    [Symbol.dispose]() {
      timer?.[Symbol.dispose]()
    },
  }
}
