import { addSeconds, dateIn, instantOf, nextDate } from './local-time.ts'

/** When the names of a zone drop: operator data, never a constant (rule 13). */
export type DropRule = {
  /** IANA zone of the registry's day: its daily batch moves with summer time. */
  readonly timeZone: string
  /** Local start of the daily batch, `HH:MM[:SS]`. */
  readonly startsAt: string
  /** Local starts of further batches of the day, ascending; left out: there are none. */
  readonly alsoAt?: readonly string[]
  /** How long a batch lasts, in elapsed seconds. */
  readonly lastsSeconds: number
  /** How much earlier and later than an exact purge time the purge may happen. */
  readonly earlySeconds: number
  readonly lateSeconds: number
}

/** The purge time of a list's row: an exact instant, or only the date. */
type DropDay = { readonly purgeAt?: Date; readonly dropDate: string }

/** When the name is expected to be purged, both ends included. */
export type DropWindow = { readonly dropFrom: Date; readonly dropTo: Date }

/**
 * The window of a name: around its purge time where the list gives one, else the day's batch on the drop date; from the first batch to
 * the end of the last where the day has several, as the date does not say in which of them. Throws RangeError on a malformed rule or
 * date.
 */
export function dropWindow(rule: DropRule, row: DropDay): DropWindow {
  if (row.purgeAt !== undefined) {
    return {
      dropFrom: addSeconds(row.purgeAt, -rule.earlySeconds),
      dropTo: addSeconds(row.purgeAt, rule.lateSeconds),
    }
  }
  const batches = batchesOf(rule, row.dropDate)
  return { dropFrom: batches[0].dropFrom, dropTo: (batches.at(-1) ?? batches[0]).dropTo }
}

/** When orders close: `cutoffLeadSeconds` before the window begins. Rule 6. */
export function cutoffAt(window: Pick<DropWindow, 'dropFrom'>, cutoffLeadSeconds: number): Date {
  return addSeconds(window.dropFrom, -cutoffLeadSeconds)
}

/** The batches of a local day, the first one first. */
function batchesOf(rule: DropRule, date: string): readonly [DropWindow, ...DropWindow[]] {
  const batchAt = (startsAt: string): DropWindow => {
    const dropFrom = instantOf(date, startsAt, rule.timeZone)
    return { dropFrom, dropTo: addSeconds(dropFrom, rule.lastsSeconds) }
  }
  return [batchAt(rule.startsAt), ...(rule.alsoAt ?? []).map(batchAt)]
}

/** Skipped days in a row that are looked past; a drop lies at most 60 days ahead (rule 14). */
const DAYS_MAX = 61

/**
 * The window to which a name moves when the registry runs no batch in `window` (`skip_day`): the next batch of its day, else the same
 * local time of the next day, and so on until the window ends after `now`. Throws RangeError on a malformed rule.
 */
export function followingWindow(rule: DropRule, window: DropWindow, now: Date): DropWindow {
  let following = window
  for (let day = 0; day < DAYS_MAX; day += 1) {
    following = nextWindow(rule, following)
    if (following.dropTo > now) return following
  }
  return following
}

/** A window in one batch moves to the next batch; any other moves by a day. */
function nextWindow(rule: DropRule, { dropFrom, dropTo }: DropWindow): DropWindow {
  const date = dateIn(rule.timeZone, dropFrom)
  const batches = batchesOf(rule, date)
  const [tomorrow] = batchesOf(rule, nextDate(date))
  const [batch, ...others] = batches.filter((each) => dropFrom <= each.dropTo && dropTo >= each.dropFrom)
  const isInOne = batch !== undefined && others.length === 0
  const from = isInOne ? batch : batches[0]
  const to = isInOne ? (batches[batches.indexOf(batch) + 1] ?? tomorrow) : tomorrow
  const byMs = to.dropFrom.getTime() - from.dropFrom.getTime()
  return { dropFrom: new Date(dropFrom.getTime() + byMs), dropTo: new Date(dropTo.getTime() + byMs) }
}

/**
 * What a list said of a name, found from its window and the rules that may have made it, the likeliest first: the day of a batch, or
 * an exact purge time. Undefined where none of them makes this window: it was set otherwise.
 */
export function dropDayOf(rules: readonly DropRule[], window: DropWindow): DropDay | undefined {
  for (const rule of rules) {
    const dropDate = dateIn(rule.timeZone, window.dropFrom)
    if (isSame(dropWindow(rule, { dropDate }), window)) return { dropDate }
    const purgeAt = addSeconds(window.dropFrom, rule.earlySeconds)
    if (isSame(dropWindow(rule, { dropDate, purgeAt }), window)) return { dropDate, purgeAt }
  }
  return undefined
}

function isSame(one: DropWindow, other: DropWindow): boolean {
  return +one.dropFrom === +other.dropFrom && +one.dropTo === +other.dropTo
}
