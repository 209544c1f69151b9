/** What a result code means as the answer to a domain create at the drop. */
export type CreateMeaning =
  /** The name is ours. */
  | 'registered'
  /** An application was taken; its result comes by poll. */
  | 'applied'
  /** The name exists: not purged yet, lost, or already ours. `info` decides. */
  | 'exists'
  /** The create lacks something or has a wrong value: the fee, or anything else. A fee check decides which. */
  | 'incomplete'
  /** The registry will not register this name for us. The name fails. */
  | 'refused'
  /** Our deposit at the registry is used up: alarm, as no name of the account can be created. */
  | 'deposit_empty'
  /** A passing error. Try again within the limits. */
  | 'retry'
  /** What we sent, or how the account is set up, is wrong: alarm. The name does not fail, but a repetition gives the same answer. */
  | 'our_fault'
  /** The server closes the session. */
  | 'session_ended'
  /** Not an answer to a create, perhaps that of another command. `info` decides. */
  | 'unknown'

/** What a result code means as the answer to any other command, and what to do then. */
type CommandMeaning =
  /** Carried out. */
  | 'done'
  /** Accepted; the result comes by poll. */
  | 'pending'
  /** No such object: deleted, or never created. */
  | 'absent'
  /** The object exists; if it is ours, we have repeated the command. */
  | 'exists'
  /** Another registrar's object, or a wrong authInfo: this account cannot do it. */
  | 'not_ours'
  /** A status, an association or a pending transfer prevents it for now. Try again when that has changed. */
  | 'blocked'
  /** The registry's policy forbids this value. Another value may be accepted. */
  | 'refused'
  /** Our deposit at the registry is used up: alarm. */
  | 'deposit_empty'
  /** A passing error: repeat the command, with pauses. */
  | 'retry'
  /** What we sent, or how the account is set up, is wrong: alarm. A repetition gives the same answer. */
  | 'our_fault'
  /** The server closes the session. Other commands in flight on it are ambiguous. */
  | 'session_ended'
  /** Not an answer to this command. Send `info` before anything else. */
  | 'unknown'

type ResultCodeRow = {
  /** The English text of RFC 5730 §3; servers may send another. */
  readonly text: string
  readonly onCreate: CreateMeaning
  readonly onOthers: CommandMeaning
}

