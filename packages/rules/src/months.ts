import { Refusal } from './refusals.ts'

/** A month of the ledger in UTC, `YYYY-MM`, as the dates and series of invoices are. ADR 42. */
export type Month = string

/** Whether the text names a month. */
export function isMonth(text: string): boolean {
  return /^(?:19[7-9]\d|20\d\d)-(?:0[1-9]|1[0-2])$/.test(text)
}

/** The month in which an instant lies. */
export function monthOf(instant: Date): Month {
  return instant.toISOString().slice(0, 7)
}

export function monthAfter(month: Month): Month {
  return monthOf(boundsOf(month).endsAt)
}

/** From its first instant until that of the next month. */
export function boundsOf(month: Month): { readonly startsAt: Date; readonly endsAt: Date } {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return { startsAt: new Date(Date.UTC(year, number - 1)), endsAt: new Date(Date.UTC(year, number)) }
}

/** From the first month to the last, both inclusive; none where the first is later. */
export function monthsBetween(first: Month, last: Month): readonly Month[] {
  const months: Month[] = []
  for (let month = first; month <= last; month = monthAfter(month)) months.push(month)
  return months
}

/** A posting takes its time when it is written and is committed within minutes. `only_a_past_month_is_closed` has the same. */
export const SETTLED_MS = 3_600_000

export const closeObstacles = [
  'closed',
  'not_over',
  'earlier_month_open',
  'not_reconciled',
  'unbalanced',
  'too_many_open_items',
] as const

/** Why a month cannot be closed now. */
export type CloseObstacle = (typeof closeObstacles)[number]

/** Each open item is explained by a person; more than these are a fault to repair first. */
export const OPEN_ITEMS_MAX = 100

/** What was not finished when the books were looked at. */
export const openItemKinds = ['reconciliation_item', 'finance_task', 'refund'] as const

export type OpenItemKind = (typeof openItemKinds)[number]

export type CloseFacts = {
  readonly month: Month
  readonly isClosed: boolean
  /** The first month that is not closed; undefined while nothing was ever posted. */
  readonly firstOpen: Month | undefined
  /** Whether a reconciliation that began after the month read everything. */
  readonly isReconciled: boolean
  /** Whether all balances of each currency sum to 0. */
  readonly isBalanced: boolean
  readonly openItems: number
}

/** What prevents the close, in the order in which people remove it. None: it can be proposed. */
export function obstaclesOf(facts: CloseFacts, now: Date): readonly CloseObstacle[] {
  if (facts.isClosed) return ['closed']
  const isOver = now.getTime() - boundsOf(facts.month).endsAt.getTime() >= SETTLED_MS
  const obstacles: readonly (CloseObstacle | false)[] = [
    !isOver && 'not_over',
    facts.firstOpen !== facts.month && 'earlier_month_open',
    !facts.isReconciled && 'not_reconciled',
    !facts.isBalanced && 'unbalanced',
    facts.openItems > OPEN_ITEMS_MAX && 'too_many_open_items',
  ]
  return obstacles.filter((obstacle) => obstacle !== false)
}

const obstacleTexts: Readonly<Record<CloseObstacle, string>> = {
  closed: 'It is closed already.',
  not_over: 'It can be closed an hour after its end (UTC).',
  earlier_month_open: 'Months are closed in order; an earlier one is open.',
  not_reconciled: 'No complete reconciliation has begun since its end.',
  unbalanced: 'Its balances do not sum to 0.',
  too_many_open_items: `More than ${OPEN_ITEMS_MAX} items are open.`,
}

/** Throws Refusal('month_not_closable'); fact: `obstacle`. */
export function requireClosable(facts: CloseFacts, now: Date): void {
  const [obstacle] = obstaclesOf(facts, now)
  if (obstacle === undefined) return
  throw new Refusal('month_not_closable', obstacleTexts[obstacle], { obstacle })
}

type Named = { readonly kind: OpenItemKind; readonly id: string }

/** Throws Refusal('open_items_unexplained') unless exactly these items are explained; fact: `items`, how many are not. */
export function requireExplained(
  open: readonly Named[],
  explained: readonly (Named & { readonly explanation: string })[],
): void {
  const texts = new Map(explained.map(({ kind, id, explanation }) => [`${kind} ${id}`, explanation.trim()]))
  const missing = open.filter(({ kind, id }) => (texts.get(`${kind} ${id}`) ?? '') === '')
  if (missing.length === 0 && texts.size === open.length) return
  throw new Refusal('open_items_unexplained', 'Each open item needs an explanation, and no other.', {
    items: missing.length,
  })
}
