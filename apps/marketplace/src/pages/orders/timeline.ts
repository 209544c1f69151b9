import type { Schema } from '@droplock/sdk/client'
import type { Backorder } from '../api.ts'

export type TimelineEntry = Schema<'BackorderTimelineEntry'>
type Invoice = Pick<Schema<'Invoice'>, 'id' | 'kind' | 'number' | 'issued_at'>
type Renewal = Pick<
  Schema<'Renewal'>,
  'id' | 'state' | 'years' | 'created_at' | 'decided_at' | 'new_expires_at' | 'price'
>

/** What stands on a case's timeline: what happened, as the API says it, what became of it later, and what is to come. */
export type Step = { readonly at: string; readonly key: string } & (
  | { readonly kind: 'happened'; readonly entry: TimelineEntry }
  | { readonly kind: 'invoice'; readonly invoice: Invoice }
  | { readonly kind: 'renewal_ordered' | 'renewal_decided'; readonly renewal: Renewal }
  | { readonly kind: 'coming'; readonly what: Coming }
)

/** Times that are ahead of an order. */
export type Coming = 'hold_ends' | 'cutoff' | 'drop_begins' | 'drop_ends'

type Merged = {
  readonly order: Pick<Backorder, 'state' | 'pay_by' | 'cutoff_at' | 'drop_from' | 'drop_to'>
  readonly entries: readonly TimelineEntry[]
  readonly invoices: readonly Invoice[]
  readonly renewals: readonly Renewal[]
  readonly now: Date
}

/**
 * Oldest first. Entries of the same time stay in the API's order, which is that of cause; a step keeps its key when later ones come, so that
 * a page that is read while it changes does not jump.
 */
export function mergeTimeline({ order, entries, invoices, renewals, now }: Merged): readonly Step[] {
  const seen = new Map<string, number>()
  const happened = entries.filter(isNews).map((entry): Step => {
    const base = `${entry.kind} ${entry.at}`
    const count = seen.get(base) ?? 0
    seen.set(base, count + 1)
    return { at: entry.at, key: count === 0 ? base : `${base} ${count}`, kind: 'happened', entry }
  })
  const documents = invoices.map((invoice): Step => {
    return { at: invoice.issued_at, key: invoice.id, kind: 'invoice', invoice }
  })
  const renewed = renewals.flatMap((renewal): readonly Step[] => {
    const { id, created_at, decided_at } = renewal
    const ordered: Step = { at: created_at, key: `${id} ordered`, kind: 'renewal_ordered', renewal }
    return decided_at === undefined
      ? [ordered]
      : [ordered, { at: decided_at, key: `${id} decided`, kind: 'renewal_decided', renewal }]
  })
  const past = [...happened, ...documents, ...renewed].toSorted(byTime)
  return [...past, ...comingOf(order, now)]
}

/** A refund that is paid as it is made, to a balance, is one step. */
function isNews({ kind, at }: TimelineEntry, index: number, entries: readonly TimelineEntry[]): boolean {
  const next = entries[index + 1]
  return !(kind === 'refund_created' && next?.kind === 'refund_decided' && next.at === at)
}

function comingOf({ state, pay_by, cutoff_at, drop_from, drop_to }: Merged['order'], now: Date) {
  const steps: readonly (readonly [Coming, string | undefined])[] =
    state === 'pending_payment'
      ? [
          ['hold_ends', pay_by],
          ['cutoff', cutoff_at],
        ]
      : state === 'backordered' || state === 'registering'
        ? [
            ['cutoff', cutoff_at],
            ['drop_begins', drop_from],
            ['drop_ends', drop_to],
          ]
        : []
  return steps
    .flatMap(([what, at]): readonly Step[] =>
      at === undefined || new Date(at) <= now ? [] : [{ at, key: what, kind: 'coming', what }],
    )
    .toSorted(byTime)
}

/** Stable: `toSorted` keeps the order of what is equal. */
function byTime(one: Step, other: Step): number {
  return new Date(one.at).getTime() - new Date(other.at).getTime()
}
