import type { Context } from '@droplock/core/context'
import { listCurrencies, renewVisitorKey } from '@droplock/core/members/visitor-key'
import { sourceFrom } from '@droplock/http/source'
import { openSourceBudgets, type SourceBounds } from '@droplock/http/source-budgets'
import { openTurns } from '@droplock/http/turns'
import { Refusal } from '@droplock/rules/refusals'
import { createClient } from '@droplock/sdk/client'
import { LRUCache } from 'lru-cache'
import type { Asked } from './ask-auth.ts'
import type { Gateway } from './gateway.ts'
import type { Keys } from './keys.ts'

/** A visitor's page is so old at most: an order asks again. Milliseconds. */
const KEPT_MS = 3_000

/** A page says that the service cannot be reached before its visitor goes away. Milliseconds. */
const ANSWER_MS_MAX = 5_000

/** A page of names has some ten thousand octets. */
const ANSWERS_MAX = 500

/** A key is renewed when less than this is left of it. Milliseconds. */
const RENEW_BEFORE_MS = 300_000

/** Currencies change with price lists. Milliseconds. */
const CURRENCIES_KEPT_MS = 60_000

/** What visitors read: nothing of any account. */
const readable = /^\/v1\/(listings|zones|statistics|drop-lists|publication)(\/|\?|$)/

/**
 * Reads for visitors that are under way at once: less than the gateway lets one account have, and visitors of a currency are one. More wait
 * here instead of being refused there.
 */
const AT_ONCE_MAX = 80
/** With a few dozen milliseconds each, the last in line waits for less than a page may take. */
const WAITING_MAX = 800
/**
 * Of one source, under way or waiting: the pages of an office. Who asks for something else each time, so that nothing is kept of it, has no
 * more of the visitors' turns than these.
 */
const OF_ONE_SOURCE_MAX = 20

type Answer = { readonly status: number; readonly type: string; readonly text: string }

/** Whose browser asks, as far as it is known. */
export type Asker = { readonly requestId: string; readonly source: string }

export function askerOf(c: Asked): Asker {
  return { requestId: c.var.requestId, source: sourceFrom(c.env) }
}

export type Visitors = {
  readonly currencies: () => Promise<readonly string[]>
  /** A read of the gateway in a currency, with the key of the house. Throws Refusal: unavailable, currency_not_sold, address_limited. */
  readonly read: (path: string, currency: string, asker: Asker) => Promise<Answer>
  readonly mayRead: (path: string) => boolean
  /** Lets a visitor's request in; a file of all names counts as many. Throws Refusal('address_limited') for a source that asks too much. */
  readonly admit: (source: string, count?: number) => void
}

/** Reads for visitors: each answer once in a moment, however many ask. */
export function openVisitors(ctx: Context, gateway: Gateway, keys: Keys, bounds: SourceBounds): Visitors {
  const budgets = openSourceBudgets(bounds)
  const held = new Map<string, { readonly keyId: string; readonly expiresAt: Date }>()
  const answers = new LRUCache<string, Promise<Answer>>({ max: ANSWERS_MAX, ttl: KEPT_MS })
  const turns = openTurns(
    { atOnceMax: AT_ONCE_MAX, waitingMax: WAITING_MAX, ofOneMax: OF_ONE_SOURCE_MAX },
    () => new Refusal('address_limited', 'Too many requests at once. Wait a little, then try again.'),
  )
  const known = new LRUCache<'all', Promise<readonly string[]>>({ max: 1, ttl: CURRENCIES_KEPT_MS })

  const keyOf = async (currency: string) => {
    const key = held.get(currency)
    if (key !== undefined && key.expiresAt.getTime() - Date.now() > RENEW_BEFORE_MS) return key.keyId
    const renewed = await renewVisitorKey(ctx, {
      currency,
      newKeyId: keys.idFrom(ctx.newId()),
      keySha256Of: keys.sha256Of,
      sessionIdOf: keys.visitorsOf,
    })
    held.set(currency, renewed)
    return renewed.keyId
  }
  const ask = async (path: string, currency: string, requestId: string): Promise<Answer> => {
    const answer = await gateway.forward({
      request: new Request('http://visitor/', { headers: { accept: 'application/json' } }),
      path,
      body: undefined,
      apiKey: keys.textOf(await keyOf(currency)),
      requestId,
      answerMsMax: ANSWER_MS_MAX,
    })
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      text: await answer.text(),
    }
  }
  return {
    mayRead: (path) => readable.test(path),
    admit: (source, count) => {
      if (!budgets.take(source, count))
        throw new Refusal(
          'address_limited',
          'Too many requests come from your address. Wait a little, then try again.',
        )
    },
    currencies: () => remember(known, 'all', () => listCurrencies(ctx)),
    read: async (path, currency, { requestId, source }) => {
      const name = `${currency} ${path}`
      const inTurn = async () => {
        const endTurn = await turns.take(source)
        try {
          return await ask(path, currency, requestId)
        } finally {
          endTurn()
        }
      }
      const kept = answers.get(name)
      if (kept === undefined) return remember(answers, name, inTurn)
      // The turn was another's: nobody is refused for another's sake.
      return kept.catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'address_limited') return inTurn()
        throw error
      })
    },
  }
}

/** What fails is not kept. */
function remember<Key extends string, Value>(
  cache: LRUCache<Key, Promise<Value>>,
  key: Key,
  make: () => Promise<Value>,
): Promise<Value> {
  const kept = cache.get(key)
  if (kept !== undefined) return kept
  const made = make()
  cache.set(key, made)
  made.catch(() => cache.delete(key))
  return made
}

/** The SDK's client, which reads as a visitor and without a way through the network to this server. */
export function clientOf(visitors: Visitors, currency: string, asker: Asker) {
  return createClient({
    baseUrl: 'http://visitors.invalid',
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url)
      const { status, type, text } = await visitors.read(pathname + search, currency, asker)
      return new Response(text, { status, headers: { 'content-type': type } })
    },
  })
}