/** Every result code of RFC 5730 §3, and what it means to us (rule 18). */
export const resultCodes = {
  1000: { text: 'Command completed successfully', onCreate: 'registered', onOthers: 'done' },
  1001: { text: 'Command completed successfully; action pending', onCreate: 'applied', onOthers: 'pending' },
  1300: { text: 'Command completed successfully; no messages', onCreate: 'unknown', onOthers: 'done' },
  1301: { text: 'Command completed successfully; ack to dequeue', onCreate: 'unknown', onOthers: 'done' },
  // The answer to a logout. It ends the session and says nothing about a create.
  1500: {
    text: 'Command completed successfully; ending session',
    onCreate: 'unknown',
    onOthers: 'session_ended',
  },
  2000: { text: 'Unknown command', onCreate: 'our_fault', onOthers: 'our_fault' },
  2001: { text: 'Command syntax error', onCreate: 'our_fault', onOthers: 'our_fault' },
  // Out of sequence. Some servers also answer this before their window opens.
  2002: { text: 'Command use error', onCreate: 'retry', onOthers: 'our_fault' },
  // For one name it can be the fee; for all names a contact, or anything else that this registry requires.
  2003: { text: 'Required parameter missing', onCreate: 'incomplete', onOthers: 'our_fault' },
  2004: { text: 'Parameter value range error', onCreate: 'incomplete', onOthers: 'refused' },
  2005: { text: 'Parameter value syntax error', onCreate: 'refused', onOthers: 'our_fault' },
  2100: { text: 'Unimplemented protocol version', onCreate: 'our_fault', onOthers: 'our_fault' },
  2101: { text: 'Unimplemented command', onCreate: 'our_fault', onOthers: 'our_fault' },
  2102: { text: 'Unimplemented option', onCreate: 'our_fault', onOthers: 'our_fault' },
  2103: { text: 'Unimplemented extension', onCreate: 'our_fault', onOthers: 'our_fault' },
  2104: { text: 'Billing failure', onCreate: 'deposit_empty', onOthers: 'deposit_empty' },
  2105: { text: 'Object is not eligible for renewal', onCreate: 'unknown', onOthers: 'blocked' },
  2106: { text: 'Object is not eligible for transfer', onCreate: 'unknown', onOthers: 'blocked' },
  2200: { text: 'Authentication error', onCreate: 'our_fault', onOthers: 'our_fault' },
  2201: { text: 'Authorization error', onCreate: 'refused', onOthers: 'not_ours' },
  2202: { text: 'Invalid authorization information', onCreate: 'our_fault', onOthers: 'not_ours' },
  2300: { text: 'Object pending transfer', onCreate: 'unknown', onOthers: 'blocked' },
  2301: { text: 'Object not pending transfer', onCreate: 'unknown', onOthers: 'blocked' },
  2302: { text: 'Object exists', onCreate: 'exists', onOthers: 'exists' },
  // The create names a contact or host that is not there.
  2303: { text: 'Object does not exist', onCreate: 'our_fault', onOthers: 'absent' },
  2304: { text: 'Object status prohibits operation', onCreate: 'refused', onOthers: 'blocked' },
  // Hosts below the name may delay its deletion for a moment; nothing shows that it is permanent.
  2305: { text: 'Object association prohibits operation', onCreate: 'retry', onOthers: 'blocked' },
  // Also a fee in the wrong currency on at least one registry: `interpretCreate` knows whether there was a fee.
  2306: { text: 'Parameter value policy error', onCreate: 'refused', onOthers: 'refused' },
  2307: { text: 'Unimplemented object service', onCreate: 'our_fault', onOthers: 'our_fault' },
  2308: { text: 'Data management policy violation', onCreate: 'refused', onOthers: 'refused' },
  // During a drop some servers answer this to the losers and some to everybody: it never means lost.
  2400: { text: 'Command failed', onCreate: 'retry', onOthers: 'retry' },
  2500: {
    text: 'Command failed; server closing connection',
    onCreate: 'session_ended',
    onOthers: 'session_ended',
  },
  2501: {
    text: 'Authentication error; server closing connection',
    onCreate: 'session_ended',
    onOthers: 'session_ended',
  },
  2502: {
    text: 'Session limit exceeded; server closing connection',
    onCreate: 'session_ended',
    onOthers: 'session_ended',
  },
} as const satisfies Record<number, ResultCodeRow>

type ResultCode = keyof typeof resultCodes

export function isResultCode(code: number): code is ResultCode {
  return Object.hasOwn(resultCodes, code)
}

/** RFC 5730 §3: 1yzz means done. */
export function isSuccess(code: number): boolean {
  return code >= 1000 && code < 2000
}

/** RFC 5730 §3: the connection ends with any x5zz, and other commands in flight on it are ambiguous. */
export function endsSession(code: number): boolean {
  return Math.trunc(code / 100) % 10 === 5
}

/**
 * What any code means to a create. A code that the RFC does not define is read by its digits: after a failure the create is tried
 * again, after anything else `info` decides.
 */
export function meaningOnCreate(code: number): CreateMeaning {
  if (isResultCode(code)) return resultCodes[code].onCreate
  if (code < 2000 || code > 2999) return 'unknown'
  return endsSession(code) ? 'session_ended' : 'retry'
}

/** What any code means to a command other than create. A code that the RFC does not define is read by its digits. */
export function meaningOnOthers(code: number): CommandMeaning {
  if (isResultCode(code)) return resultCodes[code].onOthers
  if (!(code >= 1000 && code <= 2999)) return 'unknown'
  if (endsSession(code)) return 'session_ended'
  return isSuccess(code) ? 'unknown' : 'retry'
}
