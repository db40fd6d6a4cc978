import { expect, it } from 'vitest'
import { secondsLeft, Speedometer } from '../../../src/models/speed.ts'

it('tells the speed of the last seconds, and how long the rest takes', () => {
  const speed = new Speedometer()
  expect(speed.bytesPerSecond).toBe(0)
  expect(secondsLeft(0, 100, speed.bytesPerSecond)).toBeUndefined()
  speed.mark(0, 0)
  speed.mark(1_000, 500)
  expect(speed.bytesPerSecond).toBe(500)
  expect(secondsLeft(500, 2_000, speed.bytesPerSecond)).toBe(3)
  for (let second = 2; second <= 20; second++) speed.mark(1_000 * second, 500 + 100 * (second - 1))
  expect(speed.bytesPerSecond).toBe(100)
})

it('is never below nothing, also when it begins anew', () => {
  const speed = new Speedometer()
  speed.mark(0, 1_000)
  speed.mark(1_000, 0)
  expect(speed.bytesPerSecond).toBe(0)
})
