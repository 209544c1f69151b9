import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { type Reconciled, reconcile } from '@droplock/core/reconciliation/reconcile'
import { countRegistryAccounts } from '@droplock/core/registries/read'
import { openAccountReport } from '@droplock/feeds/account-reports/open-account-report'
import { openProvider } from '@droplock/payments/open-provider'
import { formatMoney } from '@droplock/rules/money'
import type { Finding } from '@droplock/rules/reconciliation/finding'
import { paymentSettings, paymentsOf } from '@droplock/settings/payments'
import { reconciliationSettings, reconciliationTermsOf } from '@droplock/settings/reconciliation'
import { BadConfig, databaseUrl, type Environment, readSettings } from '@droplock/settings/values'
import { z } from 'zod'
import { readEnvironment } from '../launch/launch-record.ts'

export const schema = z.object({
  DATABASE_URL: databaseUrl,
  ...paymentSettings,
  ...reconciliationSettings,
})

type ReconcileConfig = z.output<typeof schema>

/**
 * The settings from the environment; without DATABASE_URL, those of the `npm start` that runs in this checkout, and what the
 * environment says otherwise. Throws BadConfig.
 */
export function readConfig(
  environment: Environment,
  running: Environment | undefined = readEnvironment(),
): ReconcileConfig {
  if (environment['DATABASE_URL'] !== undefined) return readSettings('reconcile', schema, environment)
  if (running === undefined)
    throw new BadConfig('reconcile: set DATABASE_URL, or run `npm start` beside it: neither is there')
  return readSettings('reconcile', schema, { ...running, ...environment })
}

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
  const { runId, range, movements, entries, findings, unmatched, sums, unread, withoutReport, balances } =
    result
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
    // What the provider holds for us, by its movements and by our ledger.
    balances: balances.map(({ currency, heldMinor, clearingMinor, pendingMinor }) => ({
      currency,
      held_minor: Number(heldMinor),
      clearing_minor: Number(clearingMinor),
      pending_minor: Number(pendingMinor),
    })),
  })
}

/** Page by page, one query at a time. */
const connectionsMax = 2

/** Reconciles once, now. Undefined while another run is under way. Throws ProviderRefused, and when there is no database. */
export async function runReconcile(
  config: ReconcileConfig,
  onFinding: (finding: Finding) => void,
): Promise<Reconciled | undefined> {
  const db = openDatabase({
    url: config.DATABASE_URL,
    connectionsMax,
    applicationName: 'droplock-reconcile',
  })
  try {
    const ctx = { db, newId }
    return await reconcile(ctx, {
      cause: { kind: 'command' },
      provider: openProvider(paymentsOf(config), await countRegistryAccounts(ctx)),
      reports: config.DROPLOCK_ACCOUNT_REPORTS.map((source) => openAccountReport(source)),
      terms: reconciliationTermsOf(config),
      onFinding,
    })
  } finally {
    await db.destroy()
  }
}
