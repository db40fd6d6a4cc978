/**
 * Downloads models into a store, to be killed at it; what came is slowed down, so that a kill hits the middle of it.
 * Arguments: the folder of the store, the address of the server, the models as JSON. Says how each of them ended.
 */
import { writeSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CatalogueModel } from '../../src/models/catalogue.ts'
import { install } from '../../src/models/install.ts'
import { ModelStore } from '../../src/models/store.ts'
import { systemClock } from '../../src/process/system-clock.ts'
import { asStenoError } from '../../src/shared/errors.ts'

export interface DownloadNews {
  readonly name: string
  /** `installed`, or the code of the error. */
  readonly outcome: string
}

const PIECE_BYTES = 8_192
const PIECE_MS = 2

const [folder = '', base = '', models = '[]'] = process.argv.slice(2)
const store = new ModelStore(folder)
const world = {
  fetch: slowly,
  clock: systemClock,
  date: Date.now,
  tuning: { downloadStallMs: 300, downloadRetryMs: [0, 0, 0], downloadWaitAtMostMs: 1_000 },
}
await store.cleanUp()
await Promise.all((JSON.parse(models) as CatalogueModel[]).map(one))

async function one(model: CatalogueModel): Promise<void> {
  let outcome = 'installed'
  const whole = (await store.list()).some(({ name, fault }) => name === model.name && fault === undefined)
  if (!whole) {
    await install(model, store, world, { base }).catch((error: unknown) => {
      outcome = asStenoError(error).code
    })
  }
  writeSync(1, `${JSON.stringify({ name: model.name, outcome } satisfies DownloadNews)}\n`)
}

async function slowly(...request: Parameters<typeof fetch>): Promise<Response> {
  const { body, status, headers } = await fetch(...request)
  const slow = new TransformStream<Uint8Array, Uint8Array>({
    async transform(piece, controller) {
      for (let at = 0; at < piece.length; at += PIECE_BYTES) {
        controller.enqueue(piece.subarray(at, at + PIECE_BYTES))
        await sleep(PIECE_MS)
      }
    },
  })
  // What breaks here breaks for whoever reads, too.
  void body?.pipeTo(slow.writable).catch(() => undefined)
  return new Response(body === null ? null : slow.readable, { status, headers })
}
