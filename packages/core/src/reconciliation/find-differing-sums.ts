import { formatMoney, money } from '@droplock/rules/money/money'
import type { Finding } from '@droplock/rules/reconciliation/finding'
import type { ProviderName } from './read-provider-facts.ts'
import type { ProviderSum } from './sum-provider.ts'

/** A ledger that has not what the rows say, though every item was told. */
export function findDifferingSums(provider: ProviderName, sums: readonly ProviderSum[]): readonly Finding[] {
  return sums
    .filter(({ rowsMinor, ledgerMinor }) => rowsMinor !== ledgerMinor)
    .map(({ currency, rowsMinor, ledgerMinor }) => ({
      side: 'provider',
      source: provider,
      kind: 'sum_differs',
      subject: `sum of ${currency}`,
      oursAmount: money(ledgerMinor, currency),
      theirIds: [],
      theirsAmount: money(rowsMinor, currency),
      detail: `payments, refunds and disputes that both know come to ${text(rowsMinor, currency)}, the ledger has ${text(ledgerMinor, currency)}`,
    }))
}

function text(amountMinor: bigint, currency: string): string {
  return formatMoney(money(amountMinor, currency))
}
