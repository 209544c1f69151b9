import { openSession } from '../../src/epp/session.ts'
import { loadNames } from '../../src/registry/load-names.ts'
import { present } from '../../src/registry/registry.ts'
import type { RegistryOptions } from '../../src/registry/settings.ts'
import { codeOf } from './epp-client.ts'
import { ask, loggedIn, makeTestRegistry, NOON } from './registry.ts'

/** One command, what the registry holds being `exchangeNames`, and the code it must get. */
export type Exchange = {
  readonly means: string
  readonly as: 'droplock' | 'anonymous'
  readonly xml: string
  /** `undefined`: a greeting, which has no code. */
  readonly code: number | undefined
  /** What the same session sent before, each answered with success. */
  readonly before?: readonly string[]
  readonly options?: Partial<RegistryOptions>
}

/** Pending until noon, except that the clock of an exchange stands one second after it. */
const exchangeNames = [
  { name: 'pending.pl', kind: 'unreleased' },
  { name: 'free.pl', kind: 'normal' },
  { name: 'free2.pl', kind: 'normal' },
  { name: 'free3.com.pl', kind: 'normal' },
  { name: 'premium.pl', kind: 'premium' },
  { name: 'refused.pl', kind: 'refused' },
  { name: 'restored.pl', kind: 'withdrawn', priorClid: 'registrar-12' },
] as const

/** Plays one exchange on a fresh registry, one second after its names were purged; gives the answer. */
export function play(exchange: Exchange): string {
  const { registry, clock } = makeTestRegistry(exchange.options)
  clock.ms = NOON - 60_000
  const zones = registry.settings.zones
  const names = exchangeNames.filter(({ name }) => zones.some((zone) => name.endsWith(`.${zone}`)))
  const specs = names.map((spec) => ({ ...spec, purgeAtMs: NOON, rivals: [], restoreAtMs: NOON }))
  loadNames(registry, specs, present(registry))
  clock.ms = NOON + 1000
  const session = exchange.as === 'anonymous' ? openSession('anonymous', registry) : loggedIn(registry)
  for (const xml of exchange.before ?? []) {
    const code = codeOf(ask(session, xml))
    if (code >= 2000) throw new Error(`what came before ${exchange.means} was answered ${code}`)
  }
  return ask(session, exchange.xml)
}
