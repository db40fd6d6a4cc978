import { describe, expect, it } from 'vitest'
import { type Death, exitCodeOf, goneDetails } from '../../host/main-shim/child-death.ts'

const exited = (code: number): Death => ({ code, signal: null })
const signalled = (signal: NodeJS.Signals): Death => ({ code: null, signal })

describe('exitCodeOf', () => {
  it.each([
    [exited(0), false, 0],
    [exited(7), false, 7],
    [exited(7), true, 7],
    [signalled('SIGTERM'), true, 0],
    [signalled('SIGKILL'), true, 0],
    [signalled('SIGTERM'), false, 15],
    [signalled('SIGKILL'), false, 9],
    [signalled('SIGSEGV'), true, 11],
  ])('%o, killed by us: %o → %i', (death, killedByUs, code) => {
    expect(exitCodeOf(death, killedByUs)).toBe(code)
  })
})

describe('goneDetails', () => {
  it.each<[Death, string | undefined, number]>([
    [exited(0), undefined, 0],
    [exited(2), 'abnormal-exit', 512],
    [signalled('SIGSEGV'), 'crashed', 11],
    [signalled('SIGABRT'), 'crashed', 6],
    [signalled('SIGKILL'), 'killed', 9],
    [signalled('SIGTERM'), 'killed', 15],
    [signalled('SIGHUP'), undefined, 1],
  ])('%o → %s', (death, reason, exitCode) => {
    const details = goneDetails(death, 'Listener')
    if (reason === undefined) expect(details).toBeUndefined()
    else expect(details).toEqual({ type: 'Utility', reason, exitCode, serviceName: 'node.mojom.NodeService', name: 'Listener' }) // prettier-ignore
  })
})
