import type { Context } from '@droplock/core/context'
import type { Attempt } from '@droplock/core/targets/record'
import { endDrop } from './ended.ts'
import { registryAccountId } from './world.ts'

/** Creates sent for a target, a millisecond apart: `at-0001`, `at-0002`, … where the prefix is `at`. */
function attemptsFor(targetId: string, count: number, prefix: string): readonly Attempt[] {
  const firstMs = Date.parse('2026-02-15T13:00:00.000Z')
  return Array.from({ length: count }, (_, index) => ({
    clTRID: `${prefix}-${String(index + 1).padStart(4, '0')}`,
    targetId,
    registryAccountId,
    command: 'create',
    sentAt: new Date(firstMs + index),
    answeredAt: new Date(firstMs + index + 12),
    roundTripUs: 12_000,
    outcome: 'answered',
    code: 2302,
    message: 'Object exists',
    svTRID: `sv-${index + 1}`,
  }))
}

/** An ordered name that was tried `count` times and lost by the attempt `deciding`, whose prefix all of them have. */
export async function givenTried(ctx: Context, name: string, count: number, deciding: string): Promise<void> {
  const [prefix = ''] = deciding.split('-')
  await endDrop(ctx, name, (common) => ({
    ...common,
    code: 2302,
    decidingClTRID: deciding,
    holderClid: 'rival',
    outcome: 'lost',
    attempts: attemptsFor(common.targetId, count, prefix),
  }))
}
