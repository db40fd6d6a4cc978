import { describe, expect, it } from 'vitest'
import { refusalOfDesktop, refusalOfHook } from '../../../src/keys/refusals.ts'

describe('a desktop whose keys cannot be held', () => {
  it.each<[string, Record<string, string>]>([
    ['Wayland, also with X programs on it', { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }],
    ['Wayland by its session', { XDG_SESSION_TYPE: 'wayland', DISPLAY: ':0' }],
    ['no display', {}],
    ['an empty display', { DISPLAY: '' }],
  ])('%s', (_, env) => {
    expect(refusalOfDesktop('linux', env)).toMatchObject({
      code: 'keys-unavailable',
      hint: expect.stringContaining('steno --toggle') as string,
    })
  })

  it.each<[NodeJS.Platform, Record<string, string>]>([
    ['linux', { DISPLAY: ':0', XDG_SESSION_TYPE: 'x11' }],
    ['darwin', {}],
    ['win32', {}],
  ])('is not refused beforehand: %s', (platform, env) => {
    expect(refusalOfDesktop(platform, env)).toBeUndefined()
  })
})

it('names the missing library and the packages that bring it', () => {
  const error = new Error('libXtst.so.6: cannot open shared object file: No such file or directory')
  const refusal = refusalOfHook(error)
  expect(refusal.message).toBe('The library libXtst.so.6 is missing, without which keys cannot be held.')
  expect(refusal.hint).toContain('libx11-6 libxtst6 libxrandr2 libxt6')
})

it('says what else went wrong', () => {
  expect(refusalOfHook(new Error('Failed to enable access for assistive devices.')).message).toContain(
    'assistive',
  )
})
