import { chooseProvider, type ProviderFacts, paymentKeysOf } from '@droplock/rules/choose-provider'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { createSandboxProvider } from './sandbox/sandbox-provider.ts'
import { createStripeProvider } from './stripe/stripe-provider.ts'

export type ProviderSettings = Pick<ProviderFacts, 'database' | 'embedded' | 'demo' | 'cards'> & {
  readonly stripe: {
    readonly secretKey: string | undefined
    readonly webhookSecret: string | undefined
    readonly publishableKey?: string | undefined
  }
  readonly sandbox: {
    readonly url: string | undefined
    readonly apiKey: string | undefined
    readonly webhookSecret: string | undefined
  }
}

/** No provider may be used for this database with these settings: the process must end. Its message is one line without secrets. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused'
}

/**
 * The provider for a database with these registry accounts (rule 24), or none: then cards are not accepted. There is none where the
 * settings say so, and where the sandbox would be used and is not configured. Throws ProviderRefused.
 */
export function openProvider(
  { database, embedded, demo, cards, stripe, sandbox }: ProviderSettings,
  accounts: ProviderFacts['accounts'],
): PaymentProvider | undefined {
  const { secretKey, webhookSecret, publishableKey } = stripe
  const keys = paymentKeysOf(stripe)
  const decision = chooseProvider({ database, accounts, embedded, demo, cards, keys })
  if (decision.kind === 'refuse') throw new ProviderRefused(decision.message)
  if (decision.kind === 'none') return undefined
  if (decision.provider === 'sandbox') return openSandbox(sandbox)
  if (!secretKey || !webhookSecret) throw new ProviderRefused('payments: no payment keys')
  return createStripeProvider({ secretKey, webhookSecret, ...(publishableKey ? { publishableKey } : {}) })
}

function openSandbox({
  url,
  apiKey,
  webhookSecret,
}: ProviderSettings['sandbox']): PaymentProvider | undefined {
  if (url && apiKey && webhookSecret) return createSandboxProvider({ url, apiKey, webhookSecret })
  if (!url && !apiKey && !webhookSecret) return undefined
  throw new ProviderRefused(
    'payments: set the sandbox’s URL, API key and webhook secret together, or none of them',
  )
}
