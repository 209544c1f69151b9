import { openDatabase } from '@droplock/core/database/connect'
import { newId } from '@droplock/core/new-id'
import { type Reconciled, reconcile } from '@droplock/core/reconciliation/reconcile'
import { countRegistryAccounts } from '@droplock/core/registries/read'
import { openAccountReport } from '@droplock/feeds/account-reports/open-account-report'
import { openProvider } from '@droplock/payments/open-provider'
import type { Finding } from '@droplock/rules/reconciliation/finding'
import { paymentsOf } from '@droplock/settings/payments'
import { reconciliationTermsOf } from '@droplock/settings/reconciliation'
import type { ReconcileConfig } from './config.ts'

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
