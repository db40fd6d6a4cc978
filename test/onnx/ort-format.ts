/** ONNX → onnxruntime's own format, as Moonshine publishes its graphs. */
import { loadRuntime } from '../../src/engine/runtime.ts'

/** Reads the graph at `from` and writes what the runtime makes of it to `to`. */
export async function convertToOrt(from: string, to: string): Promise<void> {
  const { InferenceSession } = await loadRuntime()
  const session = await InferenceSession.create(from, {
    optimizedModelFilePath: to,
    graphOptimizationLevel: 'basic',
    intraOpNumThreads: 1,
    extra: { session: { save_model_format: 'ORT' } },
  })
  await session.release()
}
