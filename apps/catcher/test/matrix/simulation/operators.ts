import type { OperatorContext } from '@droplock/core/context'
import { restartRegistry } from '@droplock/core/registry-stops/restart'
import { stopRegistry } from '@droplock/core/registry-stops/stop'
import { applyChange } from '@droplock/core/schedule-changes/apply'
import { previewChange } from '@droplock/core/schedule-changes/preview'
import type { VirtualTime } from '../world/virtual-time.ts'
import { REGISTRY } from './given-orders.ts'

const reason = 'a simulation'
const registry = { registryId: REGISTRY, reason } as const

/** How soon an operator tries again what failed. Milliseconds. */
const AGAIN_MS = 1_000

/** How long the window of a drop that was moved lasts. Milliseconds. */
const WINDOW_MS = 20_000

/** Operators stop the registry, and end that after `forMs`. Rejects where it cannot be stopped. */
export async function stopFor(operator: OperatorContext, time: VirtualTime, forMs: number): Promise<void> {
  await stopRegistry(operator, registry)
  const restart = async (): Promise<void> => {
    try {
      await restartRegistry(operator, registry)
    } catch {
      time.after(AGAIN_MS, () => void restart())
    }
  }
  time.after(forMs, () => void restart())
}

/** The registry has announced that it drops later. */
export async function moveDrop(operator: OperatorContext, time: VirtualTime, byMs: number): Promise<void> {
  const dropFrom = new Date(Math.trunc((time.epochMs() + byMs) / 1_000) * 1_000)
  const dropTo = new Date(dropFrom.getTime() + WINDOW_MS)
  const action = { kind: 'drop_moved', dropFrom, dropTo } as const
  const { id: changeId } = await previewChange(operator, { action, filter: { zone: 'test' } })
  await applyChange(operator, { changeId, reason })
}
