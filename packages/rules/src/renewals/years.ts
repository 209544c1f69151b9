/** No registration reaches further into the future. RFC 5731 §2.10 leaves it to policy, and every registry says so. */
export const YEARS_AHEAD_MAX = 10

/** What one order may add: with a year that has begun it stays within `YEARS_AHEAD_MAX`. */
export const RENEWAL_YEARS_MAX = 9
