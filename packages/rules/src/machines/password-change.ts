import type { Machine } from './machine.ts'

/** The change of our password at a registry. `sent`: its login may have been sent, so either password may be the one in force. */
export type PasswordChangeState = 'requested' | 'sent' | 'succeeded' | 'failed' | 'canceled'

type PasswordChangeEvent = 'send' | 'find_unchanged' | 'succeed' | 'fail' | 'cancel'

export const passwordChangeMachine: Machine<PasswordChangeState, PasswordChangeEvent> = {
  initial: ['requested'],
  transitions: {
    requested: { send: 'sent', fail: 'failed', cancel: 'canceled' },
    sent: { find_unchanged: 'requested', succeed: 'succeeded', fail: 'failed' },
    succeeded: {},
    failed: {},
    canceled: {},
  },
}
