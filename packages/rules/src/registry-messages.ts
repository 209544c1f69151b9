import type { PollMessage } from './ports/registry-objects.ts'

/** What the message of a registry's queue is about. */
export const messageKinds = [
  /** The result of a create that was answered 1001. */
  'application',
  'transfer',
  /** The registry changed an object of ours without a command of ours. */
  'change',
  'maintenance',
  'balance_low',
  /** A password or a certificate of ours expires. */
  'password',
  'other',
] as const

export type MessageKind = (typeof messageKinds)[number]

/** The kinds of which an alarm notifies operators, until a person closes it. What is `other` is kept and shown. */
export const alarmsOfMessages = {
  balance_low: 'registry_balance_low',
  maintenance: 'registry_maintenance',
  change: 'registry_change',
  transfer: 'registry_transfer',
  password: 'registry_notice',
} as const satisfies Partial<Record<MessageKind, string>>

/** Most registries say it in words, in English. Words that stand for another kind come first. */
const words: readonly (readonly [kind: MessageKind, pattern: RegExp])[] = [
  ['password', /\b(password|certificate)\b.*\b(expir\w*|must be changed|change)\b/isu],
  ['maintenance', /\b(maintenance|downtime|outage)\b/iu],
  ['balance_low', /\b(low|insufficient|below|under)\b.*\b(balance|credit|deposit|funds)\b/isu],
  [
    'balance_low',
    /\b(balance|credit|deposit|funds)\b.*\b(low|insufficient|below|under|threshold|limit)\b/isu,
  ],
]

/** What a message is about: by its data where it has any, else by its text. */
export function classifyMessage({ pendingAction, transfer, notice, text }: PollMessage): MessageKind {
  if (pendingAction?.object === 'domain') return 'application'
  if (transfer !== undefined) return 'transfer'
  if (notice !== undefined) return notice.kind
  return words.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other'
}
