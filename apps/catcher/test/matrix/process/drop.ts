import { createHash } from 'node:crypto'
import { placeBackorder } from '@droplock/core/backorders/place'
import type { AccountContext } from '@droplock/core/context'
import { publishRun } from '@droplock/core/lists/publish'
import { stageList } from '@droplock/core/lists/stage'
import { closeDue } from '@droplock/core/schedule/steps'
import type { DropEntry } from '@droplock/rules/ports/drop-feed'
import type { RegistryProfileId } from '@droplock/rules/registries'
import { between, pick, stream } from '../../../../registry-sim/src/random.ts'
import type { SimulatorProcess } from './simulator.ts'
import { mayHavePremium, timesOf, trialOf } from './trial.ts'

/** The most names of one profile: each has its order, money and evidence. */
const NAMES_MAX = 100

/** The time between two names of one profile. */
const SPACING_MS_MIN = 500

const RIVAL_MS_MAX = 2_000

const HOUR_MS = 3_600_000

/** The mix of names, in parts. There are enough premium names for a fault in each kind of fee check. */
const KINDS = { normal: 9, premium: 6, withdrawn: 1, unreleased: 1, refused: 1 }

export type DroppedName = { readonly name: string; readonly purgeAtMs: number; readonly fromMs: number }

/** The names of a profile that are released evenly within `forMs` from `startMs`, each tried long before. */
export function planDrop(profile: RegistryProfileId, startMs: number, forMs: number): readonly DroppedName[] {
  const { zones, atOnce, namesMax = NAMES_MAX } = trialOf(profile)
  const count = Math.min(namesMax, Math.floor(forMs / SPACING_MS_MIN))
  const spacingMs = forMs / count
  return Array.from({ length: count }, (_, index) => {
    // Some registries release at whole seconds.
    const purgeAtMs = Math.ceil((startMs + (index + 1) * spacingMs) / 1_000) * 1_000
    const fromMs = Math.max(startMs, Math.min(purgeAtMs - atOnce * spacingMs, purgeAtMs - 200))
    return { name: `n${index}.${zones[index % zones.length] ?? zones[0]}`, purgeAtMs, fromMs }
  })
}

/** Loads the names into the registry, some contested and some not available; into a daily one as the batch of one day. */
export async function loadDrop(
  simulator: SimulatorProcess,
  profile: RegistryProfileId,
  names: readonly DroppedName[],
): Promise<void> {
  const random = stream(1, profile, 'drop')
  const isDaily = profile === 'verisign-like'
  const kinds = Object.entries(KINDS)
    .filter(([kind]) => kind !== 'premium' || mayHavePremium(profile))
    .flatMap(([kind, parts]) => Array.from({ length: parts }, () => kind))
  const specs = names.map(({ name, purgeAtMs }, index) => {
    const kind = pick(random, kinds)
    const isContested = kind !== 'premium' && random() < 0.5
    return {
      name,
      kind,
      priorClid: 'registrar-12',
      rivals: isContested ? [{ clid: 'rival-a', delayMs: between(random, 50, RIVAL_MS_MAX) }] : [],
      ...(isDaily
        ? { updatedAt: new Date(purgeAtMs - 40 * 24 * HOUR_MS + index).toISOString() }
        : { purgeAt: new Date(purgeAtMs).toISOString() }),
    }
  })
  await simulator.post(profile, 'names', { names: specs })
  const [first] = names
  const last = names.at(-1)
  if (!isDaily || first === undefined || last === undefined || first === last) return
  // The average of all: the first two may be at one whole second, and then all would be released at once.
  const paceMs = Math.round((last.purgeAtMs - first.purgeAtMs) / (names.length - 1))
  const startAt = new Date(first.purgeAtMs).toISOString()
  await simulator.post(profile, 'batches', { startAt, paceMs, driftMsMax: 2_000, jitterMsMax: 20 })
}

/** Lists and orders the names and moves them past their cut-off, with the planned windows. */
export async function orderDrop(
  buyer: AccountContext,
  profile: RegistryProfileId,
  names: readonly DroppedName[],
): Promise<void> {
  const run = await stageList(buyer, {
    registryId: profile,
    source: 'test',
    format: 'test',
    contentSha256: () => createHash('sha256').update(profile).digest(),
    scope: () => ({ kind: 'increment', zones: trialOf(profile).zones }),
    entries: entriesOf(names),
  })
  await publishRun(buyer, { runId: run.id, opensAt: new Date(0) })
  for (const { name } of names) await placeBackorder(buyer, { name, payment: 'balance' })
  const { lateSeconds } = timesOf(trialOf(profile))
  for (const { name, fromMs, purgeAtMs } of names)
    await buyer.db
      .updateTable('listing')
      .set({
        cutoff_at: new Date(),
        drop_from: new Date(fromMs),
        drop_to: new Date(purgeAtMs + lateSeconds * 1_000),
      })
      .where('name', '=', name)
      .execute()
  while ((await closeDue(buyer)).closed > 0);
}

/** An hour away while names are ordered, so that the duration does not matter. */
async function* entriesOf(names: readonly DroppedName[]): AsyncGenerator<DropEntry> {
  const purgeAt = new Date(Date.now() + HOUR_MS)
  const dropDate = purgeAt.toISOString().slice(0, 10)
  for (const [index, { name }] of names.entries())
    yield { kind: 'row', line: index + 1, name, zone: name.slice(name.indexOf('.') + 1), purgeAt, dropDate }
}
