import type { Context } from '../context.ts'
import { recordOutcomes } from './record-outcomes.ts'
import type { TargetOutcome } from './target-outcome.ts'

/** Records one outcome, as a batch of one (see `recordOutcomes`): whether it decided its target. */
export async function recordOutcome(ctx: Context, decided: TargetOutcome): Promise<boolean> {
  const [isDecided = false] = await recordOutcomes(ctx, [decided])
  return isDecided
}
