import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { simulatorAt } from '../../environment/simulator.ts'
import { waitUntil } from '../../processes/wait-until.ts'
import { feedFolder, registryId } from './orders.ts'
import type { Play, Step } from './play.ts'
import { decidedMsMax, dropAheadMs, listedAheadMs, stepMsMax, zone } from './settings.ts'

/** Auto-renew grace, redemption and pendingDelete before the purge. */
const expiredBeforeMs = 80 * 86_400_000

/** What is to be lost is released so long before its list says: were it not, we might be the quickest. */
const aheadMs = 2_000

type Names = Step['names']

/** Publishes the first list: orders are open, and the drop is an hour away. */
export async function publishNames(play: Play, names: Names): Promise<void> {
  await publish(play, '001', names, new Date(Date.now() + listedAheadMs))
  play.say(`a list of ${names.length} names is published; all are open for orders`)
}

/** The registry lets them go earlier than it said, and tells so by a second list. Resolves when all orders are decided. */
export async function dropNames(play: Play, names: Names): Promise<void> {
  const purgeAt = new Date(Date.now() + dropAheadMs(names.length))
  const chosen = names.map(([name, fate]) => ({
    name,
    zone,
    day: 0,
    purgeAt: fate === 'lost' ? new Date(purgeAt.getTime() - aheadMs) : purgeAt,
    fate: fate === 'lost' ? ('contested_at_once' as const) : ('uncontested' as const),
    formerlyOurs: false,
  }))
  await simulatorAt(play.stage.controlUrl).load(registryId, chosen, false)
  await publish(play, '002', names, purgeAt)
  play.say('a second list moves all of them: they drop in a moment')
  const clients = [play.buyer, play.rich, play.debtor, play.crowd].map(({ client }) => client)
  await waitUntil('the decision of every name', decidedMsMax, play.stop, async () => {
    const waits = await Promise.all(clients.map((client) => client.waits()))
    return !waits.includes(true)
  })
  play.say('every name is decided')
}

async function publish(play: Play, number: string, names: Names, purgeAt: Date): Promise<void> {
  const times = `${new Date(purgeAt.getTime() - expiredBeforeMs).toISOString()},${purgeAt.toISOString()}`
  const rows = names.map(([name]) => `${zone},${name},${times}\n`)
  const path = join(feedFolder(play.stage.places), `${number}_domain-drop-list.csv`)
  // Whole or not there: the worker looks into the folder at any time.
  await writeFile(`${path}.part`, `TLD,DOMAIN,EXPIRED,PURGED\n${rows.join('')}`)
  await rename(`${path}.part`, path)
  await waitUntil(`the publication of list ${number}`, stepMsMax, play.stop, async () => {
    const { runs } = await play.stage.ctx.db
      .selectFrom('sync_run')
      .select((eb) => eb.fn.countAll<bigint>().as('runs'))
      .where('state', '=', 'published')
      .executeTakeFirstOrThrow()
    return Number(runs) >= Number(number)
  })
}
