import type { PaymentProvider } from './ports/payments.ts'

/** A database and the settings, when an app starts and when a registry account is added. */
export type ProviderFacts = {
  readonly database: 'live' | 'test'
  /** Registry accounts in this database, at real and at simulated registries. */
  readonly accounts: { readonly real: number; readonly simulated: number }
  /** The launcher started PostgreSQL, and `DATABASE_URL` is not set. */
  readonly embedded: boolean
  /** `DROPLOCK_DEMO=1`. */
  readonly demo: boolean
  /** Not `DROPLOCK_CARDS=0`. */
  readonly cards: boolean
  readonly keys: PaymentKeys
}

/**
 * Which payment keys are set: both the secret key and the webhook secret, one of them, or none; and whether they move real money.
 * `mixed`: the publishable key has another mode than the secret key.
 */
export type PaymentKeys = 'none' | 'incomplete' | 'unknown' | 'mixed' | 'test' | 'live'

type ProviderDecision =
  | { readonly kind: 'use'; readonly provider: PaymentProvider['name'] }
  /** No card payments: customers pay from their balances. */
  | { readonly kind: 'none' }
  /** The process exits with this line, which holds no secret. */
  | { readonly kind: 'refuse'; readonly message: string }

const setKeys = 'set live keys, or DROPLOCK_CARDS=0 to take no cards'

const refuse = (message: string): ProviderDecision => ({ kind: 'refuse', message })

/**
 * Which payment provider serves a database. Where the facts do not fit, it refuses: play money never buys a real registration, and real
 * money never buys a simulated one (rule 24).
 */
export function chooseProvider(facts: ProviderFacts): ProviderDecision {
  // A test database never uses a real provider, whatever keys are set.
  if (facts.database === 'test') return withPlayMoney(facts)
  if (!facts.cards) return withoutCards(facts)
  if (facts.keys === 'incomplete') {
    return refuse('payments: the secret key and the webhook secret are set together, or no key at all')
  }
  if (facts.keys === 'unknown') return refuse('payments: the secret key is neither a live nor a test key')
  if (facts.keys === 'mixed')
    return refuse('payments: the publishable key is not of the mode of the secret key')
  if (facts.keys === 'live') return withLiveKeys(facts)
  if (facts.accounts.real > 0) {
    const lack = facts.keys === 'none' ? 'no payment keys' : 'test payment keys only'
    return refuse(`payments: a real registry account and ${lack}; ${setKeys}`)
  }
  if (!facts.embedded && !facts.demo) {
    return refuse(
      `payments: no live payment keys; ${setKeys}; play money is for an embedded database or DROPLOCK_DEMO=1 only`,
    )
  }
  return { kind: 'use', provider: facts.keys === 'test' ? 'stripe' : 'sandbox' }
}

/** The mode is test unless it is set to live, so a forgotten setting must not sell real names for play money. */
function withPlayMoney({ accounts, cards }: ProviderFacts): ProviderDecision {
  if (accounts.real > 0) {
    return refuse('payments: a real registry account in a test database; play money buys nothing there')
  }
  return cards ? { kind: 'use', provider: 'sandbox' } : { kind: 'none' }
}

/** Without cards by a setting, not because keys are missing: a worker without its keys would neither book nor refund payments. */
function withoutCards({ keys, accounts, embedded, demo }: ProviderFacts): ProviderDecision {
  if (keys !== 'none') return refuse('payments: payment keys and DROPLOCK_CARDS=0; take one of them away')
  if (accounts.simulated > 0 && !embedded && !demo) {
    return refuse('payments: a simulated registry account in a live database; nothing real is sold there')
  }
  return { kind: 'none' }
}

function withLiveKeys({ accounts }: ProviderFacts): ProviderDecision {
  if (accounts.simulated > 0) {
    return refuse('payments: live payment keys and a simulated registry account; nothing real is sold there')
  }
  return { kind: 'use', provider: 'stripe' }
}

type StripeKeys = {
  readonly secretKey?: string | undefined
  readonly webhookSecret?: string | undefined
  /** Only the gateway needs it. It must have the mode of the secret key. */
  readonly publishableKey?: string | undefined
}

/** The mode of the keys, by the prefix of the secret key (`sk_live_`, `rk_test_`, …). */
export function paymentKeysOf({ secretKey, webhookSecret, publishableKey }: StripeKeys): PaymentKeys {
  if (!secretKey && !webhookSecret && !publishableKey) return 'none'
  if (!secretKey || !webhookSecret) return 'incomplete'
  const [, mode] = /^[sr]k_(live|test)_./.exec(secretKey) ?? []
  if (mode !== 'live' && mode !== 'test') return 'unknown'
  return publishableKey && !publishableKey.startsWith(`pk_${mode}_`) ? 'mixed' : mode
}
