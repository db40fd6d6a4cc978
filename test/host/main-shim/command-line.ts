/** `app.commandLine`: the switches Chromium is started with. Electron compares their names in lower case. */
import type Electron from 'electron'
import { strict } from './not-in-host.ts'

const switches = new Map<string, string>()

/** Takes over the `--name[=value]` among the arguments of the process. */
export function readSwitches(args: readonly string[]): void {
  for (const argument of args) {
    const [, name, value] = /^--([^=]+)=?(.*)$/s.exec(argument) ?? []
    if (name !== undefined) commandLine.appendSwitch(name, value)
  }
}

/** All switches as arguments for Chromium. */
export function switchArguments(): string[] {
  return [...switches].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`))
}

export const commandLine = strict(
  {
    appendSwitch(name: string, value = ''): void {
      switches.set(name.toLowerCase(), value)
    },
    hasSwitch(name: string): boolean {
      return switches.has(name.toLowerCase())
    },
    getSwitchValue(name: string): string {
      return switches.get(name.toLowerCase()) ?? ''
    },
  } satisfies Pick<Electron.CommandLine, 'appendSwitch' | 'hasSwitch' | 'getSwitchValue'>,
  'app.commandLine',
)
