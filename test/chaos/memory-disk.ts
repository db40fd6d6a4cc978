/** A folder in memory where there is one: thousands of files are synced there in no time. */
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'

export const MEMORY_DISK = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
