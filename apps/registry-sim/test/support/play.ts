import { openSession } from '../../src/epp/session.ts'
import { loadNames } from '../../src/registry/load-names.ts'
import { present } from '../../src/registry/registry.ts'
import { codeOf } from './epp-client.ts'
import { type Exchange, exchangeNames } from './exchange.ts'
import { ask, loggedIn, makeTestRegistry, NOON } from './registry.ts'

/** Plays one exchange on a fresh registry, one second after its names were purged; gives the answer. */
export function play(exchange: Exchange): string {
  const { registry, clock } = makeTestRegistry(exchange.options)
  clock.ms = NOON - 60_000
  const zones = registry.settings.zones
  const names = exchangeNames.filter(({ name }) => zones.some((zone) => name.endsWith(`.${zone}`)))
  const specs = names.map((spec) => ({ ...spec, purgeAtMs: NOON, rivals: [], restoreAtMs: NOON }))
  loadNames(registry, specs, present(registry))
  clock.ms = NOON + 1000
  const session = exchange.as === 'stranger' ? openSession('stranger', registry) : loggedIn(registry)
  for (const xml of exchange.before ?? []) {
    const code = codeOf(ask(session, xml))
    if (code >= 2000) throw new Error(`what came before ${exchange.means} was answered ${code}`)
  }
  return ask(session, exchange.xml)
}
