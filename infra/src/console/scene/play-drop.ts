import { setTimeout as wait } from 'node:timers/promises'
import type { Context } from '@droplock/core/context'
import { closeDue } from '@droplock/core/schedule/steps'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import { prepareTargets } from '@droplock/core/targets/prepare'
import { listUndecidedTargets, type UndecidedTarget } from '@droplock/core/targets/read'
import { type Attempt, markAmbiguous } from '@droplock/core/targets/record'
import { recordOutcome, type TargetOutcome } from '@droplock/core/targets/record-outcome'
import { accountOf } from './registries.ts'

/** The six ways in which a drop ends. */
export type Ending = TargetOutcome['outcome']

const lookMs = 20
const cutOffMsMax = 30_000
const dayMs = 86_400_000

/** The create whose answer comes last, and what `info` says of the holder where it is asked. */
const lastAnswers: Readonly<
  Record<Ending, { readonly code: number; readonly message: string; readonly holder?: string }>
> = {
  registered: { code: 1000, message: 'Command completed successfully', holder: 'droplock' },
  lost: { code: 2302, message: 'Object exists', holder: 'rival-three' },
  missed: { code: 2302, message: 'Object exists', holder: 'old-registrar' },
  premium: { code: 2003, message: 'Required parameter missing' },
  withdrawn: { code: 2302, message: 'Object exists', holder: 'old-registrar' },
  refused: { code: 2306, message: 'Parameter value policy error' },
}

/**
 * Plays a drop as the catcher would record it: waits for the cut-off of the ordered names, fires, and ends each name as
 * told; a name without an ending stays in doubt. Attempts are made up, all else are the use cases of drop day.
 */
export async function playDrop(
  ctx: Context,
  registryId: string,
  endings: Readonly<Record<string, Ending | 'undecided'>>,
): Promise<void> {
  const targets = await armed(ctx, registryId, Object.keys(endings))
  const priorCrDate = new Date(Date.now() - 3_650 * dayMs)
  await prepareTargets(
    ctx,
    targets.map(({ id }) => ({ targetId: id, priorClid: 'old-registrar', priorCrDate })),
  )
  await beginFiring(
    ctx,
    targets.map(({ id }) => id),
  )
  const firedAtMs = Date.now()
  // What is settled has happened: nothing is decided before its last answer.
  await wait((stepsOf(targets.length) + 2) * stepMs)
  for (const [index, target] of targets.entries()) {
    const ending = endings[target.name] ?? 'undecided'
    if (ending === 'undecided') await markAmbiguous(ctx, [target.id])
    else await recordOutcome(ctx, settlementOf(target, registryId, ending, { index, firedAtMs }))
  }
}

async function armed(
  ctx: Context,
  registryId: string,
  names: readonly string[],
): Promise<readonly UndecidedTarget[]> {
  const deadline = Date.now() + cutOffMsMax
  for (;;) {
    await closeDue(ctx)
    const targets = await listUndecidedTargets(ctx, registryId, new Date(Date.now() + dayMs))
    const ours = targets.filter(({ name, state }) => names.includes(name) && state === 'armed')
    if (ours.length === names.length) return ours
    if (Date.now() > deadline) throw new Error(`armed ${ours.length} of ${names.length} names in time`)
    await wait(lookMs)
  }
}

/** Which of the names it is, and when the first create left. */
type Turn = { readonly index: number; readonly firedAtMs: number }

/** The gap between two tries of a name. */
const stepMs = 25

/** How many tries until the registry lets the name go: later for each further name. */
function stepsOf(index: number): number {
  return 10 + index
}

function settlementOf(
  target: UndecidedTarget,
  registryId: string,
  outcome: Ending,
  turn: Turn,
): TargetOutcome {
  const registryAccountId = accountOf(registryId)
  const { code, holder } = lastAnswers[outcome]
  const decided = {
    targetId: target.id,
    listingId: target.listing_id,
    registryAccountId,
    code,
    holderClid: holder ?? null,
    attempts: attemptsOf(target, registryAccountId, outcome, turn),
  }
  if (outcome !== 'registered') return { ...decided, outcome }
  return { ...decided, outcome, crDate: new Date(turn.firedAtMs + stepsOf(turn.index) * stepMs + 5) }
}

/** "Not yet" at every step, then the answer that counts, then `info` where it is asked. */
function attemptsOf(
  target: UndecidedTarget,
  account: string,
  outcome: Ending,
  turn: Turn,
): readonly Attempt[] {
  const { code, message, holder } = lastAnswers[outcome]
  const steps = stepsOf(turn.index)
  const notYet = { code: 2302, message: 'Object exists' }
  const attempt = (step: number, command: Attempt['command'], answer: { code: number; message: string }) => ({
    ...timesOf(step, turn),
    ...answer,
    clTRID: `${target.name.split('.')[0]}-${turn.firedAtMs.toString(36)}-${step}`,
    targetId: target.id,
    registryAccountId: account,
    command,
    outcome: 'answered' as const,
    svTRID: `SIM-${(turn.firedAtMs + step * 7 + turn.index).toString(36)}`,
  })
  const creates = Array.from({ length: steps }, (_, step) => attempt(step, 'create', notYet))
  const last = attempt(steps, 'create', { code, message })
  if (holder === undefined || outcome === 'registered') return [...creates, last]
  return [
    ...creates,
    last,
    attempt(steps + 1, 'info', { code: 1000, message: 'Command completed successfully' }),
  ]
}

function timesOf(step: number, { index, firedAtMs }: Turn) {
  const roundTripUs = 8_400 + ((step * 137 + index * 53) % 2_900)
  const sentAt = new Date(firedAtMs + step * stepMs)
  return { sentAt, answeredAt: new Date(sentAt.getTime() + Math.round(roundTripUs / 1_000)), roundTripUs }
}
