import { between, stream } from '../random.ts'
import { type LoadRefusal, loadNames, type NameSpec } from './load-names.ts'
import type { NameRecord } from './records.ts'
import type { Registry } from './registry.ts'

/** When its registry is to say that a name drops; epoch ms, registry clock. */
type SandboxDrop = { readonly name: string; readonly dropsAtMs: number }

/** What is fixed about the end of a name, by when it is said to drop. */
type Ending = Pick<NameSpec, 'kind' | 'purgeAtMs' | 'restoreAtMs' | 'rivals'>

/** The rival has it a millisecond after the purge: no create over TLS is as fast. */
const RIVAL_MS = 1
/** After the window in which it is expected, and within the grace. */
const LATE_MS = 12_000
/** When orders are about to close: the list shows it, and the registry is asked about the name, before it drops. */
const RESTORED_BEFORE_MS = 18_000

const taken = [{ clid: 'rival-a', delayMs: RIVAL_MS }]

/** How a name ends at a sandbox, by what its label begins with. A name with any other label is released and free, like `caught-…`. */
export const sandboxEndings = {
  'caught-': () => ({ kind: 'normal' }),
  'lost-': () => ({ kind: 'normal', rivals: taken }),
  'premium-': () => ({ kind: 'premium' }),
  'withdrawn-': (atMs) => ({ kind: 'withdrawn', restoreAtMs: atMs - RESTORED_BEFORE_MS }),
  'missed-': () => ({ kind: 'unreleased' }),
  'late-': (atMs) => ({ kind: 'normal', purgeAtMs: atMs + LATE_MS }),
  // Lost; the sandbox of payments lets the refund fail.
  'refundfails-': () => ({ kind: 'normal', rivals: taken }),
} as const satisfies Record<string, (dropsAtMs: number) => Ending>

function endingOf({ name, dropsAtMs }: SandboxDrop): Ending {
  const found = Object.entries(sandboxEndings).find(([start]) => name.startsWith(start))
  return { purgeAtMs: dropsAtMs, rivals: [], ...found?.[1](dropsAtMs) }
}

/**
 * Has each name drop at its time: one that is unknown, or whose life has ended, is put into pending deletion; one that is pending moves,
 * and its registration stays what it was. A name that drops or dropped at this very time stays as it is, so a request can be repeated.
 * Returns those that were refused.
 */
export function planSandboxDrops(registry: Registry, drops: readonly SandboxDrop[], nowMs: number) {
  const refused: { readonly name: string; readonly code: LoadRefusal }[] = []
  for (const drop of drops) {
    const known = registry.names.get(drop.name)
    if (known?.listedPurgeAtMs === drop.dropsAtMs) continue
    const spec = { ...endingOf(drop), name: drop.name, listedAtMs: drop.dropsAtMs }
    const prior = known?.stage === 'pending' ? dismiss(registry, known) : undefined
    refused.push(...loadNames(registry, [{ ...spec, ...past(registry, drop), prior }], nowMs).refused)
  }
  return refused
}

/** Ends a pending life without a trace: what was planned for it finds it no longer pending. */
function dismiss(registry: Registry, record: NameRecord): NameRecord['prior'] {
  registry.names.delete(record.name)
  record.stage = 'restored'
  return record.prior
}

const REGISTERED_FROM_MS = Date.UTC(2012, 0, 1)
const REGISTERED_WITHIN_MS = 10 * 365 * 86_400_000

/** The same whenever it is asked, so that a name which is loaded again is the one that it was. */
function past({ seed, settings }: Registry, { name }: SandboxDrop) {
  const random = stream(seed, settings.id, 'sandbox', name)
  const priorCrDateMs =
    Math.floor((REGISTERED_FROM_MS + between(random, 0, REGISTERED_WITHIN_MS)) / 1000) * 1000
  return { priorClid: 'registrar-12', priorCrDateMs }
}
