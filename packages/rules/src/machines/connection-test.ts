import type { Machine } from './machine.ts'

/** A test of the connection of a registry account. `running`: its catcher has begun it. */
export type ConnectionTestState = 'requested' | 'running' | 'succeeded' | 'failed' | 'unanswered'

type ConnectionTestEvent = 'start' | 'succeed' | 'fail' | 'time_out'

export const connectionTestMachine: Machine<ConnectionTestState, ConnectionTestEvent> = {
  initial: ['requested'],
  transitions: {
    requested: { start: 'running', time_out: 'unanswered' },
    running: { succeed: 'succeeded', fail: 'failed', time_out: 'unanswered' },
    succeeded: {},
    failed: {},
    unanswered: {},
  },
}
