import { Refusal } from './refusals.ts'

/** What must be true of a resource for an edit of it (RFC 9110 §13.1): that it is not there, is there, or has one of these versions. */
export type Precondition =
  | { readonly kind: 'absent' }
  | { readonly kind: 'present' }
  | { readonly kind: 'versions'; readonly versions: readonly number[] }

/** `version`: that of the resource now; undefined where it is not there. Throws Refusal('precondition_failed'). */
export function decidePrecondition(precondition: Precondition, version: number | undefined): void {
  if (holds(precondition, version)) return
  throw editedMeanwhile()
}

function holds(precondition: Precondition, version: number | undefined): boolean {
  if (precondition.kind === 'absent') return version === undefined
  if (version === undefined) return false
  return precondition.kind === 'present' || precondition.versions.includes(version)
}

/** The refusal of an edit whose version is not that of the resource any more. */
export function editedMeanwhile(): Refusal {
  return new Refusal('precondition_failed', 'It is not as you read it any more. Read it again, then edit it.')
}
