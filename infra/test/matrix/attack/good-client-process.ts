import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

// The process of `good-client.ts`. It ends with its parent.

const { url, headers = {} } = JSON.parse(process.argv[2] ?? '') as {
  url: string
  headers?: Record<string, string>
}

/** Between two requests. Milliseconds. */
const PAUSE_MS = 20
/** A customer who waits longer has gone away. How long each waited is reported. Milliseconds. */
const ANSWER_MS_MAX = 30_000
/** Every so many requests come by a new connection, as those of newcomers do. */
const NEW_CONNECTION_EVERY = 4

const kept = new Agent({ keepAlive: true, maxSockets: 1 })
let waits: number[] = []
let refused: Record<string, number> = {}

/** The status, or why there is none. */
function ask(agent: Agent | false): Promise<string> {
  return new Promise((resolve) => {
    const sent = request(url, { agent, headers, timeout: ANSWER_MS_MAX }, (response) => {
      response.resume()
      response.on('end', () => resolve(String(response.statusCode)))
      response.on('error', (error) => resolve(error.message))
    })
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${ANSWER_MS_MAX} ms`)))
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // The server closed an idle connection at the moment at which it was used again (Node's documentation: repeat it).
      if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(ask(false))
      else resolve(error.code ?? error.message)
    })
    sent.end()
  })
}

/** Fewer answers say nothing. */
const ANSWERS_MIN = 5

let isAsked = false

function tell(): void {
  if (!isAsked || waits.length < ANSWERS_MIN) return
  isAsked = false
  const sorted = waits.toSorted((one, other) => one - other)
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
  process.send?.({ asked: sorted.length, refused, p50Ms: at(0.5), p99Ms: at(0.99) })
  waits = []
  refused = {}
}

process.on('message', () => {
  isAsked = true
  tell()
})
process.on('disconnect', () => process.exit())

for (let turn = 0; ; turn += 1) {
  const fromMs = performance.now()
  const outcome = await ask(turn % NEW_CONNECTION_EVERY === 0 ? false : kept)
  waits.push(performance.now() - fromMs)
  if (!outcome.startsWith('2')) refused[outcome] = (refused[outcome] ?? 0) + 1
  tell()
  await wait(PAUSE_MS)
}
