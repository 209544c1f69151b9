import type { Insertable } from 'kysely'
import { sql } from 'kysely'
import type {
  ConstraintName,
  ProviderMovementTable,
  ReconciliationItemTable,
  ReconciliationRunTable,
} from '../../../src/database/tables.gen.ts'
import type { Breach } from '../breach.ts'
import type { Scene } from '../scene.ts'

const AT = new Date('2026-11-24T12:00:00Z')

async function insertRun(scene: Scene, changes: Partial<Insertable<ReconciliationRunTable>> = {}) {
  const row = {
    id: scene.ctx.newId(),
    cause: 'command',
    started_at: AT,
    expires_at: AT,
    finished_at: AT,
    ...changes,
  } as const
  await scene.tx.insertInto('reconciliation_run').values(row).execute()
  return row.id
}

async function insertMovement(scene: Scene, changes: Partial<Insertable<ProviderMovementTable>> = {}) {
  await scene.tx
    .insertInto('provider_movement')
    .values({
      provider: 'sandbox',
      movement_id: 'txn_1',
      kind: 'payment',
      settled_minor: 1n,
      settled_currency: 'USD',
      fee_minor: 0n,
      fee_currency: 'USD',
      moved_at: AT,
      told_first: 'a test',
      told_last: 'a test',
      first_told_at: AT,
      last_told_at: AT,
      last_told_run: await insertRun(scene),
      ...changes,
    })
    .execute()
}

async function insertItem(scene: Scene, changes: Partial<Insertable<ReconciliationItemTable>> = {}) {
  await scene.tx
    .insertInto('reconciliation_item')
    .values({
      id: scene.ctx.newId(),
      side: 'provider',
      source: 'sandbox',
      kind: 'altered',
      subject: 'txn_1',
      their_ids: [],
      detail: 'a test',
      first_seen_at: AT,
      last_seen_at: AT,
      last_seen_run: await insertRun(scene),
      ...changes,
    })
    .execute()
}

/** An item changed by a statement in SQL, so that words the schema lacks can be said. */
const item = (keeper: ConstraintName, promise: string, change: string): Breach => ({
  table: 'reconciliation_item',
  keeper,
  promise,
  deed: async (scene) => {
    await insertItem(scene)
    await sql`update reconciliation_item set ${sql.raw(change)}`.execute(scene.tx)
  },
})

export const reconciliationBreaches: readonly Breach[] = [
  {
    table: 'reconciliation_run',
    keeper: 'reconciliation_cause_known',
    promise: 'a reconciliation is the day’s or somebody’s',
    deed: async (scene) => {
      await insertRun(scene)
      await sql`update reconciliation_run set cause = 'boredom'`.execute(scene.tx)
    },
  },
  {
    table: 'reconciliation_run',
    keeper: 'daily_run_has_a_day',
    promise: 'a daily reconciliation is of a day',
    deed: (scene) => insertRun(scene, { cause: 'daily' }),
  },
  {
    table: 'reconciliation_run',
    keeper: 'failed_run_has_ended',
    promise: 'a reconciliation that failed has ended',
    deed: (scene) => insertRun(scene, { failure: 'a test', finished_at: null }),
  },
  {
    table: 'reconciliation_run',
    keeper: 'one_reconciliation_at_a_time',
    promise: 'one reconciliation is under way',
    deed: async (scene) => {
      await insertRun(scene, { finished_at: null })
      await insertRun(scene, { finished_at: null })
    },
  },
  {
    table: 'reconciliation_run',
    keeper: 'one_reconciliation_per_day',
    promise: 'a day is reconciled once',
    deed: async (scene) => {
      const daily = { cause: 'daily', service_day: '2026-11-24' } as const
      await insertRun(scene, daily)
      await insertRun(scene, daily)
    },
  },
  {
    table: 'provider_movement',
    keeper: 'provider_movement_known',
    promise: 'a movement at the provider is of a known kind',
    deed: async (scene) => {
      await insertMovement(scene)
      await sql`update provider_movement set kind = 'earthquake'`.execute(scene.tx)
    },
  },
  {
    table: 'provider_movement',
    keeper: 'movement_amount_has_currency',
    promise: 'an amount that the customer saw has a currency',
    deed: (scene) => insertMovement(scene, { amount_minor: 1n }),
  },
  {
    table: 'provider_movement',
    keeper: 'provider_movement_pkey',
    promise: 'a movement is kept once',
    deed: async (scene) => {
      await insertMovement(scene)
      await insertMovement(scene)
    },
  },
  item('reconciliation_side_known', 'a finding is of a known side', `side = 'dark'`),
  item('reconciliation_kind_known', 'a finding is of a known kind', `kind = 'odd'`),
  item('our_subject_is_whole', 'what a finding is of has type and id', `our_id = 'one'`),
  item('our_amount_has_currency', 'our amount has a currency', 'ours_minor = 1'),
  item('their_amount_has_currency', 'their amount has a currency', 'theirs_minor = 1'),
  item('closed_item_says_why', 'no finding is closed without a word', 'closed_at = clock_timestamp()'),
  {
    table: 'reconciliation_item',
    keeper: 'open_item_has_no_closer',
    promise: 'an open finding was closed by nobody',
    deed: (scene) => insertItem(scene, { closed_by: scene.staffId }),
  },
  {
    table: 'reconciliation_item',
    keeper: 'one_open_item_per_finding',
    promise: 'a finding is one open item',
    deed: async (scene) => {
      await insertItem(scene)
      await insertItem(scene)
    },
  },
]
