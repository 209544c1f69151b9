import { listDrift, listObservedDrops } from '@droplock/core/observed/read'
import type { Admin, Program } from './admin.ts'
import { day, readWhole, someText } from './arguments.ts'

export function addDriftVerbs(program: Program, admin: Admin): void {
  const drift = program
    .command('drift')
    .description('how far drops are from their schedule, by zone and local day')
  drift
    .command('list')
    .description('lists the days of zones, the newest first')
    .option('--zone <zone>', 'of this zone')
    .option('--from <date>', 'from this day on', day)
    .option('--to <date>', 'until this day', day)
    .action(async (query) => {
      const batches = await readWhole((page) => listDrift(admin.ctx(), { ...query, ...page }))
      admin.print(
        batches.map((batch) => ({
          zone: batch.zone,
          day: batch.day,
          names: batch.names,
          open: batch.open,
          observed: batch.observed,
          median_seconds: batch.medianSeconds,
          spread_seconds: batch.spreadSeconds,
          from_shift_seconds: batch.fromShiftSeconds,
          to_shift_seconds: batch.toShiftSeconds,
          beyond: batch.beyond,
        })),
      )
    })
  drift
    .command('names')
    .description('lists when the names of a zone and day went, and what showed it')
    .argument('<zone>', 'which', someText)
    .argument('<date>', 'on which day they were expected', day)
    .action(async (zone, date) => {
      const drops = await readWhole((page) => listObservedDrops(admin.ctx(), { zone, day: date, ...page }))
      admin.print(
        drops.map((drop) => ({
          name: drop.name,
          kind: drop.kind,
          expected_from: drop.expectedFrom,
          expected_to: drop.expectedTo,
          at_from: drop.atFrom,
          at_to: drop.atTo,
          in_batch: drop.inBatch,
        })),
      )
    })
}
