import type { RefusalCode } from '@droplock/rules/refusals'
import type { Permission } from '@droplock/rules/staff'
import { text } from '../common/primitives.ts'
import { bodyProblems, problemResponses } from '../common/responses.ts'

/** Problems that any operation behind the sign-in may answer with. */
const signedIn = [
  'malformed_text',
  'session_required',
  'forbidden',
  'second_factor_required',
  'try_again',
  'unavailable',
  'internal_error',
] as const

/** Problems that any change may answer with before anything is read. */
const guarded = ['csrf_token_invalid', 'cross_site_request', 'step_up_required'] as const

/** The security of a read: a session with a role that has the permission. */
export function reads<Needed extends Permission>(permission: Needed) {
  return [{ session: [permission] }]
}

/** The security of a change: the session and its CSRF token. */
export function changes<Needed extends Permission>(permission: Needed) {
  return [{ session: [permission], csrf: [] }]
}

export function readProblems<Code extends RefusalCode>(...codes: readonly Code[]) {
  return problemResponses<Code | 'read_limit_reached' | (typeof signedIn)[number]>([
    ...codes,
    'read_limit_reached',
    ...signedIn,
  ])
}

export function changeProblems<Code extends RefusalCode>(...codes: readonly Code[]) {
  return problemResponses<
    Code | (typeof signedIn)[number] | (typeof guarded)[number] | (typeof bodyProblems)[number]
  >([...bodyProblems, ...codes, ...guarded, ...signedIn])
}

/** Why a change is made, for the audit log. Spaces alone are refused as `reason_required`. */
export const Reason = text(500).openapi({ example: 'The registry announced a delay of one day' })
