import type { Context } from '@droplock/core/context'
import { reconcile } from '@droplock/core/reconciliation/reconcile'
import { money } from '@droplock/rules/money'
import type { AccountReport } from '@droplock/rules/ports/account-report'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { accountOf } from './registries.ts'

const dayMs = 86_400_000

/** The run of this morning: the provider's books agree, a registry's report does not know what we booked, and knows more. */
export async function compareBooks(
  ctx: Context,
  provider: PaymentProvider,
  registryId: string,
): Promise<void> {
  const report: AccountReport = {
    registryAccountId: accountOf(registryId),
    read: async function* () {
      const entry = { line: 2, at: new Date(), operation: 'renew', name: 'long-gone.shop', years: 1 }
      yield { kind: 'entry', entry: { ...entry, amount: money(850n, 'USD'), svTRID: 'SIM-unknown' } }
      yield { kind: 'unreadable', line: 3, reason: 'the amount is no number', text: 'create,torn-page.sh' }
    },
  }
  const terms = { closedAfterMs: 0, lookBackMs: dayMs, settlingMs: 0, runMsMax: 60_000 }
  await reconcile(ctx, { cause: { kind: 'command' }, provider, reports: [report], terms })
}
