/**
 * Which process shows a page. CDP does not say, so each page holds a buffer of a size of its own, which can be seen in
 * its process's memory map: pages are told apart by the length of one mapping.
 */
import { readFileSync } from 'node:fs'
import { engine } from './engine.ts'
import { descendantsOf, factsOf } from './processes.ts'

/** Large enough for a mapping of its own in Chromium's allocator, small enough not to matter. */
const SMALLEST_BYTES = 3 * 1024 * 1024
const PAGE_BYTES = 4096
const DIFFERENT_SIZES = 512

export function markerBytes(windowId: number): number {
  return SMALLEST_BYTES + (windowId % DIFFERENT_SIZES) * PAGE_BYTES
}

/** 0 when no renderer, or more than one, holds such a buffer; and where memory maps cannot be read. */
export function rendererPid(marker: number): number {
  const found = descendantsOf(engine().pid).filter(
    (pid) => factsOf(pid)?.args.includes('--type=renderer') === true && hasMapping(pid, marker),
  )
  return found.length === 1 ? (found[0] ?? 0) : 0
}

function hasMapping(pid: number, bytes: number): boolean {
  return memoryMapOf(pid).some((line) => {
    const [from, to] = (line.split(' ', 1)[0] ?? '').split('-')
    return Number.parseInt(to ?? '', 16) - Number.parseInt(from ?? '', 16) === bytes
  })
}

function memoryMapOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')
  } catch {
    return []
  }
}
