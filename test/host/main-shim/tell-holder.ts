/**
 * Run by a second instance, which waits for it: hands what comes on standard input to the holder of the lock, whose
 * socket is the first argument. Ends with 0 once the holder has it all.
 */
import { connect } from 'node:net'
import process from 'node:process'
import { buffer, text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/** The holder may not be listening yet. */
const RETRY_MS = 50
const GIVE_UP_MS = 5_000

const message = await buffer(process.stdin)
const deadline = performance.now() + GIVE_UP_MS
let received = false
while (!received && performance.now() < deadline) {
  received = await handOver(process.argv[2] ?? '')
  if (!received) await sleep(RETRY_MS)
}
process.exitCode = received ? 0 : 1

async function handOver(socket: string): Promise<boolean> {
  try {
    const connection = connect(socket)
    connection.end(message)
    return (await text(connection)) === 'ok'
  } catch {
    return false
  }
}
