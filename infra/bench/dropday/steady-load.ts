import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** A read that a reseller sends. */
export type Read = { readonly url: string; readonly apiKey: string }

type Load = { readonly perSecond: number; readonly reads: readonly Read[]; readonly signal: AbortSignal }

export type LoadResult = { readonly latenciesMs: readonly number[]; readonly failed: number }

/** An answer that does not come counts as this. Milliseconds. */
const ANSWER_MS_MAX = 30_000

/**
 * Sends reads at a steady rate until the signal aborts, whatever the answers take: each latency counts from the moment at which the read
 * was to be sent, so that a stall is seen by all reads that fall into it.
 */
export async function steadyLoad({ perSecond, reads, signal }: Load): Promise<LoadResult> {
  const latenciesMs: number[] = []
  const underWay = new Set<Promise<boolean>>()
  let failed = 0
  const note = async (answered: Promise<boolean>, dueMs: number) => {
    if (!(await answered)) failed += 1
    latenciesMs.push(performance.now() - dueMs)
    underWay.delete(answered)
  }
  const startMs = performance.now()
  for (let sent = 0; !signal.aborted; sent += 1) {
    const dueMs = startMs + (1_000 * sent) / perSecond
    const earlyMs = dueMs - performance.now()
    if (earlyMs > 1) await wait(earlyMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) break
    const { [sent % reads.length]: read } = reads
    if (read === undefined) throw new Error('nothing to read')
    const answered = send(read)
    underWay.add(answered)
    void note(answered, dueMs)
  }
  await Promise.all(underWay)
  return { latenciesMs, failed }
}

/** Without `fetch`, which takes as much CPU for an answer as the gateway does. */
const agent = new Agent({ keepAlive: true })

/** Whether it was answered with success. A connection that the server had just given up as idle is no answer: another one is taken. */
function send(read: Read): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const headers = { authorization: `Bearer ${read.apiKey}` }
  const asked = request(read.url, { agent, headers, timeout: ANSWER_MS_MAX }, (response) => {
    response.on('error', () => resolve(false))
    response.on('end', () => resolve(response.statusCode === 200))
    response.resume()
  })
  asked.on('timeout', () => asked.destroy(new Error('no answer in time')))
  asked.on('error', (error) => {
    const isGivenUp = asked.reusedSocket && 'code' in error && error.code === 'ECONNRESET'
    resolve(isGivenUp ? send(read) : false)
  })
  asked.end()
  return promise
}
