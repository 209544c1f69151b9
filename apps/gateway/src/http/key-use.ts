import type { Context } from '@droplock/core/context'
import { recordKeyUse } from '@droplock/core/key-use'

/** Notes which keys are used, and writes that from time to time: no request waits for it. */
export type KeyUse = {
  readonly note: (keyId: string) => void
  /** Writes what was noted since the last time. What cannot be written is noted again. */
  readonly write: () => Promise<void>
}

export function noteKeyUse(ctx: Context): KeyUse {
  let noted = new Set<string>()
  return {
    note: (keyId) => {
      noted.add(keyId)
    },
    write: async () => {
      const written = noted
      noted = new Set()
      try {
        await recordKeyUse(ctx, [...written])
      } catch (error) {
        for (const keyId of written) noted.add(keyId)
        throw error
      }
    },
  }
}
