import { setTimeout as wait } from 'node:timers/promises'
import type { Context } from '@droplock/core/context'
import { closeDue } from '@droplock/core/listings/close'
import { beginFiring } from '@droplock/core/targets/begin-firing'
import { listUndecidedTargets, type UndecidedTarget } from '@droplock/core/targets/list-undecided'
import { prepareTargets } from '@droplock/core/targets/prepare'
import type { Attempt } from '@droplock/core/targets/record-attempts'
import { type Settlement, settleTarget } from '@droplock/core/targets/settle'
import { accountOf } from './registries.ts'

/** The six ways in which a drop ends. */
export type Ending = Settlement['outcome']

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
  for (const [index, target] of targets.entries()) {
    const ending = endings[target.name] ?? 'undecided'
    if (ending !== 'undecided') await settleTarget(ctx, settlementOf(target, registryId, ending, index))
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

function settlementOf(
  target: UndecidedTarget,
  registryId: string,
  outcome: Ending,
  index: number,
): Settlement {
  const registryAccountId = accountOf(registryId)
  const { code, holder } = lastAnswers[outcome]
  const decided = {
    targetId: target.id,
    listingId: target.listing_id,
    registryAccountId,
    code,
    holderClid: holder ?? null,
    attempts: attemptsOf(target, registryAccountId, outcome, index),
  }
  if (outcome !== 'registered') return { ...decided, outcome }
  return { ...decided, outcome, crDate: new Date(target.drop_from.getTime() + createSpreadMs(index)) }
}

/** How long after the window's start the registry lets the name go. */
function createSpreadMs(index: number): number {
  return 240 + index * 35
}

/** "Not yet" every 25 ms, then the answer that counts, then `info` where it is asked. */
function attemptsOf(
  target: UndecidedTarget,
  account: string,
  outcome: Ending,
  index: number,
): readonly Attempt[] {
  const { code, message, holder } = lastAnswers[outcome]
  const early = Math.floor(createSpreadMs(index) / 25)
  const startMs = target.drop_from.getTime()
  const attempt = (
    step: number,
    command: Attempt['command'],
    answer: { code: number; message: string },
  ): Attempt => {
    const roundTripUs = 8_400 + ((step * 137 + index * 53) % 2_900)
    const sentAt = new Date(startMs + step * 25 + 3)
    return {
      clTRID: `${target.name.split('.')[0]}-${index}-${String(step).padStart(3, '0')}`,
      targetId: target.id,
      registryAccountId: account,
      command,
      sentAt,
      answeredAt: new Date(sentAt.getTime() + Math.round(roundTripUs / 1_000)),
      roundTripUs,
      outcome: 'answered',
      ...answer,
      svTRID: `SIM-${startMs.toString(36)}-${index}-${step}`,
    }
  }
  const notYet = { code: 2302, message: 'Object exists' }
  const creates = Array.from({ length: early }, (_, step) => attempt(step, 'create', notYet))
  const last = attempt(early, 'create', { code, message })
  if (holder === undefined || outcome === 'registered') return [...creates, last]
  return [
    ...creates,
    last,
    attempt(early + 1, 'info', { code: 1000, message: 'Command completed successfully' }),
  ]
}
