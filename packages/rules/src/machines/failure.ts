/**
 * The ways in which a backorder fails (rule 11): the event that ends its target and its listing → the failure reason, which is also
 * their final state. A new reason starts here; CONTRIBUTING has the recipe.
 */
export const failures = {
  lose: 'lost',
  miss: 'missed',
  find_premium: 'premium',
  withdraw: 'withdrawn',
  refuse: 'refused',
} as const

export type FailureEvent = keyof typeof failures

export type FailureReason = (typeof failures)[FailureEvent]
