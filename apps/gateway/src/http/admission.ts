import { randomUUID } from 'node:crypto'
import { errors } from '@droplock/contracts/errors'
import { retryAfterOf } from '@droplock/contracts/errors/retry-after'
import { problem } from '@droplock/contracts/problem'
import type { EarlyAnswer } from '@droplock/http/listen'
import type { SourceBudgets } from '@droplock/http/source-budgets'
import { judgeApiKeyText } from '@droplock/rules/api-key-text'

/** Keys that worked within the last hour pass, whatever else comes from their address; each is still authenticated. Milliseconds. */
const KNOWN_MS = 3_600_000

/** More keys than are in use within an hour. */
const KNOWN_MAX = 50_000

/** RFC 6750 §2.1; the scheme's name has no case. */
const bearer = /^Bearer +([\w-]{1,200})$/i

/** The probes of the operator's own machines; the payment provider, whose requests are signed. */
const isFree = /^\/(?:healthz|readyz|webhooks\/)/

/** A request whose calendar token stands for a key. */
const isCalendar = /^\/v1\/calendar\.ics\?/

type Head = { readonly url?: string | undefined; readonly authorization?: string | undefined }

/** Decides before any work who is let in (ADR 26). */
export type Admission = {
  /** The answer to a request that is not let in, before the framework sees it. */
  readonly answerEarly: (head: Head, source: () => string) => EarlyAnswer | undefined
  /** A key worked. */
  readonly note: (key: string) => void
  /** What was sent as a key did not, and cost a look-up. */
  readonly noteUnknown: (source: string, key?: string) => void
}

/**
 * Requests without a valid key take from their address's budget. When that is empty, only keys that are known to work are let in from
 * there; all others are answered at once, without a look-up and without a line in the log.
 */
export function openAdmission(budgets: SourceBudgets, monotonicMs = () => performance.now()): Admission {
  const known = new Map<string, number>()
  const isKnown = (key: string) => (known.get(key) ?? 0) > monotonicMs()
  return {
    answerEarly: ({ url = '/', authorization }, source) => {
      if (isFree.test(url)) return undefined
      const key = keyOf(authorization)
      if (key !== undefined && isKnown(key)) return undefined
      // One that might work costs a look-up, which is counted when it has failed.
      const mayWork = key === undefined ? isCalendar.test(url) : judgeApiKeyText(key) !== 'no_key'
      const isLetIn = mayWork ? !budgets.isEmpty(source()) : budgets.take(source())
      return isLetIn ? undefined : tooMany()
    },
    note: (key) => {
      if (!known.has(key) && known.size >= KNOWN_MAX) known.clear()
      known.set(key, monotonicMs() + KNOWN_MS)
    },
    noteUnknown: (source, key) => {
      // It may have been revoked.
      if (key !== undefined) known.delete(key)
      budgets.charge(source)
    },
  }
}

/** The key of a header Authorization, if there is one. */
export function keyOf(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : bearer.exec(authorization)?.[1]
}

function tooMany(): EarlyAnswer {
  const requestId = randomUUID()
  const { status, doc } = errors.address_limited
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Retry-After': retryAfterOf('address_limited') ?? '1',
      'X-Request-Id': requestId,
      'Cache-Control': 'no-store',
    },
    body: JSON.stringify(problem('address_limited', doc, requestId)),
  }
}
