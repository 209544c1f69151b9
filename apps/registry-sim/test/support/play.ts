import { openSession } from '../../src/epp/session.ts'
import { loadNames } from '../../src/registry/load-names.ts'
import { present } from '../../src/registry/registry.ts'
import { type Exchange, exchangeNames } from './exchanges.ts'
import { ask, loggedIn, makeTestRegistry, NOON } from './registry.ts'

/** Plays one exchange on a fresh registry, one second after its names were purged; gives the answer. */
export function play(exchange: Exchange): string {
  const { registry, clock } = makeTestRegistry()
  clock.ms = NOON - 60_000
  const specs = exchangeNames.map((spec) => ({ ...spec, purgeAtMs: NOON, rivals: [], restoreAtMs: NOON }))
  loadNames(registry, specs, present(registry))
  clock.ms = NOON + 1000
  const session = exchange.as === 'stranger' ? openSession('stranger', registry) : loggedIn(registry)
  return ask(session, exchange.xml)
}
