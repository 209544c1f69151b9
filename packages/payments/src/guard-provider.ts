import type { ProviderFacts } from '@droplock/rules/choose-provider'
import type { Answer, PaymentProvider } from '@droplock/rules/ports/payments'
import { openProvider, ProviderRefused, type ProviderSettings } from './open-provider.ts'

type CountAccounts = () => Promise<ProviderFacts['accounts']>

/**
 * Like `openProvider`, with the same check before every call: a registry account may be added while the process runs. A call
 * that is no longer allowed is `not_permitted` and is not sent. Throws ProviderRefused, and what `countAccounts` throws.
 */
export async function openGuardedProvider(
  settings: ProviderSettings,
  countAccounts: CountAccounts,
): Promise<PaymentProvider | undefined> {
  const provider = openProvider(settings, await countAccounts())
  return provider && guard(provider, async () => isAllowed(settings, await countAccounts()))
}

function isAllowed(settings: ProviderSettings, accounts: ProviderFacts['accounts']): boolean {
  try {
    openProvider(settings, accounts)
    return true
  } catch (error) {
    if (error instanceof ProviderRefused) return false
    throw error
  }
}

const refused = { kind: 'rejected', reason: 'not_permitted', retryable: false } as const

function guard(provider: PaymentProvider, mayCall: () => Promise<boolean>): PaymentProvider {
  const guarded =
    <Args extends unknown[], Value>(call: (...args: Args) => Promise<Answer<Value>>) =>
    async (...args: Args): Promise<Answer<Value>> =>
      (await mayCall()) ? call(...args) : refused
  return {
    name: provider.name,
    createIntent: guarded(provider.createIntent),
    getIntent: guarded(provider.getIntent),
    cancelIntent: guarded(provider.cancelIntent),
    refund: guarded(provider.refund),
    getRefund: guarded(provider.getRefund),
    findRefund: guarded(provider.findRefund),
    getDispute: guarded(provider.getDispute),
    submitEvidence: guarded(provider.submitEvidence),
    listBalanceTransactions: guarded(provider.listBalanceTransactions),
    listPayouts: guarded(provider.listPayouts),
    listPayoutTransactions: guarded(provider.listPayoutTransactions),
    parseWebhook: provider.parseWebhook,
  }
}
