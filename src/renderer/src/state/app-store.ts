/** A mirror of main's snapshot for React; it decides nothing. */
import { create } from 'zustand'
import type { Answer, StenoApi } from '../../../shared/app-ipc.ts'
import { EMPTY_SNAPSHOT, type AppSnapshot } from '../../../shared/dictation.ts'

/** Empty until main has answered, which takes a few milliseconds. */
export const useAppStore = create<AppSnapshot>(() => EMPTY_SNAPSHOT)

/**
 * Mirrors main from now on; the answer says whether main gave its whole state. Messages keep their order, so slices
 * that overtook the answer hold for it too.
 */
export async function followMain(
  steno: Pick<StenoApi, 'snapshot' | 'onChanged'>,
): Promise<Answer<AppSnapshot>> {
  let early: Partial<AppSnapshot> = {}
  let answered = false
  steno.onChanged((slices) => {
    if (!answered) early = { ...early, ...slices }
    useAppStore.setState(slices)
  })
  const answer = await steno.snapshot()
  answered = true
  if (answer.ok) useAppStore.setState({ ...answer.value, ...early })
  return answer
}
