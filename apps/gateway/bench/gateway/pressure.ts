import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { quantile, type Report } from '@droplock/core/bench/support/measure'
import { Pool } from 'undici'

/** What arrives from one address without a key. */
const FLOOD_PER_SECOND = 5_000
/** Searches of one tenant at once. */
const SEARCHES = 150
/** Reads of another tenant, one after the other with a pause: as many as give a p99. */
const READS = 600
const PAUSE_MS = 5
/** A client that is told that too many of its searches are running waits. Milliseconds. */
const REFUSED_PAUSE_MS = 1_000
/** How many times the quiet p99 it may become. */
const TIMES_MAX = 5

type Pressure = {
  readonly url: string
  readonly key: string
  readonly searchersKey: string
  readonly names: readonly string[]
  readonly report: Report
}

/** How long a valid key waits: alone, beside a flood without keys, and beside one tenant's searches. */
export async function underPressure({ url, key, searchersKey, names, report }: Pressure): Promise<void> {
  const pool = new Pool(url, { connections: 4 })
  const read = async () => {
    const waits: number[] = []
    for (let index = 0; index < READS; index += 1) {
      const startedMs = performance.now()
      const path = `/v1/listings/${names[index % names.length]}`
      const { statusCode, body } = await pool.request({ method: 'GET', path, headers: bearer(key) })
      await body.dump()
      if (statusCode !== 200) throw new Error(`a read was answered with ${statusCode}`)
      waits.push(performance.now() - startedMs)
      await wait(PAUSE_MS)
    }
    return quantile(waits, 0.99)
  }
  await read()
  const quiet = await read()
  report('valid_key_quiet_p99', quiet, 'ms')
  const flood = await startFlood(url)
  const flooded = await read()
  const refused = await flood.stop()
  report('keyless_answered_per_second', refused, '1/s')
  report('valid_key_beside_keyless_p99', flooded, 'ms')
  report('valid_key_beside_keyless_ratio', flooded / quiet, '1', { max: TIMES_MAX })
  const searches = search(url, searchersKey)
  const searched = await read()
  const answered = await searches.stop()
  report('searches_answered_per_second', answered, '1/s')
  report('valid_key_beside_searches_p99', searched, 'ms')
  report('valid_key_beside_searches_ratio', searched / quiet, '1', { max: TIMES_MAX })
  await pool.close()
}

async function startFlood(url: string) {
  const file = fileURLToPath(new URL('./flood.ts', import.meta.url))
  const child = spawn(process.execPath, [file, url, String(FLOOD_PER_SECOND)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  const seconds: number[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const statuses = JSON.parse(line) as Readonly<Record<string, number>>
    seconds.push(Object.values(statuses).reduce((sum, count) => sum + count, 0))
  })
  // The first second is the budget of its address.
  await wait(1_500)
  return {
    /** Ends it; how many were answered in a second. */
    stop: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
      return quantile(seconds, 0.5)
    },
  }
}

/** So many searches of one tenant at once, each followed by the next. */
function search(url: string, key: string) {
  const pool = new Pool(url, { connections: SEARCHES })
  const over = new AbortController()
  const startedMs = performance.now()
  let found = 0
  const lanes = Array.from({ length: SEARCHES }, async (_, lane) => {
    for (let turn = 0; !over.signal.aborted; turn += 1) {
      const path = `/v1/listings?limit=100&q=${partOf(lane * 31 + turn)}`
      const { statusCode, body } = await pool.request({ method: 'GET', path, headers: bearer(key) })
      await body.dump()
      if (statusCode === 200) found += 1
      else if (statusCode === 429) await wait(REFUSED_PAUSE_MS)
      else throw new Error(`a search was answered with ${statusCode}`)
    }
  })
  return {
    /** Ends them; how many were answered in a second. */
    stop: async () => {
      over.abort()
      await Promise.all(lanes)
      await pool.close()
      return (1_000 * found) / (performance.now() - startedMs)
    },
  }
}

/** Three characters that labels have, because they end with hexadecimal digits: the least that a search may ask for. */
function partOf(index: number): string {
  return (index % 4_096).toString(16).padStart(3, '0')
}

function bearer(key: string) {
  return { authorization: `Bearer ${key}` }
}
