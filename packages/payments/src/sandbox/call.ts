import type { Answer, DeclineReason, Rejection } from '@droplock/rules/ports/payments'
import type { z } from 'zod'
import { problemView } from './protocol.ts'

export type Caller = {
  readonly url: string
  readonly apiKey: string
  readonly timeoutMs: number
}

type Call<Schema extends z.ZodType> = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly schema: Schema
  readonly body?: unknown
  readonly key?: string
}

const declineByCode: ReadonlyMap<string, DeclineReason> = new Map([
  ['already_refunded', 'already_refunded'],
  ['amount_exceeds_remaining', 'amount_exceeds_remaining'],
  ['disputed', 'disputed'],
  ['evidence_closed', 'evidence_closed'],
])

const rejectionByCode: ReadonlyMap<string, readonly [Rejection, retryable: boolean]> = new Map([
  ['unauthenticated', ['unauthenticated', false]],
  ['not_found', ['not_found', false]],
  ['key_reused', ['key_reused', false]],
  ['rate_limited', ['rate_limited', true]],
])

/** Calls the sandbox. `onConflict`: the meaning of a refusal because of the object's state. */
export async function call<Schema extends z.ZodType>(
  caller: Caller,
  { method, path, schema, body, key }: Call<Schema>,
  onConflict: DeclineReason = 'not_refundable',
): Promise<Answer<z.output<Schema>>> {
  try {
    const response = await fetch(new URL(path, caller.url), {
      method,
      headers: {
        authorization: `Bearer ${caller.apiKey}`,
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(caller.timeoutMs),
    })
    if (!response.ok) return refused(response.status, await response.json(), onConflict)
    const parsed = schema.safeParse(await response.json())
    return parsed.success ? { kind: 'done', value: parsed.data } : { kind: 'ambiguous', reason: 'unreadable' }
  } catch (error) {
    return { kind: 'ambiguous', reason: ambiguityOf(error) }
  }
}

function ambiguityOf(error: unknown) {
  if (error instanceof SyntaxError) return 'unreadable'
  return error instanceof DOMException && error.name === 'TimeoutError' ? 'timeout' : 'connection'
}

function refused(status: number, body: unknown, onConflict: DeclineReason): Answer<never> {
  const code = problemView.safeParse(body).data?.code ?? ''
  if (status >= 500) return { kind: 'ambiguous', reason: 'server_error' }
  if (code === 'wrong_state') return { kind: 'declined', reason: onConflict }
  const declined = declineByCode.get(code)
  if (declined !== undefined) return { kind: 'declined', reason: declined }
  const [reason, retryable] = rejectionByCode.get(code) ?? ['invalid', false]
  return { kind: 'rejected', reason, retryable }
}
