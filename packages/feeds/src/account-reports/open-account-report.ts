import { createReadStream } from 'node:fs'
import type { AccountReport } from '@droplock/rules/ports/account-report'
import { NoAccountReport, readAccountReport } from './read-account-report.ts'

/** Where a registry's account report is had, as an operator writes it. */
type ReportSource = {
  readonly registryAccountId: string
  readonly place:
    | { readonly kind: 'url'; readonly url: string }
    | { readonly kind: 'path'; readonly path: string }
  /** Our account's name in the report, where it tells of several. */
  readonly account?: string | undefined
  /** A report that goes back so many days only. */
  readonly daysBack?: number | undefined
  /** A report that begins then, as a registry's of a later start does. */
  readonly since?: Date | undefined
}

const DAY_MS = 86_400_000

/** A million lines of 150 characters. Octets. */
const reportOctetsMaxDefault = 160 * 1024 * 1024

/** From the first octet to the last. Milliseconds. */
const reportMsMax = 600_000

/** A report that is asked for anew each time it is read. An address may carry a user and a password; they are sent, and told nowhere. */
export function openAccountReport(source: ReportSource, octetsMax = reportOctetsMaxDefault): AccountReport {
  const { registryAccountId, place, account } = source
  const octets =
    place.kind === 'path' ? () => createReadStream(place.path) : () => fetchOctets(place.url, reportMsMax)
  return {
    registryAccountId,
    speaksFrom: (now) => speaksFrom(source, now),
    read: () => readAccountReport(bounded(octets(), octetsMax), account),
  }
}

function speaksFrom({ daysBack, since }: ReportSource, now: Date): Date {
  const back = daysBack === undefined ? 0 : now.getTime() - daysBack * DAY_MS
  return new Date(Math.max(back, since?.getTime() ?? 0))
}

async function* fetchOctets(url: string, msMax: number): AsyncGenerator<Uint8Array> {
  const address = new URL(url)
  const { username, password } = address
  address.username = ''
  address.password = ''
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)
  const response = await fetch(address, {
    headers: {
      'user-agent': 'droplock',
      ...(username === '' ? {} : { authorization: `Basic ${basic.toString('base64')}` }),
    },
    signal: AbortSignal.timeout(msMax),
  })
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel()
    throw new NoAccountReport(`the registry answered HTTP ${response.status}`)
  }
  yield* response.body
}

async function* bounded(source: AsyncIterable<Uint8Array>, octetsMax: number): AsyncGenerator<Uint8Array> {
  let octets = 0
  for await (const chunk of source) {
    octets += chunk.length
    if (octets > octetsMax) throw new NoAccountReport(`the report has more than ${octetsMax} octets`)
    yield chunk
  }
}
