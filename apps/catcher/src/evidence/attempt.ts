import type { Attempt } from '@droplock/core/targets/record-attempts'
import type { Answer, Sent } from '@droplock/rules/ports/registrar'

type About = Pick<Attempt, 'targetId' | 'registryAccountId' | 'command'>

/** An attempt as it leaves: until its answer is there, whether it took effect is unknown. */
export function attemptSent(about: About, sent: Sent): Attempt {
  return {
    ...about,
    clTRID: sent.clTRID,
    sentAt: sent.sentAt,
    answeredAt: null,
    roundTripUs: null,
    outcome: 'unknown',
    code: null,
    message: null,
    svTRID: null,
  }
}

/** An attempt with what came of it; undefined for a command that never left, which is no attempt. */
export function attemptDone(about: About, answer: Answer<unknown>): Attempt | undefined {
  if (answer.kind === 'not_sent') return undefined
  const attempt = attemptSent(about, answer)
  if (answer.kind === 'unknown') return { ...attempt, message: answer.reason }
  const roundTripMs = answer.answeredAtMs - answer.sentAtMs
  return {
    ...attempt,
    answeredAt: new Date(answer.sentAt.getTime() + roundTripMs),
    roundTripUs: Math.round(roundTripMs * 1_000),
    outcome: 'answered',
    code: answer.code,
    message: answer.message,
    svTRID: answer.svTRID,
  }
}
