import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

type ListenOptions = {
  /** Straight to PostgreSQL: through a transaction pooler no notification comes. */
  readonly url: string
  readonly channel: string
  readonly applicationName: string
  /** Called for each notification, and once for each new connection: what was sent before is lost. */
  readonly onWake: () => void
  readonly signal: AbortSignal
}

/** After a failure it connects again after a pause, which doubles up to the maximum. Milliseconds. */
const PAUSE_MS_MIN = 100
const PAUSE_MS_MAX = 10_000
const ANSWER_MS_MAX = 10_000
/** How often a silent connection is checked. Milliseconds. */
const CHECK_MS = 30_000

/**
 * Listens to a channel on a connection of its own, and connects again whenever that is lost, until `signal` aborts and the
 * connection is closed. Never rejects. Notifications are hints: their receivers also poll.
 */
export async function listen(options: ListenOptions): Promise<void> {
  const { signal } = options
  let failures = 0
  while (!signal.aborted) {
    failures = (await listenOnce(options)) ? 0 : failures + 1
    await pause(Math.min(PAUSE_MS_MIN * 2 ** failures, PAUSE_MS_MAX), signal)
  }
}

/** Listens until the connection is lost. Returns whether it listened at all. */
async function listenOnce({
  url,
  channel,
  applicationName,
  onWake,
  signal,
}: ListenOptions): Promise<boolean> {
  const client = new Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: ANSWER_MS_MAX,
    query_timeout: ANSWER_MS_MAX,
    keepAlive: true,
  })
  const lost = new AbortController()
  for (const event of ['error', 'end'] as const) client.on(event, () => lost.abort())
  client.on('notification', onWake)
  const ended = AbortSignal.any([signal, lost.signal])
  let listened = false
  try {
    await client.connect()
    await client.query(`listen ${client.escapeIdentifier(channel)}`)
    listened = true
    onWake()
    while (!ended.aborted) {
      await pause(CHECK_MS, ended)
      if (!ended.aborted) await client.query('select 1')
    }
    await client.end()
  } catch {
    // A server that does not answer would not answer the end of the session either.
    client.connection.stream.destroy()
  }
  return listened
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}
