import { type AlarmKind, alarmKinds } from '@droplock/rules/alarms'
import type { Topic } from '@droplock/rules/events'
import type { ReceiverKind, ReceiverTerms } from '@droplock/rules/notifications'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { type Context, type OperatorContext, requirePermission, type StaffContext } from '../context.ts'
import { type Listed, type Paging, readListed } from '../database/page.ts'

/** An address to which alarms are sent, with the state of its deliveries. */
type Receiver = ReceiverTerms & {
  readonly id: string
  readonly kind: ReceiverKind
  readonly address: string
  /** Raised by each change. */
  readonly version: number
  readonly createdAt: Date
  readonly disabledAt: Date | null
  /** Deliveries on their way, and given up. */
  readonly pending: number
  readonly failed: number
  readonly lastDeliveredAt: Date | null
  /** Why the newest of these was not delivered. */
  readonly lastFailure: string | null
}

/** The topics of a receiver of alarms. */
export function topicsOf({ onClose }: ReceiverTerms): Topic[] {
  return onClose ? ['alarm.opened', 'alarm.closed'] : ['alarm.opened']
}

/** Receivers of operators; those of resellers belong to an account. */
function selectReceivers({ db }: Context) {
  return db
    .selectFrom('event_receiver as receiver')
    .selectAll('receiver')
    .select([
      sql<number>`(select count(*)::integer from event_delivery as delivery
        where delivery.receiver_id = receiver.id and delivery.state = 'pending')`.as('pending'),
      sql<number>`(select count(*)::integer from event_delivery as delivery
        where delivery.receiver_id = receiver.id and delivery.state = 'failed')`.as('failed'),
      sql<Date | null>`(select max(decided_at) from event_delivery as delivery
        where delivery.receiver_id = receiver.id and delivery.state = 'delivered')`.as('last_delivered_at'),
      sql<string | null>`(select failure from event_delivery as delivery
        where delivery.receiver_id = receiver.id and delivery.state in ('pending', 'failed') and failure is not null
        order by created_at desc limit 1)`.as('last_failure'),
    ])
    .where('account_id', 'is', null)
}

type Row = Awaited<ReturnType<ReturnType<typeof selectReceivers>['execute']>>[number]

function toReceiver(row: Row): Receiver {
  return {
    id: row.id,
    kind: row.kind,
    address: row.address,
    version: row.version,
    alarmKinds: knownKinds(row.alarm_kinds),
    onClose: row.topics?.includes('alarm.closed') === true,
    secretName: row.secret_reference,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
    pending: row.pending,
    failed: row.failed,
    lastDeliveredAt: row.last_delivered_at,
    lastFailure: row.last_failure,
  }
}

/** Without kinds that only an earlier release knew. */
function knownKinds(kinds: readonly string[] | null): readonly AlarmKind[] | null {
  return kinds === null ? null : alarmKinds.filter((kind) => kinds.includes(kind))
}

/** Throws Refusal: forbidden, receiver_not_found. */
export async function getReceiver(ctx: StaffContext, id: string): Promise<Receiver> {
  requirePermission(ctx, 'console:read')
  const row = await selectReceivers(ctx).where('receiver.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('receiver_not_found', 'No such receiver.', { id })
  return toReceiver(row)
}

/** Receivers of alarms, newest first, disabled ones last. Throws Refusal('forbidden'). */
export async function listReceivers(ctx: OperatorContext, page: Paging): Promise<Listed<Receiver>> {
  requirePermission(ctx, 'console:read')
  const sorted = selectReceivers(ctx)
    .orderBy('receiver.disabled_at', (order) => order.desc().nullsFirst())
    .orderBy('receiver.created_at', 'desc')
    .orderBy('receiver.id')
  return readListed(ctx.db, sorted, page, toReceiver)
}
