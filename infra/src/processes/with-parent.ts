// Loaded into every app before its main. It reports to the launcher which ports this process listens on, or was refused: another
// program may answer on a port. When the launcher dies, the app drains and ends too.
import { tracingChannel } from 'node:diagnostics_channel'
import type { Server } from 'node:net'

/** As long as the launcher itself would wait; after that the app is not draining but stuck. */
const drainMsMax = 25_000

process.on('disconnect', () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), drainMsMax).unref()
  process.kill(process.pid, 'SIGTERM')
})
// Listening alone must not keep a drained app alive.
process.channel?.unref()

type Listen = { readonly server: Server; readonly error?: unknown }

type Report = { readonly listening: number; readonly address: string } | { readonly refused: number }

const report = (message: Report) => {
  if (process.connected) process.send?.(message)
}
const channel = tracingChannel<unknown, Listen>('net.server.listen')
channel.asyncEnd.subscribe((message) => {
  const place = (message as Listen).server.address()
  if (typeof place === 'object' && place !== null) report({ listening: place.port, address: place.address })
})
channel.error.subscribe((message) => {
  const { error } = message as Listen
  if (error instanceof Error && 'port' in error && typeof error.port === 'number')
    report({ refused: error.port })
})
