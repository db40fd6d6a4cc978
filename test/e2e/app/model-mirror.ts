/** Generated models on a server of this machine, and a catalogue that names them. */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FileServer, type FileServerOptions } from '../../fakes/file-server.ts'
import { writeToyCtc } from '../../onnx/ctc.ts'

/** So much beside the toy's own files that there is something to wait for. */
const BALLAST_BYTES = 4_000_000
const REVISION = '0123456789abcdef'

export const TOY = {
  /** A name that is recommended for English on any machine. */
  name: 'moonshine-streaming-tiny',
  title: 'Toy model',
} as const

export interface Mirror {
  readonly server: FileServer
  /** What the app is to be started with. */
  readonly env: Readonly<Record<string, string>>
}

export interface MirrorOptions extends FileServerOptions {
  /** The graph is none: the model comes as it was published and cannot be loaded. */
  readonly spoilt?: boolean
}

/** @param folder of the test; the server is the caller's to put away. */
export async function modelMirror(
  folder: string,
  { spoilt = false, ...options }: MirrorOptions = {},
): Promise<Mirror> {
  const source = join(folder, 'toy')
  await mkdir(source, { recursive: true })
  await writeToyCtc(source)
  await writeFile(join(source, 'ballast.bin'), Buffer.alloc(BALLAST_BYTES, 7))
  if (spoilt) await writeFile(join(source, 'model.onnx'), 'this is no graph')
  const names = (await readdir(source)).sort()
  const contents = await Promise.all(
    names.map(async (name) => [name, await readFile(join(source, name))] as const),
  )
  const files = contents.map(([path, body]) => ({
    path,
    bytes: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
  }))
  const catalogue = {
    version: 1,
    models: [
      {
        ...TOY,
        ...{ family: 'ctc', languages: ['en'], licence: 'MIT', speed: 'instant' },
        goodFor: 'Tests: what it writes means nothing',
        repository: 'toys/one',
        revision: REVISION,
        files,
      },
    ],
  }
  const list = join(folder, 'catalogue.json')
  await writeFile(list, JSON.stringify(catalogue))
  const served = contents.map(([name, body]) => [`/toys/one/resolve/${REVISION}/${name}`, body] as const)
  return { server: await FileServer.start(new Map(served), options), env: { STENO_CATALOGUE: list } }
}
