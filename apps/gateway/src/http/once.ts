import { createHash } from 'node:crypto'
import type { AccountContext } from '@droplock/core/context'
import { answerOnce } from '@droplock/core/idempotency/answer-once'
import {
  type Answer,
  type GivenAnswer,
  nameOfRequest,
  requestRunning,
} from '@droplock/core/idempotency/keyed-request'
import { parseReply } from '@droplock/http/reply'
import type { Scope } from '@droplock/rules/accounts'
import { Refusal } from '@droplock/rules/refusals'
import type { z } from '@hono/zod-openapi'
import canonicalize from 'canonicalize'
import type { MiddlewareHandler, TypedResponse } from 'hono'
import type { Environment, GatewayRequest } from '../gateway.ts'

const HEADER = 'Idempotency-Key'

/** Printable ASCII characters, as they are or as a String of RFC 9651 §3.3.3, which is the same key. */
const bareKey = /^[\x21\x23-\x7e][\x20-\x7e]{0,254}$/
const quotedKey = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"$/

/** The part of an operation that its Idempotency-Key is about. */
type Keyed = {
  readonly operationId: string
  readonly security: readonly { readonly apiKey: readonly Scope[] }[]
}

/**
 * Reads the Idempotency-Key of each request of an operation (draft-ietf-httpapi-idempotency-key-header). A key that this process is
 * working for is refused at once; one that another process is working for is refused by `answerOnce`. Mount it behind
 * `authenticate` and `requireJson`. Throws Refusal: idempotency_key_missing, idempotency_key_malformed, request_in_progress.
 */
export function requireKeys(): (operation: Keyed) => MiddlewareHandler<Environment> {
  const running = new Set<string>()
  return ({ operationId, security }) =>
    async (c, next) => {
      const scope = security[0]?.apiKey[0]
      if (scope === undefined) throw new Error(`${operationId} has no scope`)
      const key = readKey(c.req.header(HEADER))
      const request = { key, item: 0, contentSha256: await hashContent(c, operationId), scope }
      const name = `${c.var.mode} ${nameOfRequest(c.var.ctx, request)}`
      if (running.has(name)) throw requestRunning()
      running.add(name)
      c.set('keyed', request)
      // The work goes on when the client has gone or its time is over; so does this.
      await next().finally(() => running.delete(name))
    }
}

function readKey(header: string | undefined): string {
  if (header === undefined) {
    const detail = 'Send a header Idempotency-Key, with a new value for each request.'
    throw new Refusal('idempotency_key_missing', detail, {}, [{ header: HEADER, detail: 'is missing' }])
  }
  const quoted = quotedKey.exec(header)?.[1]
  if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, '$1')
  if (bareKey.test(header)) return header
  const detail = 'must have from 1 to 255 printable ASCII characters'
  throw new Refusal('idempotency_key_malformed', `An Idempotency-Key ${detail}.`, {}, [
    { header: HEADER, detail },
  ])
}

/** What the request asks for: the operation, its path, and its body in canonical form (RFC 8785). */
async function hashContent(c: GatewayRequest, operationId: string): Promise<Uint8Array> {
  const body: unknown = c.req.header('Content-Type') === undefined ? null : await c.req.json()
  return createHash('sha256')
    .update(`${operationId} ${c.req.path} ${canonicalize(body)}`)
    .digest()
}

/** What the work of a request made. */
type Made<Schema extends z.ZodType> = { readonly value: z.input<Schema>; readonly location: string }

/** What is added to an answer each time that it is given: secrets, which are not stored. */
type Complete<Schema extends z.ZodType> = (body: z.output<Schema>) => Promise<z.output<Schema>>

/**
 * Does the work of a request once for its Idempotency-Key, and answers as `reply` does. `work` has a context whose `db` is the
 * transaction in which the answer is stored, and may be called again after a deadlock. `complete` runs after the commit, at a replay too.
 */
export async function replyOnce<Status extends Answer['status'], Schema extends z.ZodType>(
  c: GatewayRequest,
  status: Status,
  schema: Schema,
  work: (ctx: AccountContext) => Promise<Made<Schema>>,
  complete?: Complete<Schema>,
): Promise<Response & TypedResponse<z.output<Schema>, Status, 'json'>> {
  const given = await answerOnce(c.var.ctx, c.var.keyed, async (ctx) => {
    const { value, location } = await work(ctx)
    return { status, location, body: JSON.stringify(parseReply(c, schema, value)) }
  })
  if (complete === undefined) return give(c, status, schema, given)
  const body: z.output<Schema> = JSON.parse(given.body)
  return give(c, status, schema, { ...given, body: JSON.stringify(await complete(body)) })
}

/** Sends an answer that is stored, and was made with this status and by this schema. */
export function give<Status extends Answer['status'], Schema extends z.ZodType>(
  c: GatewayRequest,
  _status: Status,
  _schema: Schema,
  { status, location, body, replayed }: GivenAnswer,
): Response & TypedResponse<z.output<Schema>, Status, 'json'> {
  if (location !== null) c.header('Location', location)
  if (replayed) {
    c.header('Idempotent-Replayed', 'true')
    c.var.event.add({ replayed })
  }
  c.header('Content-Type', 'application/json')
  const response: unknown = c.body(body, status)
  // As in `reply`: the body is text by now, and what it says it is.
  return response as Response & TypedResponse<z.output<Schema>, Status, 'json'>
}
