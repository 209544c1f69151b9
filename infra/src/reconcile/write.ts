import type { Reconciled } from '@droplock/core/reconciliation/reconcile'
import { formatMoney } from '@droplock/rules/money/money'
import type { Finding } from '@droplock/rules/reconciliation/finding'

/** One finding as one line: where, what, both ids and both amounts. */
export function writeFinding(finding: Finding): string {
  const { source, kind, ours, oursAmount, theirIds, theirsAmount, detail } = finding
  const sides = [
    ours && `ours: ${ours.type} ${ours.id}${oursAmount === undefined ? '' : `, ${formatMoney(oursAmount)}`}`,
    theirIds.length > 0 &&
      `theirs: ${theirIds.join(' ')}${theirsAmount === undefined ? '' : `, ${formatMoney(theirsAmount)}`}`,
  ].filter((side) => typeof side === 'string')
  return [`${source}: ${kind}: ${detail}`, ...sides].join(' · ')
}

/** What a run came to, as one JSON object of one line. Amounts are in minor units. */
export function writeResult(result: Reconciled): string {
  const { runId, range, movements, entries, findings, unmatched, sums, unread, withoutReport } = result
  return JSON.stringify({
    run_id: runId,
    ...(range === undefined ? {} : { from: range.from.toISOString(), to: range.to.toISOString() }),
    movements,
    entries,
    findings,
    unmatched,
    unread,
    without_report: withoutReport,
    sums: sums.map(({ currency, rowsMinor, ledgerMinor, movementsMinor }) => ({
      currency,
      rows_minor: Number(rowsMinor),
      ledger_minor: Number(ledgerMinor),
      movements_minor: Number(movementsMinor),
    })),
  })
}
