import { alarmTable } from '@droplock/rules/alarms'
import type { PollMessage } from '@droplock/rules/ports/registry-objects'
import { alarmsOfMessages, classifyMessage, type MessageKind } from '@droplock/rules/registry-messages'
import { sql, type Transaction } from 'kysely'
import { raiseAlarms } from '../alarms/raise.ts'
import type { Context } from '../context.ts'
import type { Database, JsonObject } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'

/** Whose queue it was in. */
type OfAccount = { readonly id: string; readonly registryId: string }

export type KeptMessage = {
  readonly kind: MessageKind
  /** False where it had been recorded before. */
  readonly isNew: boolean
}

/**
 * Records a message of a registry's queue, unchanged and with what was read of it. What it says of an application of ours is written to
 * its try, and what operators must know becomes an alarm, which a person closes. Call it before the message is acknowledged, as the
 * registry deletes it then. A message that is read again is not recorded twice.
 */
export async function recordMessage(
  ctx: Context,
  account: OfAccount,
  message: PollMessage,
): Promise<KeptMessage> {
  const kind = classifyMessage(message)
  return inTransaction(ctx.db, async (tx) => {
    const isNew = await insertMessage(tx, account, kind, message)
    const isExpected = await noteAward(tx, account, message)
    if (isNew) {
      await noteMaintenance(tx, ctx, account, message)
      await raise({ ...ctx, db: tx }, account, alarmOf(kind, isExpected), message)
    }
    return { kind, isNew }
  })
}

async function insertMessage(
  tx: Transaction<Database>,
  account: OfAccount,
  kind: MessageKind,
  message: PollMessage,
): Promise<boolean> {
  const { id, queuedAt, text, evidence, notice } = message
  const { rows } = await sql`
    insert into registry_message (registry_account_id, message_id, queued_at, received_at, text, about, evidence, kind, notice)
    values (${account.id}, ${id}, ${queuedAt ?? null}, statement_timestamp(), ${text}, ${aboutOf(message)}, ${evidence}, ${kind},
      ${notice === undefined ? null : JSON.stringify(notice)}::jsonb)
    on conflict on constraint one_row_per_registry_message do nothing returning message_id`.execute(tx)
  return rows.length > 0
}

function aboutOf({ pendingAction, transfer, about }: PollMessage): string | null {
  return pendingAction?.name ?? transfer?.name ?? about ?? null
}

/**
 * Until its message the try may still be `firing` or `ambiguous` here: the answer to the create was lost, or not written yet. A message about an
 * earlier drop of the name is older than this target. False where the message awards us a name for which no try waits, and which is no
 * registration of ours.
 */
async function noteAward(
  tx: Transaction<Database>,
  account: OfAccount,
  { pendingAction, queuedAt }: PollMessage,
): Promise<boolean> {
  if (pendingAction?.object !== 'domain') return true
  const { numAffectedRows } = await sql`
    update target_try set awarded = ${pendingAction.done} from catch_target as target
    where target.id = target_id and target.arming = target_try.arming and target.name = ${pendingAction.name}
      and registry_account_id = ${account.id} and target_try.state <> 'ended'
      and coalesce(${queuedAt ?? null}::timestamptz, clock_timestamp()) > target.armed_at - interval '1 day'`.execute(
    tx,
  )
  if ((numAffectedRows ?? 0n) > 0n || !pendingAction.done) return true
  const { rows } = await sql`
    select from registration where name = ${pendingAction.name} and ended_at is null`.execute(tx)
  return rows.length > 0
}

/** A maintenance that the registry dates (RFC 9167); a later message about the same one changes it. */
async function noteMaintenance(
  tx: Transaction<Database>,
  ctx: Context,
  { id, registryId }: OfAccount,
  { notice, text }: PollMessage,
): Promise<void> {
  if (notice?.kind !== 'maintenance' || notice.to <= notice.from) return
  await sql`
    insert into registry_maintenance (id, registry_id, starts_at, ends_at, note, external_id, noted_at, noted_by, canceled_at)
    values (${ctx.newId()}, ${registryId}, ${notice.from}, ${notice.to}, ${text}, ${notice.id}, clock_timestamp(), ${id},
      case when ${notice.isCanceled} then clock_timestamp() end)
    on conflict on constraint one_maintenance_per_external_id do update set
      starts_at = excluded.starts_at, ends_at = excluded.ends_at, note = excluded.note, noted_at = excluded.noted_at,
      canceled_at = excluded.canceled_at`.execute(tx)
}

type AlarmOfMessage = (typeof alarmsOfMessages)[keyof typeof alarmsOfMessages]

/** Undefined: nobody needs to know. A name that the registry gives us and nothing here waits for is ours to pay, and nobody's. */
function alarmOf(kind: MessageKind, isExpected: boolean): AlarmOfMessage | undefined {
  if (kind === 'application') return isExpected ? undefined : 'registry_notice'
  return kind === 'other' ? undefined : alarmsOfMessages[kind]
}

async function raise(
  ctx: Context,
  account: OfAccount,
  kind: AlarmOfMessage | undefined,
  message: PollMessage,
): Promise<void> {
  if (kind === undefined) return
  // What a second message says is not in the first: where it is not about the same state it has an alarm, and a notification, of its own.
  const subject = alarmTable[kind].subject === 'registry_message' ? subjectOf(account, message) : account.id
  await raiseAlarms(ctx, [{ kind, subject, facts: { account: account.id, ...factsOf(message) } }])
}

/** As `one_row_per_registry_message`: a registry may use an id again. */
function subjectOf({ id: accountId }: OfAccount, { id, queuedAt }: PollMessage): string {
  return [accountId, id, ...(queuedAt === undefined ? [] : [queuedAt.toISOString()])].join(' ')
}

/** Texts of registries can be long; the alarm has their beginning, the message all of it. */
const TEXT_LENGTH_MAX = 500

function factsOf(message: PollMessage): JsonObject {
  const { notice, transfer, text, id } = message
  const about = aboutOf(message)
  return {
    messageId: id,
    text: text.slice(0, TEXT_LENGTH_MAX),
    ...(about !== null && { name: about }),
    ...(transfer && { status: transfer.status, requestedBy: transfer.requestedBy }),
    ...(notice?.kind === 'balance_low' && {
      ...(notice.available !== undefined && { available: notice.available }),
      ...(notice.threshold !== undefined && { threshold: notice.threshold }),
    }),
    ...(notice?.kind === 'maintenance' && {
      from: notice.from.toISOString(),
      to: notice.to.toISOString(),
      canceled: notice.isCanceled,
    }),
    ...(notice?.kind === 'change' && {
      operation: notice.operation,
      ...(notice.by !== undefined && { by: notice.by }),
      ...(notice.reason !== undefined && { reason: notice.reason }),
    }),
  }
}
