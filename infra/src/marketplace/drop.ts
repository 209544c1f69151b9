import type { Environment } from '../environment/environment.ts'
import { listLine, putList } from '../environment/lists.ts'
import { type PlannedEnding, simulatorAt } from '../environment/simulator.ts'
import { listFolder } from '../environment/specs.ts'
import { holdsWithin } from '../processes/wait-until.ts'
import { dropRegistry } from './start-marketplace.ts'

const HOUR_MS = 3_600_000
const PUBLISHED_MS_MAX = 30_000

/** Other names are released later than announced, within their window, so that there is time to watch. Milliseconds. */
const RELEASED_LATE_MS = 6_000

/** Rivals of names to be lost are this much earlier than the list says: at the same instant we might be the quicker. Milliseconds. */
const LOST_AHEAD_MS = 1_500

/** Lists of the registry, one after the other: the first announces names for later, so that there is time to order them. */
export function openDrops(environment: Environment) {
  let lists = 0
  const publish = async (names: readonly string[], purgeAt: Date) => {
    lists += 1
    const number = lists
    await putList(
      listFolder(environment.folder, dropRegistry),
      number,
      names.map((name) => listLine(name, purgeAt)),
    )
    const isPublished = async () => {
      const { runs } = await environment.ctx.db
        .selectFrom('sync_run')
        .select((eb) => eb.fn.countAll<bigint>().as('runs'))
        .where('state', '=', 'published')
        .executeTakeFirstOrThrow()
      return Number(runs) >= number
    }
    if (!(await holdsWithin({ everyMs: 100, msMax: PUBLISHED_MS_MAX }, isPublished)))
      throw new Error(`list ${number} was not published`)
  }
  return {
    /** Announces names that drop in this many milliseconds. */
    announce: (names: readonly string[], inMs = HOUR_MS) => publish(names, new Date(Date.now() + inMs)),
    /** The registry brings the drop of these names forward, each with its ending there. */
    bringForward: async (endings: Readonly<Record<string, PlannedEnding>>, inMs: number) => {
      const purgeAt = new Date(Date.now() + inMs)
      const planned = Object.entries(endings).map(([name, ending]) => ({
        name,
        ending,
        purgeAt: new Date(
          purgeAt.getTime() + (ending === 'contested_at_once' ? -LOST_AHEAD_MS : RELEASED_LATE_MS),
        ),
      }))
      await simulatorAt(environment.urlOf('registry-sim')).load(dropRegistry, planned, false)
      await publish(Object.keys(endings), purgeAt)
    },
  }
}
