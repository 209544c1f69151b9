import { createReadStream } from 'node:fs'
import type { AccountReport } from '@droplock/rules/ports/account-report'
import { NoAccountReport, readAccountReport } from './read-account-report.ts'

/** The source of a registry's account report, from the settings. */
type ReportSource = {
  readonly registryAccountId: string
  readonly place:
    | { readonly kind: 'url'; readonly url: string }
    | { readonly kind: 'path'; readonly path: string }
  /** Our account's name in the report, where it has several. */
  readonly account?: string | undefined
  /** The number of days that the report goes back. */
  readonly daysBack?: number | undefined
  /** The first day of the report, for a registry that started later. */
  readonly since?: Date | undefined
}

const DAY_MS = 86_400_000

/** A million lines of 150 characters. */
const REPORT_OCTETS_MAX_DEFAULT = 160 * 1024 * 1024

/** For the whole download. */
const REPORT_MS_MAX = 600_000

/** A report that is fetched each time it is read. A URL may have a user and a password: they are sent, and never shown or logged. */
export function openAccountReport(
  source: ReportSource,
  octetsMax = REPORT_OCTETS_MAX_DEFAULT,
): AccountReport {
  const { registryAccountId, place, account } = source
  const octets =
    place.kind === 'path' ? () => createReadStream(place.path) : () => fetchOctets(place.url, REPORT_MS_MAX)
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
