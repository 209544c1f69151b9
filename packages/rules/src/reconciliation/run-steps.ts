export const runSteps = ['movements', 'payouts', 'matching', 'reports', 'books'] as const

/** What a reconciliation does, in this order: it reads the provider, compares with it, reads the registries, proves the ledger. */
export type RunStep = (typeof runSteps)[number]
