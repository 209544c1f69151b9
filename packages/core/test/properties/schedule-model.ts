/**
 * Rule 6 once more, written from its words and not from the code: what a list, an operator, an order and time do to one name. Times are
 * milliseconds. Nothing here imports the rules.
 */

export type Times = { readonly cutoff: number; readonly from: number; readonly to: number }

export type Name = {
  times: Times
  /** What lists say while an operator's change is in force. */
  listed: Times | undefined
  state: 'open' | 'closed' | 'dropping' | 'unsold'
  holder: 'none' | 'unpaid' | 'secured'
  payBy: number | undefined
  /** Which change moved it last. */
  by: string | undefined
}

export type Model = Map<string, Name>

const FIVE_MINUTES = 300_000

/** Orders are accepted while it is open, before its cut-off, and by one customer. */
export function takesOrder(name: Name | undefined, now: number): boolean {
  return name?.state === 'open' && now < name.times.cutoff && name.holder === 'none'
}

/** A list moves names that no operator moved; of the others it is kept. A dropping name is not moved. */
export function list(model: Model, id: string, times: Times, now: number): void {
  const name = model.get(id)
  if (name === undefined || name.state === 'unsold') {
    if (times.cutoff > now)
      model.set(id, {
        times,
        listed: undefined,
        state: 'open',
        holder: 'none',
        payBy: undefined,
        by: undefined,
      })
    return
  }
  if (name.state === 'dropping') return
  if (name.listed !== undefined) name.listed = times
  else moveByList(name, times, now)
}

function moveByList(name: Name, times: Times, now: number): void {
  if (name.times.cutoff === times.cutoff && name.times.from === times.from && name.times.to === times.to)
    return
  name.times = times
  // Moved later it opens again; moved earlier the sweep closes it.
  if (name.state === 'closed' && times.cutoff > now) name.state = 'open'
  shortenHold(name, now)
}

/** An operator's change: lists leave the name where it is from now on. */
export function operate(name: Name, change: string, after: Times, now: number): void {
  name.listed ??= name.times
  name.times = after
  name.by = change
  settleState(name, now)
}

/** The registry ran no batch, or moved it: the drop stops, and the cut-off stays as it was. */
export function stopDrop(name: Name, change: string, window: Pick<Times, 'from' | 'to'>, now: number): void {
  if (name.state === 'dropping') name.state = 'closed'
  operate(name, change, { ...name.times, ...window }, now)
}

/** Undone, it is where lists say that it is; whoever ordered it in between keeps it. */
export function undo(name: Name, change: string, now: number): void {
  if (name.by !== change || name.listed === undefined || name.state === 'dropping' || name.state === 'unsold')
    return
  name.times = name.listed
  name.listed = undefined
  name.by = undefined
  settleState(name, now)
}

function settleState(name: Name, now: number): void {
  name.state = name.times.cutoff > now ? 'open' : 'closed'
  shortenHold(name, now)
}

/** An unpaid hold ends five minutes before the cut-off, or at once; never later than before. */
function shortenHold(name: Name, now: number): void {
  if (name.holder !== 'unpaid' || name.payBy === undefined) return
  name.payBy = Math.min(name.payBy, name.times.cutoff - FIVE_MINUTES)
  if (name.payBy <= now) free(name)
}

function free(name: Name): void {
  name.holder = 'none'
  name.payBy = undefined
}

/** What is due by the time. */
export function sweep(model: Model, now: number): void {
  for (const name of model.values()) {
    if (name.holder === 'unpaid' && (name.payBy ?? 0) <= now) free(name)
    if (name.state === 'open' && name.times.cutoff <= now) name.state = 'closed'
    if (name.state === 'closed' && name.times.from <= now && name.holder !== 'unpaid') name.state = 'dropping'
    if (name.state === 'dropping' && name.holder === 'none' && name.times.to <= now) name.state = 'unsold'
  }
}
