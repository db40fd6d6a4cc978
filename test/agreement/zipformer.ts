/** Both generations of streaming Zipformers, the product as it is, against sherpa-onnx. */
import { join } from 'node:path'
import { listFolder } from '../../src/engine/models/folder.ts'
import { TransducerStream } from '../../src/engine/models/transducer-stream.ts'
import { FAMILY } from '../../src/engine/models/zipformer.ts'
import { loadRuntime } from '../../src/engine/runtime.ts'
import { writeFiles } from '../onnx/nemo.ts'
import { zipformerFiles, type ZipformerToy } from '../onnx/zipformer.ts'
import type { Case, Comparison } from './agreement.ts'
import { CLIPS, padded, PIECES } from './clips.ts'
import { SHERPA, sherpaTokens } from './sherpa.ts'

const TOYS: readonly ZipformerToy[] = [1, 2, 3, 4, 5].flatMap((seed): ZipformerToy[] => {
  const pieces = ['<blk>', '<sos/eos>', '<unk>', ...PIECES.map((piece) => piece.toUpperCase())]
  return [
    { seed, generation: 2, pieces, blankBias: 2 },
    { seed: seed + 100, generation: 1, pieces, window: 39, shift: 32, blankBias: 2 },
  ]
})

/** @param scratch an empty folder. */
export async function zipformer(scratch: string): Promise<readonly Comparison[]> {
  const [first, second]: [Case[], Case[]] = [[], []]
  for (const toy of TOYS) {
    const folder = join(scratch, String(toy.seed))
    ;(toy.generation === 1 ? first : second).push(...(await compare(folder, toy)))
  }
  return [
    { family: 'Zipformer', reference: SHERPA, cases: first },
    { family: 'Zipformer 2', reference: SHERPA, cases: second },
  ]
}

/** What Steno adds behind the end, sherpa-onnx is given; and a frame more, for it waits for one. */
async function compare(folder: string, toy: ZipformerToy): Promise<Case[]> {
  await writeFiles(folder, zipformerFiles(toy))
  const ort = await loadRuntime()
  const listing = await listFolder(folder)
  await using model = await FAMILY.load({ ort, folder, listing, vad: '', threads: 1, wishes: {} })
  const ours: number[][] = []
  for (const { pcm } of CLIPS) {
    const decode =
      'open' in model && typeof model.open === 'function' ? (model.open as () => unknown)() : undefined
    if (!(decode instanceof TransducerStream)) throw new TypeError('it does not stream')
    await decode.push(pcm)
    await decode.finish()
    ours.push(decode.tokens)
  }
  const tail = 160 * ((toy.window ?? 45) + 30 + 1)
  const graph = (name: string): string => `${name}-epoch-99-avg-1.onnx`
  const graphs = [graph('encoder'), graph('decoder'), graph('joiner')] as const
  const theirs = sherpaTokens(
    folder,
    { kind: 'zipformer', graphs },
    80,
    CLIPS.map(({ pcm }) => padded(pcm, tail)),
  )
  return CLIPS.map(({ seconds }, index) => ({
    name: `weights ${toy.seed}, ${seconds} s`,
    ours: ours[index] ?? [],
    theirs: theirs[index] ?? [],
  }))
}
