import { listLine, putList } from '../../environment/lists.ts'
import { simulatorAt } from '../../environment/simulator.ts'
import { listFolder } from '../../environment/specs.ts'
import { waitUntil } from '../../processes/wait-until.ts'
import { hasUndecided } from '../backorders.ts'
import type { Run, Step } from './run.ts'
import { decidedMsMax, dropAheadMs, listedAheadMs, registryId, stepMsMax } from './settings.ts'

/** Names to be lost are released this long before the announced time: released with it, we might be the quickest. */
const LOST_AHEAD_MS = 2_000

type Names = Step['names']

/** Publishes the first list: orders are open, and the drop is an hour away. */
export async function publishNames(run: Run, names: Names): Promise<void> {
  await publish(run, 1, names, new Date(Date.now() + listedAheadMs))
  run.say(`a list of ${names.length} names is published; all are open for orders`)
}

/** The registry brings the drop forward, and publishes a second list with the new time. Resolves when all orders are decided. */
export async function dropNames(run: Run, names: Names): Promise<void> {
  const { environment, stop, say } = run
  const purgeAt = new Date(Date.now() + dropAheadMs(names.length))
  const planned = names.map(([name, outcome]) =>
    outcome === 'lost'
      ? { name, purgeAt: new Date(purgeAt.getTime() - LOST_AHEAD_MS), ending: 'contested_at_once' as const }
      : { name, purgeAt, ending: 'uncontested' as const },
  )
  await simulatorAt(environment.urlOf('registry-sim')).load(registryId, planned, false)
  await publish(run, 2, names, purgeAt)
  say('a second list moves all of them: they drop in a moment')
  const clients = [run.buyer, run.rich, run.debtor, run.crowd].map(({ client }) => client)
  await waitUntil(
    'the decision of every name',
    decidedMsMax,
    stop,
    async () => !(await Promise.all(clients.map(hasUndecided))).includes(true),
  )
  say('every name is decided')
}

async function publish({ environment, stop }: Run, number: number, names: Names, purgeAt: Date) {
  const { ctx, folder } = environment
  const lines = names.map(([name]) => listLine(name, purgeAt))
  await putList(listFolder(folder, registryId), number, lines)
  await waitUntil(`the publication of list ${number}`, stepMsMax, stop, async () => {
    const { runs } = await ctx.db
      .selectFrom('sync_run')
      .select((eb) => eb.fn.countAll<bigint>().as('runs'))
      .where('state', '=', 'published')
      .executeTakeFirstOrThrow()
    return Number(runs) >= number
  })
}
