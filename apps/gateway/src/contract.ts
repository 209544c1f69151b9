import { text } from '@droplock/contracts/common/primitives'
import { json, problemResponses, withProblems } from '@droplock/contracts/common/responses'
import { fromWire } from '@droplock/http/wire'
import type { Scope } from '@droplock/rules/accounts'
import { type Money, money } from '@droplock/rules/money'
import type { RefusalCode } from '@droplock/rules/refusals'
import { type RouteConfig, z } from '@hono/zod-openapi'

// What the contracts of all resources share.

/** The security of an operation: an API key with this scope. */
export function keyWith<Needed extends Scope>(scope: Needed) {
  return [{ apiKey: [scope] }]
}

/** The answer that something was made, with the path where it can be read from now on. */
export function made<Schema>(schema: Schema, what: string, description: string) {
  return {
    ...json(schema, description),
    headers: z.object({ Location: z.string().openapi({ description: `The path of the ${what}` }) }),
  }
}

const keyHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'A value of your own for each new request, from 1 to 255 printable ASCII characters, such as a UUID. Send the same one whenever you repeat the request: it is done once, and its answer is given again for 30 days, with `Idempotent-Replayed: true`. A refusal is not kept: the same request is then tried anew.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  example: '0b9f3c4e-6a0f-4c58-9a43-0c6a2f1d7e55',
} as const satisfies NonNullable<RouteConfig['parameters']>[number]

const ifMatchHeader = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description:
    'The `ETag` of what you read: the edit is refused if it was changed since. Required, unless the edit may create what is not there yet and has `If-None-Match: *`',
  schema: { type: 'string' },
  example: '"v3"',
} as const satisfies NonNullable<RouteConfig['parameters']>[number]

const ifNoneMatchHeader = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: '`*`: the edit is refused if there is one already',
  schema: { type: 'string', enum: ['*'] },
} as const satisfies NonNullable<RouteConfig['parameters']>[number]

const editProblems = ['precondition_required', 'precondition_malformed', 'precondition_failed'] as const

/** Marks an edit of a resource that has versions; `mayCreate`: or that is not there yet. Its handler reads `readPrecondition`, and its answer and that of GET have an `ETag`. */
export function onlyIfUnchanged<
  Path extends string,
  Operation extends Omit<RouteConfig, 'path'> & { path: Path },
>(operation: Operation, { mayCreate = false } = {}): Operation {
  return {
    ...operation,
    parameters: mayCreate ? [ifMatchHeader, ifNoneMatchHeader] : [ifMatchHeader],
    responses: withProblems(operation.responses, editProblems),
  }
}

/** The answer of a resource that has versions: as `json`, with its `ETag` (`setETag`). */
export function versioned<Schema>(schema: Schema, description: string) {
  const etag = z
    .string()
    .openapi({ description: 'Its version, for the `If-Match` of an edit', example: '"v3"' })
  return { ...json(schema, description), headers: z.object({ ETag: etag }) }
}

export function isOnlyIfUnchanged(operation: object): boolean {
  return hasParameter(operation, ifMatchHeader)
}

function hasParameter(operation: object, parameter: object): boolean {
  return (
    'parameters' in operation &&
    Array.isArray(operation.parameters) &&
    operation.parameters.includes(parameter)
  )
}

const keyProblems = [
  'idempotency_key_missing',
  'idempotency_key_malformed',
  'idempotency_key_reused',
  'request_in_progress',
] as const

/**
 * Marks an operation that creates or pays: it is done once for each Idempotency-Key (ADR 23). Its handler answers with `replyOnce`.
 * The document says so, with the answers that come of it.
 */
export function onceByKey<Path extends string, Operation extends Omit<RouteConfig, 'path'> & { path: Path }>(
  operation: Operation,
): Operation {
  const responses = Object.entries(operation.responses).map(([status, response]) => [
    status,
    status.startsWith('2') ? { ...response, headers: withReplayed(response) } : response,
  ])
  return {
    ...operation,
    parameters: [keyHeader],
    responses: withProblems(Object.fromEntries(responses), keyProblems),
  }
}

