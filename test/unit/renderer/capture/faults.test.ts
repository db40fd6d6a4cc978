import { expect, test } from 'vitest'
import { failureOf, worstOf } from '../../../../src/renderer/src/capture/faults.ts'
import { StenoError } from '../../../../src/shared/errors.ts'
import { named } from '../../../fakes/fake-microphones.ts'

test.each([
  ['NotAllowedError', 'denied'],
  ['NotFoundError', 'no-device'],
  ['OverconstrainedError', 'no-device'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'busy'],
  ['TypeError', 'broken'],
])('%s means %s', (name, fault) => {
  expect(failureOf(named(name))).toEqual({ fault, detail: `${name}: ${name} of the test` })
})

test('what is ours or no error at all is broken', () => {
  expect(failureOf(new StenoError('capture-failed', 'No sound.')).fault).toBe('broken')
  expect(failureOf('odd')).toEqual({ fault: 'broken', detail: 'Error: odd' })
})

test('of several the one that the user can do most about is told', () => {
  const failures = [failureOf(named('OverconstrainedError')), failureOf(named('NotReadableError'))]
  expect(worstOf(failures).fault).toBe('busy')
  expect(worstOf(failures).detail).toContain('Overconstrained')
  expect(worstOf([]).fault).toBe('no-device')
})
