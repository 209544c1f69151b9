import type { RdapAnswer, RdapDomain } from '@droplock/rules/ports/rdap'
import { z } from 'zod'

/** A request is not part of the drop and may take long, but not for ever. */
const ANSWER_MS_MAX = 10_000

/** An answer about one domain has some kilobytes; some registries add pages of notices. */
const OCTETS_MAX = 262_144

/** A longer `Retry-After` is cut to this: a refund may depend on the answer. */
const RETRY_AFTER_MS_MAX = 3_600_000

/** How long a server is left alone that says "too many requests" and not for how long. */
const QUIET_MS = 60_000

/** Texts are stored as evidence; longer ones are cut. */
const TEXT_LENGTH_MAX = 200

/** A registry may move its service within its host (RFC 7480 §5.2). A further redirection is a mistake. */
const REDIRECTIONS_MAX = 2

/** The result of one question, with the HTTP status if there was one, and how many requests it took. */
export type RdapLookup = {
  readonly answer: RdapAnswer
  readonly status: number | null
  readonly requests: number
}

type QueryRdap = (base: string, name: string, signal: AbortSignal) => Promise<RdapLookup>

/**
 * Asks a registry's RDAP server about a domain: `{base}/domain/{name}`. Never rejects: without a usable answer the result is
 * `unavailable`. Only the host of `base` is asked, also after a redirection: another host's data is not the registry's, and an answer
 * must not choose whom our network asks. RFC 7480, RFC 9082 §3.1.3, RFC 9083 §5.3.
 */
export const queryRdap: QueryRdap = async (base, name, signal) => {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS_MAX)])
  let requests = 0
  try {
    let url = new URL(`${base.replace(/\/+$/, '')}/domain/${encodeURIComponent(name)}`)
    for (;;) {
      requests += 1
      const response = await fetch(url, {
        headers: { accept: 'application/rdap+json, application/json' },
        redirect: 'manual',
        signal: bounded,
      })
      const { status } = response
      const location = redirectionStatuses.has(status) ? response.headers.get('location') : null
      if (location === null) return { answer: await answerOf(response), status, requests }
      await response.body?.cancel()
      const next = new URL(location, url)
      if (requests > REDIRECTIONS_MAX)
        return { answer: unavailable('too many redirections'), status, requests }
      if (!isSameServer(url, next))
        return { answer: unavailable(`redirected to ${next.host}`), status, requests }
      url = next
    }
  } catch (error) {
    return { answer: unavailable(String(error)), status: null, requests }
  }
}

const redirectionStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** The same host and port, or the same host from HTTP to HTTPS; never from HTTPS to HTTP. */
function isSameServer(from: URL, to: URL): boolean {
  if (from.hostname !== to.hostname || to.username !== '' || to.password !== '') return false
  if (from.protocol === to.protocol) return from.port === to.port
  return from.protocol === 'http:' && to.protocol === 'https:' && to.port === ''
}

async function answerOf(response: Response): Promise<RdapAnswer> {
  if (response.status !== 200) {
    await response.body?.cancel()
    if (response.status === 404) return { kind: 'absent' }
    const retryAfterMs = readRetryAfter(response) ?? (response.status === 429 ? QUIET_MS : undefined)
    const answer = unavailable(`status ${response.status}`)
    return retryAfterMs === undefined ? answer : { ...answer, retryAfterMs }
  }
  const domain = readDomain(await readText(response))
  return domain === undefined ? unavailable('no RDAP domain') : { kind: 'found', domain }
}

function unavailable(reason: string): Extract<RdapAnswer, { kind: 'unavailable' }> {
  return { kind: 'unavailable', reason: reason.slice(0, TEXT_LENGTH_MAX) }
}

/** Reads the body. Throws when it is longer than any RDAP answer should be. */
async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let octets = 0
  for await (const chunk of response.body ?? []) {
    octets += chunk.length
    if (octets > OCTETS_MAX) throw new Error(`the answer has more than ${OCTETS_MAX} octets`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Seconds, or a date: compared with the server's own clock, or with ours where it does not tell it. RFC 9110 §10.2.3. */
function readRetryAfter({ headers }: Response): number | undefined {
  const text = headers.get('retry-after')?.trim()
  if (text === undefined) return undefined
  const serverMs = Date.parse(headers.get('date') ?? '')
  const fromMs = Number.isNaN(serverMs) ? Date.now() : serverMs
  const ms = /^\d+$/.test(text) ? 1_000 * Number(text) : Date.parse(text) - fromMs
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), RETRY_AFTER_MS_MAX)
}

/** The parts of RFC 9083 §5.3 that are needed. Invalid parts count as absent. */
const domainSchema = z.object({
  objectClassName: z.literal('domain'),
  ldhName: z.string().max(254),
  status: z.array(z.string()).max(100).catch([]),
  events: z
    .array(z.object({ eventAction: z.string(), eventDate: z.string() }))
    .max(1_000)
    .catch([]),
  entities: z
    .array(z.object({ roles: z.array(z.string()).catch([]), vcardArray: z.unknown() }))
    .max(1_000)
    .catch([]),
})

/** Reads an RDAP domain; undefined if the text is none. */
export function readDomain(text: string): RdapDomain | undefined {
  const parsed = domainSchema.safeParse(parseJson(text))
  if (!parsed.success) return undefined
  const { ldhName, status, events, entities } = parsed.data
  const registeredAt = dateOf(events, 'registration')
  const updatedAt = dateOf(events, 'last update of rdap database')
  const registrar = registrarOf(entities)
  return {
    name: ldhName.toLowerCase().replace(/\.$/, ''),
    statuses: status.map((word) => word.toLowerCase()),
    ...(registeredAt && { registeredAt }),
    ...(updatedAt && { updatedAt }),
    ...(registrar !== undefined && { registrar }),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function dateOf(events: readonly { eventAction: string; eventDate: string }[], action: string) {
  const event = events.find(({ eventAction }) => eventAction.toLowerCase() === action)
  const date = event && new Date(event.eventDate)
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date
}

const nameCard = z.tuple([z.literal('vcard'), z.array(z.array(z.unknown()))])

/** The formatted name on the registrar's card. RFC 7095. */
function registrarOf(
  entities: readonly { roles: readonly string[]; vcardArray?: unknown }[],
): string | undefined {
  const card = nameCard.safeParse(entities.find(({ roles }) => roles.includes('registrar'))?.vcardArray)
  const name = card.data?.[1].find(([property]) => property === 'fn')?.[3]
  return typeof name === 'string' ? name.slice(0, TEXT_LENGTH_MAX) : undefined
}
