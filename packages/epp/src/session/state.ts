import type { Machine } from '@droplock/rules/machines/machine'

/** A session's life. `busy` is `ready` with a command in flight; it is read off the conversation, so it is not kept twice. */
export type SessionState = SessionPhase | 'busy'
export type SessionPhase = 'connecting' | 'greeting' | 'logging_in' | 'ready' | 'closed'
export type SessionEvent = 'connect' | 'greet' | 'log_in' | 'end'

export const sessionMachine = {
  initial: ['connecting'],
  transitions: {
    connecting: { connect: 'greeting', end: 'closed' },
    greeting: { greet: 'logging_in', end: 'closed' },
    logging_in: { log_in: 'ready', end: 'closed' },
    ready: { end: 'closed' },
    closed: {},
  },
} as const satisfies Machine<SessionPhase, SessionEvent>
