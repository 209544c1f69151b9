import type { Keyring } from '@droplock/core/keys/keyring'
import type { SecretBox } from '@droplock/core/keys/secret-box'
import { PROVIDER_SECONDS_MAX } from '@droplock/rules/staff'
import { z } from 'zod'

const Question = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** By the database's clock. */
  askedAtMs: z.number(),
  /** Whether the answer is shown in a window of its own, over a page that stays open. */
  isWindow: z.boolean(),
  /** The token of the device: the answer comes without its cookie. */
  device: z.string().optional(),
  /** The session that asked for a proof of identity; left out: a sign-in. */
  sessionId: z.string().optional(),
})

/** What the identity provider was asked, until it answers. The browser keeps it, and cannot read it. */
export type Question = z.output<typeof Question>

const ABOUT = 'question to the identity provider'

export function sealQuestion({ current }: Keyring<SecretBox>, question: Question): string {
  const sealed = current.seal(Buffer.from(JSON.stringify(question)), ABOUT)
  return `${current.id}.${sealed.toString('base64url')}`
}

/** The question of a cookie; undefined where it is none of ours, or too old. */
export function openQuestion(boxes: Keyring<SecretBox>, cookie: string, now: Date): Question | undefined {
  const [id = '', sealed = ''] = cookie.split('.')
  const box = boxes.withId(id)
  if (box === undefined) return undefined
  try {
    const question = Question.parse(JSON.parse(box.open(Buffer.from(sealed, 'base64url'), ABOUT).toString()))
    const ageMs = now.getTime() - question.askedAtMs
    return ageMs <= PROVIDER_SECONDS_MAX * 1_000 ? question : undefined
  } catch {
    return undefined
  }
}
