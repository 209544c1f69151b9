/** The version of the terms in force: the day from which they apply. Whoever accepted an older one is asked again. */
export const TERMS_VERSION = '2026-12-01'
