/** Reads the arguments as Electron's executable does: `[-r module] [--switches] <app> [app's arguments]`. */

export interface LaunchArguments {
  /** Modules to run before the app. */
  readonly preloads: readonly string[]
  /** The app's folder or main file. */
  readonly app: string
}

/** Takes the arguments after the executable. */
export function readArguments(args: readonly string[]): LaunchArguments {
  const preloads: string[] = []
  const rest = [...args]
  for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
    if (next === '-r' || next === '--require') preloads.push(rest.shift() ?? '')
    else if (!next.startsWith('-')) return { preloads, app: next }
  }
  return { preloads, app: '.' }
}
