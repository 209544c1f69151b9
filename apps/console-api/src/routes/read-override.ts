import type { PreviewOverride, Basis as WireBasis } from '@droplock/contracts/console/listings'
import type { Window } from '@droplock/core/schedule/preview'
import type { Basis } from '@droplock/rules/listings'
import type { z } from '@hono/zod-openapi'
import { given } from './given.ts'

/** Where a person wants a listing, in core's words. */
export function readWindow(body: z.output<typeof PreviewOverride>): Window {
  return { dropFrom: body.drop_from, dropTo: body.drop_to, ...given({ cutoffAt: body.cutoff_at }) }
}

/** What the preview was computed from, as it comes back. */
export function readBasis(basis: z.output<typeof WireBasis>): Basis {
  const { version, state, holder } = basis
  return {
    version,
    state,
    holder,
    cutoffAt: new Date(basis.cutoff_at),
    dropFrom: new Date(basis.drop_from),
    dropTo: new Date(basis.drop_to),
  }
}
