import type { RefusalCode } from '@droplock/rules/refusals'
import type { Permission } from '@droplock/rules/staff'
import { text } from '../common/primitives.ts'
import { bodyProblems, problemResponses } from '../common/responses.ts'

/** What any operation behind the sign-in may answer, whatever it does. */
const signedIn = [
  'malformed_text',
  'session_required',
  'forbidden',
  'try_again',
  'unavailable',
  'internal_error',
] as const

/** What any change may answer before anything is looked at. */
const guarded = ['csrf_token_invalid', 'cross_site_request'] as const

/** The security of a read: a session of somebody whose roles have the permission. */
export function reads<Needed extends Permission>(permission: Needed) {
  return [{ session: [permission] }]
}

/** The security of a change: the session, and the CSRF token that belongs to it. */
export function changes<Needed extends Permission>(permission: Needed) {
  return [{ session: [permission], csrf: [] }]
}

export function readProblems<Code extends RefusalCode>(...codes: readonly Code[]) {
  return problemResponses<Code | (typeof signedIn)[number]>([...codes, ...signedIn])
}

export function changeProblems<Code extends RefusalCode>(...codes: readonly Code[]) {
  return problemResponses<
    Code | (typeof signedIn)[number] | (typeof guarded)[number] | (typeof bodyProblems)[number]
  >([...bodyProblems, ...codes, ...guarded, ...signedIn])
}

/** Why a change is made; the audit keeps it. What is only spaces is refused as `reason_required`. */
export const Reason = text(500).openapi({ example: 'The registry announced a delay of one day' })
