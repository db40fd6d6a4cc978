import process from 'node:process'
import type { Usage } from '../shared/worker-frames.ts'

/** Of this process, since it began. */
export function ownUsage(): Usage {
  const { user, system } = process.cpuUsage()
  return { rssBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 }
}
