/** A parent to be killed: starts the key hook of the entry in argv[2] and prints its pid once it watches. */
import process from 'node:process'
import { childProcessAdapter } from '../../src/cli/child-process-adapter.ts'
import type { FromKeyHook, ToKeyHook } from '../../src/shared/keys.ts'

const hook = childProcessAdapter<ToKeyHook, FromKeyHook>(process.argv[2] ?? '').fork({
  frame: ({ kind }) => {
    if (kind === 'ready') process.stdout.write(`${hook.pid ?? 0}\n`)
  },
  stderr: (text) => process.stderr.write(text),
  exit: () => undefined,
})
hook.post({ kind: 'watch', generation: 1 })
