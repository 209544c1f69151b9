import { isLeftToPeople } from '@droplock/rules/drop/outcome'
import type { CatchTargetState } from '@droplock/rules/machines/catch-target'
import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, sql } from 'kysely'
import { newestFirst } from '../backorders/attempts.ts'
import { requirePermission, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { type AttemptEntry, attemptEntry } from './timeline-view.ts'

/** A drop has some ten different answers; more of them are not compared by a person. */
const ANSWERS_SHOWN_MAX = 50

/** Attempts, messages and observations shown of each kind, the newest first. */
const SHOWN_MAX = 20

/** What is known of a target, for the two people who decide its outcome. */
export type TargetEvidence = {
  readonly id: string
  readonly name: string
  readonly backorderId: string
  readonly accountName: string
  readonly registryId: string
  readonly state: CatchTargetState
  readonly dropFrom: Date
  readonly dropTo: Date
  readonly graceUntil: Date
  /** Whether its outcome may be proposed now. */
  readonly isLeftToPeople: boolean
  readonly priorClid: string | null
  readonly priorCrDate: Date | null
  /** Our accounts at the registry. */
  readonly registryAccountIds: readonly string[]
  /** Equal answers together, in the order of the first of each. */
  readonly answers: readonly Answers[]
  /** Attempts other than answered creates. */
  readonly attempts: readonly AttemptEntry[]
  readonly messages: readonly Message[]
  readonly observed: readonly Observed[]
}

type Answers = {
  readonly registryAccountId: string
  readonly command: string
  readonly outcome: string
  readonly code: number | null
  readonly message: string | null
  readonly count: number
  readonly firstAt: Date
  readonly lastAt: Date
}

type Message = {
  readonly registryAccountId: string
  readonly messageId: string
  readonly receivedAt: Date
  readonly text: string
}

type Observed = {
  readonly kind: string
  readonly atFrom: Date | null
  readonly atTo: Date
  readonly evidence: string
}

/** Throws Refusal: forbidden, target_not_found. */
export async function getTargetEvidence(ctx: StaffContext, targetId: string): Promise<TargetEvidence> {
  requirePermission(ctx, 'console:read')
  const target = await ctx.db
    .selectFrom('catch_target')
    .innerJoin('backorder', 'backorder.id', 'catch_target.backorder_id')
    .innerJoin('account', 'account.id', 'backorder.account_id')
    .selectAll('catch_target')
    .select('account.name as account_name')
    .where('catch_target.id', '=', targetId)
    .executeTakeFirst()
  if (target === undefined) throw new Refusal('target_not_found', 'No such target.', { id: targetId })
  const { state, grace_until: graceUntil } = target
  return {
    id: target.id,
    name: target.name,
    backorderId: target.backorder_id,
    accountName: target.account_name,
    registryId: target.registry_id,
    state,
    dropFrom: target.drop_from,
    dropTo: target.drop_to,
    graceUntil,
    isLeftToPeople: isLeftToPeople({ state, graceUntil }, await databaseTime(ctx.db)),
    priorClid: target.prior_clid,
    priorCrDate: target.prior_cr_date,
    registryAccountIds: await readAccounts(ctx.db, target.registry_id),
    answers: await readAnswers(ctx.db, target.id),
    attempts: await readNotable(ctx.db, target.id),
    messages: await readMessages(ctx.db, target.name),
    observed: await readObserved(ctx.db, target.listing_id),
  }
}

async function readAccounts(db: Kysely<Database>, registryId: string): Promise<readonly string[]> {
  const accounts = db.selectFrom('registry_account').select('id').where('registry_id', '=', registryId)
  return (await accounts.orderBy('id').execute()).map(({ id }) => id)
}

async function readAnswers(db: Kysely<Database>, targetId: string): Promise<readonly Answers[]> {
  const { rows } = await sql<Answers>`
    select registry_account_id as "registryAccountId", command, outcome, code, message, count(*)::integer as count,
      min(sent_at) as "firstAt", max(sent_at) as "lastAt"
    from catch_attempt where target_id = ${targetId}
    group by registry_account_id, command, outcome, code, message
    order by min(sent_at), command, registry_account_id limit ${ANSWERS_SHOWN_MAX}`.execute(db)
  return rows
}

async function readNotable(db: Kysely<Database>, targetId: string): Promise<readonly AttemptEntry[]> {
  const rows = await newestFirst(db, targetId)
    .where((eb) => eb.or([eb('command', '!=', 'create'), eb('outcome', '!=', 'answered')]))
    .limit(SHOWN_MAX)
    .execute()
  return rows.map((row) => attemptEntry(row, null))
}

function readMessages(db: Kysely<Database>, name: string): Promise<readonly Message[]> {
  return db
    .selectFrom('registry_message')
    .select(['registry_account_id as registryAccountId', 'message_id as messageId'])
    .select(['received_at as receivedAt', 'text'])
    .where('about', '=', name)
    .orderBy('received_at', 'desc')
    .limit(SHOWN_MAX)
    .execute()
}

function readObserved(db: Kysely<Database>, listingId: string): Promise<readonly Observed[]> {
  return db
    .selectFrom('observed_drop')
    .select(['kind', 'at_from as atFrom', 'at_to as atTo', 'evidence'])
    .where('listing_id', '=', listingId)
    .orderBy('at_to')
    .execute()
}
