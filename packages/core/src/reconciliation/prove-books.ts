import { formatMoney, money } from '@droplock/rules/money/money'
import type { Finding } from '@droplock/rules/reconciliation/finding'
import type { Context } from '../context.ts'
import { type InvariantName, type Invariants, readInvariants } from '../invariants/read.ts'

/** Each promise of our own books that is broken, as a finding. */
export async function proveBooks(ctx: Context): Promise<readonly Finding[]> {
  const proven = await readInvariants(ctx)
  return proven.invariants
    .filter(({ violations }) => violations > 0)
    .map(({ name, violations }) => ({
      side: 'ledger',
      source: 'ledger',
      kind: 'broken',
      subject: name,
      theirIds: [],
      detail: `broken ${violations} times${sumsOf(name, proven)}`,
    }))
}

/** Where a sum is what is wrong, the sums. */
function sumsOf(name: InvariantName, { ledgerSumMinor }: Invariants): string {
  if (name !== 'ledger_sums_to_zero') return ''
  const sums = Object.entries(ledgerSumMinor).filter(([, amount]) => amount !== 0n)
  return `: ${sums.map(([currency, amount]) => formatMoney(money(amount, currency))).join(', ')}`
}
