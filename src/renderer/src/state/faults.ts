/** What main refused of what this window asked for: shown until it is read. The only caller of the invokes' answers. */
import { create } from 'zustand'
import type { Answer } from '../../../shared/app-ipc.ts'
import { toWire, type WireError } from '../../../shared/errors.ts'

/** More than these nobody reads. */
const KEPT = 3

export interface Fault {
  readonly id: number
  readonly error: WireError
}

interface FaultStore {
  readonly lastId: number
  readonly faults: readonly Fault[]
}

export const useFaults = create<FaultStore>(() => ({ lastId: 0, faults: [] }))

/** Asks main for something; a refusal is put on the screen. Never rejects. */
export async function ask<T>(call: () => Promise<Answer<T>>): Promise<T | undefined> {
  try {
    const answer = await call()
    if (answer.ok) return answer.value
    report(answer.error)
  } catch (error) {
    // Main is gone, or the door is broken.
    report(toWire(error))
  }
  return undefined
}

export function dismissFault(id: number): void {
  useFaults.setState(({ faults }) => ({ faults: faults.filter((fault) => fault.id !== id) }))
}

/** The same words are shown once. */
function report(error: WireError): void {
  useFaults.setState(({ lastId, faults }) => {
    const others = faults.filter((fault) => fault.error.message !== error.message)
    return { lastId: lastId + 1, faults: [...others, { id: lastId + 1, error }].slice(-KEPT) }
  })
}
