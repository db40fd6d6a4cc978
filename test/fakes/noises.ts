/** Sounds of a room in which nobody speaks, by formula. Levels as a microphone at half a metre hears them. */
import { SAMPLE_RATE, samplesOf, type Pcm } from '../../src/shared/audio.ts'

type Random = () => number

export const NOISES: Readonly<Record<string, (seconds: number, seed: number) => Pcm>> = {
  silence: (seconds, seed) => hiss(seconds, randomOf(seed), 3e-5),
  hum: (seconds, seed) => hum(seconds, randomOf(seed)),
  fan: (seconds, seed) => fan(seconds, randomOf(seed)),
  keyboard: (seconds, seed) => keyboard(seconds, randomOf(seed)),
  breath: (seconds, seed) => breath(seconds, randomOf(seed)),
}

function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => (state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0) / 2 ** 32
}

function hiss(seconds: number, random: Random, level: number): Pcm {
  return Float32Array.from({ length: samplesOf(seconds) }, () => level * (2 * random() - 1))
}

/** Mains with its harmonics, and how strong each is. */
function hum(seconds: number, random: Random): Pcm {
  const base = random() < 0.5 ? 50 : 60
  const level = 0.002 + 0.02 * random()
  const strengths = Array.from({ length: 12 }, (_, index) => (level * random()) / (index + 1))
  return hiss(seconds, random, 2e-4).map((noise, index) =>
    strengths.reduce(
      (sum, strength, harmonic) =>
        sum + strength * Math.sin((2 * Math.PI * base * (harmonic + 1) * index) / SAMPLE_RATE),
      noise,
    ),
  )
}

/** Noise whose power falls with frequency. */
function fan(seconds: number, random: Random): Pcm {
  let low = 0
  const level = 0.01 + 0.05 * random()
  return hiss(seconds, random, 1).map((noise) => level * (low = 0.95 * low + 0.05 * noise))
}

/** Two clicks a stroke, a few strokes a second, in bursts of typing. */
function keyboard(seconds: number, random: Random): Pcm {
  const pcm = hiss(seconds, random, 2e-4)
  const click = (at: number, level: number): void => {
    const decay = samplesOf(0.002 + 0.008 * random())
    const pitch = 1_500 + 3_000 * random()
    for (let index = 0; index < 8 * decay && at + index < pcm.length; index++) {
      const ring = Math.sin((2 * Math.PI * pitch * index) / SAMPLE_RATE) + 2 * random() - 1
      pcm[at + index] = (pcm[at + index] ?? 0) + level * Math.exp(-index / decay) * ring
    }
  }
  for (let at = 0; at < pcm.length;) {
    for (let strokes = 5 + 40 * random(); strokes > 0 && at < pcm.length; strokes--) {
      const level = 0.01 + 0.06 * random()
      click(at, level)
      click(at + samplesOf(0.05 + 0.05 * random()), 0.4 * level)
      at += samplesOf(0.08 + 0.25 * random())
    }
    at += samplesOf(1 + 4 * random())
  }
  return pcm
}

/** In and out through the mouth: noise in a band that swells and fades, without a voice in it. */
function breath(seconds: number, random: Random): Pcm {
  const pcm = hiss(seconds, random, 2e-4)
  for (let at = 0; at < pcm.length; at += samplesOf(0.8 + 2.5 * random())) {
    const length = samplesOf(0.4 + 1.1 * random())
    const level = 0.01 + 0.05 * random()
    const centre = 600 + 1_500 * random()
    let [one, two] = [0, 0]
    const [feedback, damping] = [2 * 0.97 * Math.cos((2 * Math.PI * centre) / SAMPLE_RATE), 0.97 ** 2]
    for (let index = 0; index < length && at + index < pcm.length; index++) {
      const resonance = 0.06 * (2 * random() - 1) + feedback * one - damping * two
      two = one
      one = resonance
      const swell = Math.sin((Math.PI * index) / length) ** 2
      pcm[at + index] = (pcm[at + index] ?? 0) + level * swell * (resonance + 0.3 * (2 * random() - 1))
    }
  }
  return pcm
}
