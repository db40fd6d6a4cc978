import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openAudio } from '../../../../src/audio/read.ts'
import { readSound, secondsIn, SoundFile } from '../../../../src/main/custody/sound-file.ts'
import { rounded } from '../../../../src/main/custody/pcm16.ts'
import { joined } from '../../../fakes/speech.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

let folder: string
const noise = rounded(Float32Array.from({ length: 1_000 }, (_, index) => Math.sin(index * index) * 0.9))

inOwnFolder((made) => {
  folder = made
})

describe('a sound file', () => {
  it('gives back what was written, and is a WAV file to everybody', async () => {
    const path = join(folder, '1.wav')
    const file = new SoundFile(path, fail)
    file.append(noise.subarray(0, 400))
    file.append(noise.subarray(400))
    file.close()
    file.close()
    expect(readSound(path)).toEqual(noise)
    const pieces: Float32Array[] = []
    await using audio = await openAudio(path)
    for await (const piece of audio.pcm()) pieces.push(piece)
    expect(joined(pieces)).toEqual(noise)
    expect(secondsIn(path)).toBe(1_000 / 16_000)
  })

  it('is read up to the last whole sample when it was never closed, cut at any byte', () => {
    const path = join(folder, '2.wav')
    new SoundFile(path, fail).append(noise.subarray(0, 50))
    const whole = readFileSync(path).length
    for (let length = whole; length >= 0; length--) {
      truncateSync(path, length)
      const samples = Math.floor(Math.max(0, length - 44) / 2)
      expect(readSound(path)).toEqual(noise.subarray(0, samples))
      expect(secondsIn(path)).toBe(samples / 16_000)
    }
  })

  it('tells once that the disk refuses, and writes what waited when it does not any more', () => {
    const later = join(folder, 'later')
    const path = join(later, '3.wav')
    let told = 0
    const file = new SoundFile(path, () => void (told += 1))
    for (let turn = 0; turn < 9; turn++) file.append(noise.subarray(turn * 100, turn * 100 + 100))
    expect(told).toBe(1)
    mkdirSync(later)
    file.append(noise.subarray(900))
    file.close()
    expect(readSound(path)).toEqual(noise)
  })

  it('never writes over another file', () => {
    const path = join(folder, '4.wav')
    writeFileSync(path, 'precious')
    let told = 0
    const file = new SoundFile(path, () => void (told += 1))
    file.append(noise)
    file.close()
    expect([told, readFileSync(path, 'utf8')]).toEqual([1, 'precious'])
  })
})

function fail(error: unknown): void {
  throw error
}
