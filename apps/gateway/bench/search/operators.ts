import type { Report } from '@droplock/core/bench/support/measure'
import { quantile } from '@droplock/core/bench/support/measure'
import { listCases } from '@droplock/core/cases/read'
import type { Context, StaffContext } from '@droplock/core/context'
import type { Reads } from '@droplock/core/database/reads'
import { readDueTimes } from '@droplock/core/due-times'
import { listRuns } from '@droplock/core/lists/read'
import { listSchedules } from '@droplock/core/schedule/read'
import { closeDue, endUnsold, openDue } from '@droplock/core/schedule/steps'
import { getToday } from '@droplock/core/today'

const TIMES = 10
/** A page of the console. */
const paging = { offset: 0, limit: 25 }

/** The operators' lists with their commonest filters and sorts, the first page, and the sweeps when nothing is due. */
export async function measureOperators(ctx: Context, reads: Reads, report: Report): Promise<void> {
  const staff: StaffContext = {
    ...ctx,
    db: reads.within({ signal: new AbortController().signal, untilMs: Number.POSITIVE_INFINITY }),
    actor: {
      kind: 'staff',
      staffId: ctx.newId(),
      sessionId: ctx.newId(),
      email: 'a@b.test',
      name: 'A',
      roles: ['admin', 'operator'],
      standing: 'proven',
    },
  }
  const lists: Readonly<Record<string, () => Promise<unknown>>> = {
    listings: () => listSchedules(staff, paging),
    listings_of_zone: () => listSchedules(staff, { ...paging, zone: 'z77' }),
    listings_open: () => listSchedules(staff, { ...paging, state: 'open' }),
    listings_withdrawn: () => listSchedules(staff, { ...paging, state: 'withdrawn' }),
    listings_held: () => listSchedules(staff, { ...paging, held: true }),
    listings_suspect: () => listSchedules(staff, { ...paging, suspect: true }),
    listings_overridden: () => listSchedules(staff, { ...paging, overridden: true }),
    listings_part: () => listSchedules(staff, { ...paging, q: 'shop' }),
    listings_absent_part: () => listSchedules(staff, { ...paging, q: 'zzzzqqq' }),
    listings_by_name: () => listSchedules(staff, { ...paging, sort: { field: 'name', order: 'asc' } }),
    listings_deep: () => listSchedules(staff, { offset: 9_975, limit: 25 }),
    backorders: () => listCases(staff, paging),
    backorders_failed: () => listCases(staff, { ...paging, state: 'failed' }),
    backorders_part: () => listCases(staff, { ...paging, q: 'shop' }),
    backorders_of_zone: () => listCases(staff, { ...paging, zone: 'z77' }),
    runs: () => listRuns(staff, paging),
    runs_failed: () => listRuns(staff, { ...paging, state: 'failed' }),
    today: () => getToday(staff),
  }
  for (const [name, read] of Object.entries(lists))
    report(`operators_${name}_p95`, await p95(read), 'ms', { max: 100 })
  while ((await openDue(ctx.db)) > 0);
  while ((await closeDue(ctx)).closed > 0);
  while ((await endUnsold(ctx)) > 0);
  report('sweep_open_nothing_due_p95', await p95(() => openDue(ctx.db)), 'ms', { max: 5 })
  report('sweep_close_nothing_due_p95', await p95(() => closeDue(ctx)), 'ms', { max: 5 })
  report('sweep_unsold_nothing_due_p95', await p95(() => endUnsold(ctx)), 'ms', { max: 5 })
  const asked = { receiverKinds: [], undecidedAfterMs: 60_000 }
  report('due_times_p95', await p95(() => readDueTimes(ctx, asked)), 'ms', { max: 5 })
}

async function p95(work: () => Promise<unknown>): Promise<number> {
  const waits: number[] = []
  // A statement is prepared at its third use, and its plan is kept after five more.
  for (let time = -8; time < TIMES; time += 1) {
    const startedMs = performance.now()
    await work()
    if (time >= 0) waits.push(performance.now() - startedMs)
  }
  return quantile(waits, 0.95)
}
