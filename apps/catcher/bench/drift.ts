import { reporter } from '@droplock/core/bench/support/measure'
import { openDatabase } from '@droplock/core/database/connect'
import { migrate } from '@droplock/core/database/migrate'
import { newId } from '@droplock/core/new-id'
import { runDrift } from './drift/run-drift.ts'

// `npm run bench -- drift`: registries that are off their schedule, and the processes of catcher and worker, with an hour in a minute.
// Of each scenario there are two registries at once: at one, submission windows may follow (by the bounds of a new zone), at the other not.
// What is counted: names whose submission window, as it was then, was open when the registry released them; and names that were caught,
// also in the grace after the window. Times of the policy are a sixtieth of the real ones, and so is how often a batch is measured.
// A skipped day needs an operator: the bench answers the alarm with `skip_day`. The next day's batch is two and a half hours later.
// Arguments: the database's URL, the names of each registry.

const names = Number(process.argv[3] ?? 100)

const report = reporter('drift')
const url = process.argv[2] ?? ''
await migrate(url)
const db = openDatabase({ url, connectionsMax: 8, applicationName: 'bench-drift' })
try {
  for (const { run, open, caught, caughtOpen, changes } of await runDrift({ db, newId }, url, names)) {
    const mode = run.follows ? 'adaptive' : 'fixed'
    report(
      `${run.scenario}_${mode}_window_open_share`,
      open / names,
      'share',
      run.follows ? { min: 0.99 } : undefined,
    )
    report(`${run.scenario}_${mode}_caught_in_window_share`, caughtOpen / names, 'share')
    report(`${run.scenario}_${mode}_caught_share`, caught / names, 'share')
    if (run.follows) report(`${run.scenario}_changes`, changes, 'changes')
  }
} finally {
  await db.destroy()
}
