/**
 * Every fault there is, by the moment at which it strikes: `greeting` a greeting, `before` a command that is then not
 * done, `after` one that has been done, `answer` the answer on its way out.
 */
export const faultMoments = {
  plain_text_banner: 'greeting',
  skewed_sv_date: 'greeting',
  cut_before_commit: 'before',
  stall_before_commit: 'before',
  failed: 'before',
  session_limit: 'before',
  cut_after_commit: 'after',
  stall_after_commit: 'after',
  failed_after_commit: 'after',
  half_close_after_commit: 'after',
  slow: 'answer',
  split_frame: 'answer',
  joined_frames: 'answer',
  single_octets: 'answer',
  wrong_length: 'answer',
  reset_in_frame: 'answer',
  missing_cltrid: 'answer',
  invented_cltrid: 'answer',
  out_of_order: 'answer',
  repeated_answer: 'answer',
} as const satisfies Record<string, 'greeting' | 'before' | 'after' | 'answer'>

export type FaultKind = keyof typeof faultMoments

export function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(faultMoments, text)
}

/** What a fault can be aimed at: the verbs of EPP, `hello`, and `connect` for the greeting of a new connection. */
export const faultTargets = [
  'connect',
  'hello',
  'login',
  'logout',
  'poll',
  'check',
  'info',
  'create',
  'renew',
  'update',
  'delete',
  'transfer',
] as const

export type FaultTarget = (typeof faultTargets)[number]

const INSIDE: readonly FaultTarget[] = [
  'poll',
  'check',
  'info',
  'create',
  'renew',
  'update',
  'delete',
  'transfer',
]

/** Where a fault strikes that names no command: kinds of a commit the creates, others whatever comes after a login. */
export function usualTargets(kind: FaultKind): readonly FaultTarget[] {
  if (kind === 'plain_text_banner') return ['connect']
  if (kind === 'skewed_sv_date') return ['connect', 'hello']
  if (kind === 'session_limit') return ['login']
  return kind.endsWith('_commit') ? ['create'] : INSIDE
}
