import { Refusal } from '@droplock/rules/refusals'
import type { z } from '@hono/zod-openapi'

/** Faults told at once; a caller corrects a few at a time. */
const faultsMax = 5
/** A fault may quote an unknown member's name, which is as long as the caller made it. */
const detailCharactersMax = 500

type Validation = { readonly target: string } & (
  | { readonly success: true }
  | { readonly success: false; readonly error: z.ZodError }
)

/** What the framework's validators found wrong becomes a refusal that names the place. Throws Refusal('invalid_request'). */
export function onInvalid(result: Validation): void {
  if (result.success) return
  const faults = result.error.issues.slice(0, faultsMax).map(({ path, message }) => {
    const place = [placeOf[result.target] ?? result.target, ...path].join('.')
    return `${place}: ${message}`
  })
  throw new Refusal('invalid_request', faults.join('; ').slice(0, detailCharactersMax))
}

const placeOf: Readonly<Record<string, string>> = { json: 'body', param: 'path' }
