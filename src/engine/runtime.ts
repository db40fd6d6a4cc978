/**
 * The one door to onnxruntime-node. It is imported late, so that a machine on which it cannot be loaded gets an
 * error and not a crash, and its failures are put into the user's words.
 *
 * Session options follow measurements: default spinning burns several times the CPU between runs, and more threads
 * than cores make inference slower, not faster.
 */
import { stat } from 'node:fs/promises'
import type * as OrtModule from 'onnxruntime-node'
import { StenoError, textOf } from '../shared/errors.ts'

export type Ort = typeof OrtModule
export type Session = OrtModule.InferenceSession

export async function loadRuntime(): Promise<Ort> {
  // From 1.29 on the library tells its maker about models and runs, over the network and with an id of the device.
  // Read when it is loaded; on Windows, where this is not read, its events go to the system's tracing alone.
  process.env['ORT_DISABLE_TELEMETRY'] = '1'
  try {
    return await import('onnxruntime-node')
  } catch (error) {
    throw new StenoError('runtime-missing', `The inference library cannot be loaded: ${firstLine(error)}`, {
      hint: 'Install Steno again; on Windows, also the Visual C++ runtime.',
      cause: error,
    })
  }
}

/** Opens the graph at `path`. Rejects with `model-missing` or `model-corrupt`, naming the file. */
export async function openSession(ort: Ort, path: string, threads: number): Promise<Session> {
  await assertFile(path)
  try {
    return await ort.InferenceSession.create(path, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      // Segments differ in length: a pattern per shape would only grow.
      enableMemPattern: false,
      logSeverityLevel: 3,
      extra: { session: { intra_op: { allow_spinning: '0' }, set_denormal_as_zero: '1' } },
    })
  } catch (error) {
    throw new StenoError('model-corrupt', `The model file cannot be read: ${path}`, {
      file: path,
      hint: 'It is cut short or damaged: fetch the model again.',
      cause: firstLine(error),
    })
  }
}

export async function assertFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() === true) return
  throw new StenoError('model-missing', `The model file is missing: ${path}`, {
    file: path,
    hint: 'Fetch the model again, or choose another one.',
  })
}

function firstLine(error: unknown): string {
  return textOf(error).split('\n', 1)[0] ?? ''
}