export function isOnceByKey(operation: object): boolean {
  return hasParameter(operation, keyHeader)
}

function withReplayed(response: object) {
  const headers =
    'headers' in response && response.headers instanceof z.ZodObject ? response.headers.shape : {}
  return z.object({
    ...headers,
    'Idempotent-Replayed': z
      .enum(['true'])
      .optional()
      .openapi({ description: 'The answer of an earlier request with the same `Idempotency-Key`' }),
  })
}

/** What any operation may answer. */
const everywhere = [
  'malformed_text',
  'unauthenticated',
  'account_suspended',
  'insufficient_scope',
  'rate_limited',
  'address_limited',
  'address_not_allowed',
  'try_again',
  'unavailable',
  'internal_error',
] as const

/** The problems of an operation: those that any has, and `codes`. */
export function problems<Code extends RefusalCode>(...codes: readonly Code[]) {
  return problemResponses<Code | (typeof everywhere)[number]>([...codes, ...everywhere])
}

/** By card: where the payer's browser is sent from the provider's page. */
export const ReturnUrl = text(500)
  .regex(
    /^(?:https:\/\/[^@\s]+|http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?(?:\/\S*)?)$/,
    'an https URL, or http on localhost',
  )
  .refine((url) => URL.canParse(url), 'a URL')
  .optional()
  .openapi({
    description:
      "Payments by card: the page to which the payer's browser returns after paying at `pay_url`. With Stripe.js give your own `return_url` to `confirmPayment`",
    example: 'https://shop.example.com/orders/4711',
  })

/** A page is one query of a few milliseconds; more rows than this are another page. */
const LIMIT_MAX = 200
const LIMIT_DEFAULT = 50

/**
 * Not `z.coerce`: it accepts '', ' 7' and '1e2' as numbers and documents a number that may be null. The query is text, and
 * the document says what the text must be.
 */
export const Limit = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, `a whole number from 1 to ${LIMIT_MAX}`)
  .transform(Number)
  .refine((limit) => limit <= LIMIT_MAX, `at most ${LIMIT_MAX}`)
  .default(LIMIT_DEFAULT)
  .openapi({
    type: 'integer',
    minimum: 1,
    maximum: LIMIT_MAX,
    default: LIMIT_DEFAULT,
    description: 'Number of items per page',
  })

const cursorText = 'The `next` of an earlier page, to read the one after it'

/** The cursor of a list whose items have ids. */
export const Cursor = z.uuid().optional().openapi({ description: cursorText })

/** That of a list by name. */
export const NameCursor = text(255).optional().openapi({ description: cursorText })

/** That of a search: a place in its order. */
export const ListingCursor = z
  .string()
  .regex(/^[\w-]{1,400}$/, 'the `next` of an earlier page')
  .optional()
  .openapi({ description: cursorText })

/** `true` or `false`, as a query has it. */
export const Flag = z
  .enum(['true', 'false'])
  .transform((flag) => flag === 'true')
  .optional()
  .openapi({ type: 'boolean' })

/** A page of items; `next` is absent on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item, name: string) {
  return z
    .object({
      items: z.array(item),
      next: z.string().optional().openapi({ description: 'The cursor of the next page; absent on the last' }),
    })
    .openapi(name)
}

/** An amount of a body. */
export function readMoney(amount: { readonly amount_minor: number; readonly currency: string }): Money {
  return money(BigInt(amount.amount_minor), amount.currency)
}

/** The page that a query asks for, and its filters, as core has them. */
export function askedPage<Query extends { readonly cursor?: string | undefined; readonly limit: number }>({
  cursor,
  ...query
}: Query) {
  return { ...fromWire(query), ...(cursor !== undefined && { after: cursor }) }
}
