/** What a second `steno …` asks of the one that runs. Pure. */

/** `show` is what a launch without a word means. */
export type RemoteCommand = 'show' | 'toggle' | 'start' | 'stop' | 'cancel'

const FLAGS: Readonly<Record<string, RemoteCommand>> = {
  '--toggle': 'toggle',
  '--start': 'start',
  '--stop': 'stop',
  '--cancel': 'cancel',
}

/** @param argv of any process that claims to be Steno: everything that is no flag of ours is passed over. */
export function remoteCommand(argv: readonly string[]): RemoteCommand {
  for (const argument of argv) {
    const command = Object.hasOwn(FLAGS, argument) ? FLAGS[argument] : undefined
    if (command !== undefined) return command
  }
  return 'show'
}
