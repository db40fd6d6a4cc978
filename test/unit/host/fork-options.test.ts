import { describe, expect, it } from 'vitest'
import { nodeFlags, planFork } from '../../host/main-shim/fork-options.ts'

describe('planFork', () => {
  it('fills in what Electron does', () => {
    const plan = planFork('/app/worker.js', undefined, undefined)
    expect(plan).toEqual({
      script: '/app/worker.js',
      args: [],
      execArgv: [],
      name: 'Node Utility Process',
      cwd: undefined,
      env: process.env,
      stdout: 'inherit',
      stderr: 'inherit',
    })
  })

  it('takes the options in the place of the arguments', () => {
    expect(planFork('w.js', { serviceName: 'Listener', cwd: '/' }, undefined)).toMatchObject({
      args: [],
      name: 'Listener',
      cwd: '/',
    })
  })

  it('takes null for not given, an empty name for none and an empty environment for the own one', () => {
    const options = { execArgv: null, serviceName: '', cwd: null, env: {} }
    expect(planFork('w.js', null, options)).toMatchObject({
      name: 'Node Utility Process',
      cwd: undefined,
      env: process.env,
    })
    expect(planFork('w.js', [], { env: { ONLY: 'this' } }).env).toEqual({ ONLY: 'this' })
  })

  it.each([
    ['pipe', 'pipe', 'pipe'],
    ['ignore', 'ignore', 'ignore'],
    [['ignore', 'pipe', 'inherit'], 'pipe', 'inherit'],
  ])('reads stdio %j', (stdio, stdout, stderr) => {
    expect(planFork('w.js', [], { stdio })).toMatchObject({ stdout, stderr })
  })

  const notOne = 'must be of the following values: inherit, pipe, ignore'
  it.each<[string, unknown[], object, Error]>([
    ['an empty path', [], {}, new Error('Missing UtilityProcess entry script.')],
    ['arguments that are no strings', [1], {}, new TypeError('Invalid value for args')],
    ['execArgv', [], { execArgv: '--x' }, new Error('execArgv must be an array of strings.')],
    ['serviceName', [], { serviceName: 1 }, new Error('serviceName must be a string.')],
    ['cwd', [], { cwd: 1 }, new Error('cwd path must be a string.')],
    ['env', [], { env: { A: 1 } }, new TypeError('Invalid value for env')],
    ['stdio', [], { stdio: 'ipc' }, new Error(`stdio ${notOne}`)],
    ['too little stdio', [], { stdio: ['ignore', 'pipe'] }, new Error('configuration missing for stdin, stdout or stderr.')], // prettier-ignore
    ['stdin', [], { stdio: ['pipe', 'pipe', 'pipe'] }, new Error('stdin value other than ignore is not supported.')], // prettier-ignore
    ['stdout', [], { stdio: ['ignore', 'ipc', 'pipe'] }, new Error(`stdout configuration ${notOne}`)],
    ['stderr', [], { stdio: ['ignore', 'pipe', 1] }, new Error(`stderr configuration ${notOne}`)],
  ])('refuses %s', (what, args, options, error) => {
    expect(() => planFork(what === 'an empty path' ? '' : 'w.js', args, options)).toThrow(error)
  })
})

describe('nodeFlags', () => {
  it("opens Chromium's js-flags and leaves the rest alone", () => {
    expect(nodeFlags(['--js-flags=--a=1 --b', '--inspect']).slice(1)).toEqual(['--a=1', '--b', '--inspect'])
  })
})
