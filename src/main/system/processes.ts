/** The app's processes with what they use, for whoever watches. */
import { app, type ProcessMetric } from 'electron'
import type { Clock } from '../../shared/clock.ts'
import type { ProcessView } from '../../shared/dictation.ts'

const NAMES: Readonly<Partial<Record<ProcessMetric['type'], string>>> = {
  Browser: 'Steno',
  Tab: 'Window',
  GPU: 'Graphics',
}

/** Electron's figures in our terms. Pure. */
export function viewOf({ pid, type, name, cpu, memory }: ProcessMetric): ProcessView {
  return {
    pid,
    name: NAMES[type] ?? name ?? type,
    cpu: cpu.percentCPUUsage / 100,
    memoryBytes: memory.workingSetSize * 1024,
  }
}

/** Measures now and then every `everyMs` until disposed. */
export function watchProcesses(
  clock: Clock,
  everyMs: number,
  publish: (processes: readonly ProcessView[]) => void,
): Disposable {
  let timer: Disposable | undefined
  const measure = (): void => {
    publish(app.getAppMetrics().map(viewOf))
    timer = clock.after(everyMs, measure)
  }
  measure()
  return {
    [Symbol.dispose]() {
      timer?.[Symbol.dispose]()
    },
  }
}
