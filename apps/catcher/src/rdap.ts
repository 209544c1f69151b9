import type { RdapAnswer, RdapDomain } from '@droplock/rules/ports/rdap'
import { z } from 'zod'

/** A request is not part of the drop and may take long, but not for ever. */
const ANSWER_MS_MAX = 10_000

/** An answer about one domain has some kilobytes; some registries add pages of notices. */
const OCTETS_MAX = 262_144

/** A longer `Retry-After` is cut to this: a refund may depend on the answer. */
const RETRY_AFTER_MS_MAX = 3_600_000

/** Texts are stored as evidence; longer ones are cut. */
const TEXT_LENGTH_MAX = 200

/** The result of one request, with its HTTP status if there was one. */
export type RdapLookup = { readonly answer: RdapAnswer; readonly status: number | null }

type QueryRdap = (base: string, name: string, signal: AbortSignal) => Promise<RdapLookup>

/**
 * Asks a registry's RDAP server about a domain: `{base}/domain/{name}`. Never rejects: without a usable answer the result is
 * `unavailable`. RFC 7480, RFC 9082 §3.1.3, RFC 9083 §5.3.
 */
export const queryRdap: QueryRdap = async (base, name, signal) => {
  try {
    const response = await fetch(`${base.replace(/\/+$/, '')}/domain/${encodeURIComponent(name)}`, {
      headers: { accept: 'application/rdap+json, application/json' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS_MAX)]),
    })
    return { answer: await answerOf(response), status: response.status }
  } catch (error) {
    return { answer: unavailable(String(error)), status: null }
  }
}

async function answerOf(response: Response): Promise<RdapAnswer> {
  if (response.status !== 200) {
    await response.body?.cancel()
    if (response.status === 404) return { kind: 'absent' }
    const retryAfterMs = readRetryAfter(response.headers)
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

/** Seconds, or a date. RFC 9110 §10.2.3. */
function readRetryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim()
  if (text === undefined) return undefined
  const date = headers.get('date')
  const fromMs = date === null ? Number.NaN : Date.parse(date)
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
