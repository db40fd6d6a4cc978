import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { builtInCard } from '../../../../src/main/models/built-in.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

let folder: string
inOwnFolder((made) => {
  folder = made
})

describe('the card of the built-in model', () => {
  it('says how much of the disk its files take', () => {
    writeFileSync(join(folder, 'model.onnx'), Buffer.alloc(700))
    writeFileSync(join(folder, 'tokens.txt'), Buffer.alloc(34))
    expect(builtInCard(folder).bytes).toBe(734)
  })

  it('is there even where the model is not, so that the app starts and can say so', () => {
    expect(builtInCard(join(folder, 'gone'))).toMatchObject({ title: 'Basic English', bytes: 0 })
  })
})
