import type { Clock } from '../clock.ts'
import type { Hosted } from '../control/describe-registry.ts'
import type { Log } from '../log.ts'
import { type Rival, startRival } from './start-rival.ts'

export type RivalsOptions = {
  readonly control: string
  readonly ca: string
  readonly clock: Clock
  readonly log: Log
}

/** Starts the wire rivals of a registry's settings in this process. Each must have an account there. */
export function startRivals({ registry, host, port }: Hosted, options: RivalsOptions): readonly Rival[] {
  const { control, ca, clock, log } = options
  const { id, wireRivals } = registry.settings
  return wireRivals.flatMap((rival) => {
    const account = registry.accounts.get(rival.clid)
    if (!account) return []
    return startRival({
      ...rival,
      ...account.limits,
      password: account.password,
      dropListUrl: `${control}/registries/${id}/drop-list.csv`,
      seed: registry.seed,
      host,
      port,
      ca,
      nowMs: () => clock.nowMs(),
      log,
    })
  })
}
