import type { RegistrarPool } from '@droplock/epp/pool/pool'
import type { Board } from '../board/board.ts'

/** Whether creates may be sent at the registry account; `zones` are those in which none may, and `reason` why. */
export type Readiness =
  | { readonly ready: true }
  | {
      readonly ready: false
      readonly reason: 'no_fee_extension'
      readonly zones: readonly string[]
      /** The versions that the registry offers, none of which we speak. */
      readonly offered: readonly string[]
    }

type Readable = {
  readonly board: Board
  readonly createPool: () => Pick<RegistrarPool, 'feeSupport' | 'status'> | undefined
}

/**
 * Not ready while there are names in a zone that can have premium names and the registry speaks no fee extension that we know: a
 * create could buy a name at any price (rule 3). Without a session yet it is not known, and so nothing is wrong.
 */
export function readinessOf({ board, createPool }: Readable): Readiness {
  const pool = createPool()
  if (pool === undefined || pool.status().ready === 0) return { ready: true }
  const { version, offered } = pool.feeSupport()
  if (version !== undefined) return { ready: true }
  const zones = new Set<string>()
  for (const { zone, fee } of board.all()) if (fee !== null) zones.add(zone)
  if (zones.size === 0) return { ready: true }
  return { ready: false, reason: 'no_fee_extension', zones: [...zones].toSorted(), offered }
}
